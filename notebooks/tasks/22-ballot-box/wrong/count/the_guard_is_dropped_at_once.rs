// kind: racy
// `let _` drops the guard before anything is read.
fn count(votes: &[usize], workers: usize, hall: &Hall) {
    let mut children: Vec<_> = (0..workers)
        .map(|worker| {
            Process::borrowing(format!("worker {worker}"), move || {
                hall.sign_in();
                let mut own = vec![0; hall.totals.len()];
                for vote in votes.iter().skip(worker).step_by(workers) {
                    own[*vote] += 1;
                }
                let _ = hall.totals.lock().unwrap();
                for (candidate, count) in own.into_iter().enumerate() {
                    let seen = hall.totals.get(candidate);
                    hall.totals.set(candidate, seen + count);
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
