// kind: leaks
// The text is right, but the singers stay on the stage: their processes outlive the answer.
fn choir(singers: usize, lines: usize, score: &Score) -> Vec<String> {
    let mut voices = Vec::new();
    for singer in 0..singers {
        let voice = Queue::<String>::unbounded().unwrap();
        let (sender, score) = (voice.clone(), score.clone());
        let mut process = Process::new(format!("singer {singer}"), move || {
            for line in 0..lines {
                sender.put(score.sing(singer, line)).unwrap();
            }
            loop {
                thread::park();
            }
        });
        process.start().unwrap();
        voices.push((process, voice));
    }
    let mut text = Vec::new();
    for (_, voice) in &voices {
        for _ in 0..lines {
            text.push(voice.get().unwrap().unwrap());
        }
    }
    text
}
