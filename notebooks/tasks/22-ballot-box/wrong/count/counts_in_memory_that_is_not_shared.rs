// kind: other
// Each child counts in its copy; in main, all is still 0.
fn count(votes: &[usize], workers: usize, hall: &Hall) {
    let totals: Vec<Cell<u64>> = vec![Cell::new(0); hall.totals.len()];
    let mut children: Vec<_> = (0..workers)
        .map(|worker| {
            let totals = &totals;
            Process::borrowing(format!("worker {worker}"), move || {
                hall.sign_in();
                for vote in votes.iter().skip(worker).step_by(workers) {
                    totals[*vote].set(totals[*vote].get() + 1);
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
    for (candidate, count) in totals.iter().enumerate() {
        hall.totals.set(candidate, count.get());
    }
}
