// verdict: Partial
// kind: deadlock
// A queue holds sixteen lines; who waits for the singers before reading them waits for ever.
fn choir(singers: usize, lines: usize, score: &Score) -> Vec<String> {
    let mut voices = Vec::new();
    for singer in 0..singers {
        let voice = Queue::<String>::bounded(16).unwrap();
        let (sender, score) = (voice.clone(), score.clone());
        let mut process = Process::new(format!("singer {singer}"), move || {
            for line in 0..lines {
                sender.put(score.sing(singer, line)).unwrap();
            }
            sender.close();
        });
        process.start().unwrap();
        voices.push((process, voice));
    }
    for (process, _) in &voices {
        process.join().unwrap();
    }
    let mut text = Vec::new();
    for (_, voice) in voices {
        while let Some(line) = voice.get().unwrap() {
            text.push(line);
        }
    }
    text
}
