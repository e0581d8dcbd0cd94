// kind: over-synchronised
// Each singer is waited for before the next one is started: nobody sings together.
fn choir(singers: usize, lines: usize, score: &Score) -> Vec<String> {
    let mut text = Vec::new();
    for singer in 0..singers {
        let voice = Queue::<String>::unbounded().unwrap();
        let (sender, score) = (voice.clone(), score.clone());
        let mut process = Process::new(format!("singer {singer}"), move || {
            for line in 0..lines {
                sender.put(score.sing(singer, line)).unwrap();
            }
            sender.close();
        });
        process.start().unwrap();
        process.join().unwrap();
        while let Some(line) = voice.get().unwrap() {
            text.push(line);
        }
    }
    text
}
