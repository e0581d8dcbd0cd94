// kind: other
// The processes are there, and have nothing to do.
fn count(votes: &[usize], workers: usize, hall: &Hall) {
    let mut children: Vec<_> = (0..workers)
        .map(|worker| {
            Process::borrowing(format!("worker {worker}"), move || {
                let _ = worker;
                hall.sign_in();
            })
        })
        .collect();
    for child in &mut children {
        child.start().unwrap();
    }
    for child in &children {
        child.join().unwrap();
    }
    for vote in votes {
        hall.totals.fetch_add(*vote, 1);
    }
}
