// kind: luck
// The list is cut into equal pieces, and what is left at its end is counted by nobody.
fn count(votes: &[usize], workers: usize, hall: &Hall) {
    let size = votes.len() / workers;
    let mut children: Vec<_> = (0..workers)
        .map(|worker| {
            Process::borrowing(format!("worker {worker}"), move || {
                hall.sign_in();
                for vote in &votes[worker * size..(worker + 1) * size] {
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
