// kind: racy
// In separate steps: what another process has written in between is lost.
fn count(votes: &[usize], workers: usize, hall: &Hall) {
    let mut children: Vec<_> = (0..workers)
        .map(|worker| {
            Process::borrowing(format!("worker {worker}"), move || {
                hall.sign_in();
                for vote in votes.iter().skip(worker).step_by(workers) {
                    let seen = hall.totals.get(*vote);
                    hall.totals.set(*vote, seen + 1);
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
