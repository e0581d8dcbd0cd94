// One queue for all; every line knows its place.
fn choir(singers: usize, lines: usize, score: &Score) -> Vec<String> {
    let stage = Queue::<(usize, usize, String)>::unbounded().unwrap();
    let mut processes: Vec<Process> = (0..singers)
        .map(|singer| {
            let (stage, score) = (stage.clone(), score.clone());
            Process::new(format!("singer {singer}"), move || {
                for line in 0..lines {
                    stage.put((singer, line, score.sing(singer, line))).unwrap();
                }
            })
        })
        .collect();
    for process in &mut processes {
        process.start().unwrap();
    }
    let mut text = vec![String::new(); singers * lines];
    for _ in 0..singers * lines {
        let (singer, line, words) = stage.get().unwrap().unwrap();
        text[singer * lines + line] = words;
    }
    for process in &processes {
        process.join().unwrap();
    }
    text
}
