// Nobody has a fixed share: a shared number says which votes are next.
fn count(votes: &[usize], workers: usize, hall: &Hall) {
    let next = Value::new(0usize).unwrap();
    let mut children: Vec<_> = (0..workers)
        .map(|worker| {
            let next = &next;
            Process::borrowing(format!("worker {worker}"), move || {
                hall.sign_in();
                loop {
                    let begin = next.fetch_add(1000).min(votes.len());
                    let end = (begin + 1000).min(votes.len());
                    if begin == end {
                        break;
                    }
                    for vote in &votes[begin..end] {
                        hall.totals.update(*vote, |seen| seen + 1);
                    }
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
