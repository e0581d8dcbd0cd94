// A piece of the list for each, and one step for each vote. Where there are few votes, some pieces are empty.
fn count(votes: &[usize], workers: usize, hall: &Hall) {
    let size = votes.len().div_ceil(workers).max(1);
    let mut children: Vec<_> = (0..workers)
        .map(|worker| {
            let begin = (worker * size).min(votes.len());
            let share = &votes[begin..(begin + size).min(votes.len())];
            Process::borrowing(format!("worker {worker}"), move || {
                hall.sign_in();
                for vote in share {
                    hall.totals.fetch_add(*vote, 1);
                }
            })
        })
        .collect();
    for child in &mut children {
        child.start().unwrap();
    }
    for child in &children {
        child.join().unwrap();
    }
}
