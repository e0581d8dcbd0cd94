// kind: racy
// One queue for all, read as the lines come: the voices are mixed.
fn choir(singers: usize, lines: usize, score: &Score) -> Vec<String> {
    let stage = Queue::<String>::unbounded().unwrap();
    let mut processes: Vec<Process> = (0..singers)
        .map(|singer| {
            let (stage, score) = (stage.clone(), score.clone());
            Process::new(format!("singer {singer}"), move || {
                for line in 0..lines {
                    stage.put(score.sing(singer, line)).unwrap();
                }
            })
        })
        .collect();
    for process in &mut processes {
        process.start().unwrap();
    }
    let text = (0..singers * lines).map(|_| stage.get().unwrap().unwrap()).collect();
    for process in &processes {
        process.join().unwrap();
    }
    text
}
