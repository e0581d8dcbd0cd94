// kind: other
// The guard is kept for ever: the next one is told that its holder has died, and does not count.
fn count(votes: &[usize], workers: usize, hall: &Hall) {
    let mut children: Vec<_> = (0..workers)
        .map(|worker| {
            Process::borrowing(format!("worker {worker}"), move || {
                hall.sign_in();
                let mut totals = hall.totals.lock().unwrap();
                for vote in votes.iter().skip(worker).step_by(workers) {
                    totals.update(*vote, |seen| seen + 1);
                }
                mem::forget(totals);
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
