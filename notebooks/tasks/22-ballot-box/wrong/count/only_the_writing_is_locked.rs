// kind: racy
// The lock is taken after the reading, and what was read is old by then.
fn count(votes: &[usize], workers: usize, hall: &Hall) {
    let mut children: Vec<_> = (0..workers)
        .map(|worker| {
            Process::borrowing(format!("worker {worker}"), move || {
                hall.sign_in();
                let mut own = vec![0; hall.totals.len()];
                for vote in votes.iter().skip(worker).step_by(workers) {
                    own[*vote] += 1;
                }
                for (candidate, count) in own.into_iter().enumerate() {
                    let seen = hall.totals.get(candidate);
                    let mut totals = hall.totals.lock().unwrap();
                    totals.set(candidate, seen + count);
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
