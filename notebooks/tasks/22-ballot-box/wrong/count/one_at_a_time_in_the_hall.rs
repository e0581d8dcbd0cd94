// kind: deadlock
// The lock is held from the beginning to the end, also while the others are waited for.
fn count(votes: &[usize], workers: usize, hall: &Hall) {
    let mut children: Vec<_> = (0..workers)
        .map(|worker| {
            Process::borrowing(format!("worker {worker}"), move || {
                let mut totals = hall.totals.lock().unwrap();
                hall.sign_in();
                for vote in votes.iter().skip(worker).step_by(workers) {
                    totals.update(*vote, |seen| seen + 1);
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
