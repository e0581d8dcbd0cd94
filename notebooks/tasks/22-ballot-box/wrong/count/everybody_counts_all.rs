// kind: other
// No shares: every vote is counted by each of them.
fn count(votes: &[usize], workers: usize, hall: &Hall) {
    let mut children: Vec<_> = (0..workers)
        .map(|worker| {
            Process::borrowing(format!("worker {worker}"), move || {
                hall.sign_in();
                let _ = worker;
                for vote in votes {
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
