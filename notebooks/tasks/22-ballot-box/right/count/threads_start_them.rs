// Each process is started and waited for by a thread of its own; a function that is given the array adds.
fn add(totals: &Array<u64>, candidate: usize) {
    totals.lock().unwrap().update(candidate, |seen| seen + 1);
}

fn count(votes: &[usize], workers: usize, hall: &Hall) {
    thread::scope(|s| {
        for worker in 0..workers {
            s.spawn(move || {
                let mut child = Process::borrowing(format!("worker {worker}"), move || {
                    hall.sign_in();
                    for vote in votes.iter().skip(worker).step_by(workers) {
                        add(&hall.totals, *vote);
                    }
                });
                child.start().unwrap();
                child.join().unwrap();
            });
        }
    });
}
