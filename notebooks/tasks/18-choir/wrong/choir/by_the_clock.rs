// verdict: Forbidden
// kind: sleeps
// It gives the singers time, and takes what has come by then.
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
    thread::sleep(Duration::from_secs(1));
    let mut text = Vec::new();
    for (process, voice) in voices {
        while let Ok(line) = voice.try_get() {
            text.push(line);
        }
        process.join().unwrap();
    }
    text
}
