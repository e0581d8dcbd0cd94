// kind: racy
// Each process makes a lock, and it is always free.
fn count(votes: &[usize], workers: usize, hall: &Hall) {
    let mut children: Vec<_> = (0..workers)
        .map(|worker| {
            Process::borrowing(format!("worker {worker}"), move || {
                hall.sign_in();
                let lock = Lock::new().unwrap();
                for vote in votes.iter().skip(worker).step_by(workers) {
                    let _guard = lock.lock().unwrap();
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
