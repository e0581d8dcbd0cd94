// One lock that all of them have been given. It is slow, and right.
fn count(votes: &[usize], workers: usize, hall: &Hall) {
    let lock = Lock::new().unwrap();
    let mut children: Vec<_> = (0..workers)
        .map(|worker| {
            let lock = lock.clone();
            Process::borrowing(format!("worker {worker}"), move || {
                hall.sign_in();
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
