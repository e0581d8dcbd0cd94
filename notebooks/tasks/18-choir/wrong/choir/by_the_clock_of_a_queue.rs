// kind: sleeps
// A sleep by another name: it takes what comes within a moment, and not all there is.
fn choir(singers: usize, lines: usize, score: &Score) -> Vec<String> {
    let mut voices = Vec::new();
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
        voices.push((process, voice));
    }
    let mut text = Vec::new();
    for (process, voice) in voices {
        while let Ok(line) = voice.get_timeout(Duration::from_millis(700)) {
            text.push(line);
        }
        process.join().unwrap();
    }
    text
}
