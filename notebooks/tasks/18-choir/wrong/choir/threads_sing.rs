// kind: other
// Threads are no processes.
fn choir(singers: usize, lines: usize, score: &Score) -> Vec<String> {
    thread::scope(|scope| {
        let singers: Vec<_> = (0..singers)
            .map(|singer| scope.spawn(move || (0..lines).map(|line| score.sing(singer, line)).collect::<Vec<_>>()))
            .collect();
        singers.into_iter().flat_map(|singer| singer.join().unwrap()).collect()
    })
}
