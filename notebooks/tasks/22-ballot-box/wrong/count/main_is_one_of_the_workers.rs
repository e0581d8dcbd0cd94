// kind: other
// One process too few: main counts a share itself.
fn count(votes: &[usize], workers: usize, hall: &Hall) {
    let work = |worker: usize| {
        hall.sign_in();
        for vote in votes.iter().skip(worker).step_by(workers) {
            hall.totals.fetch_add(*vote, 1);
        }
    };
    let mut children: Vec<_> =
        (1..workers).map(|worker| Process::borrowing(format!("worker {worker}"), move || work(worker))).collect();
    for child in &mut children {
        child.start().unwrap();
    }
    work(0);
    for child in &children {
        child.join().unwrap();
    }
}
