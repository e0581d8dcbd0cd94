// kind: over-synchronised
// Each is waited for before the next one is started: right numbers, and never two at work.
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
                    hall.totals.fetch_add(candidate, count);
                }
            })
        })
        .collect();
    for child in &mut children {
        child.start().unwrap();
        child.join().unwrap();
    }
}
