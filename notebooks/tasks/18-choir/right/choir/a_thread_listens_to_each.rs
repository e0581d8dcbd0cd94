// Joined before their lines are put together: threads have read them meanwhile.
fn choir(singers: usize, lines: usize, score: &Score) -> Vec<String> {
    let mut voices = Vec::new();
    let mut processes = Vec::new();
    for singer in 0..singers {
        let voice = Queue::<Vec<String>>::bounded(1).unwrap();
        let (sender, score) = (voice.clone(), score.clone());
        let mut process = Process::new(format!("singer {singer}"), move || {
            sender.put((0..lines).map(|line| score.sing(singer, line)).collect::<Vec<_>>()).unwrap();
        });
        process.start().unwrap();
        processes.push(process);
        voices.push(voice);
    }
    let listeners: Vec<_> = voices
        .into_iter()
        .map(|voice| thread::spawn(move || voice.get().unwrap().unwrap()))
        .collect();
    for process in &processes {
        process.join().unwrap();
    }
    listeners.into_iter().flat_map(|listener| listener.join().unwrap()).collect()
}
