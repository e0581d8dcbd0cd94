// kind: other
// All lines are there, but grouped by line and not by singer.
fn choir(singers: usize, lines: usize, score: &Score) -> Vec<String> {
    let mut voices = Vec::new();
    for singer in 0..singers {
        let voice = Queue::<String>::unbounded().unwrap();
        let (sender, score) = (voice.clone(), score.clone());
        let mut process = Process::new(format!("singer {singer}"), move || {
            for line in 0..lines {
                sender.put(score.sing(singer, line)).unwrap();
            }
        });
        process.start().unwrap();
        voices.push((process, voice));
    }
    let mut text = Vec::new();
    for _ in 0..lines {
        for (_, voice) in &voices {
            text.push(voice.get().unwrap().unwrap());
        }
    }
    for (process, _) in &voices {
        process.join().unwrap();
    }
    text
}
