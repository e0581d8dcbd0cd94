// kind: other
// Threads are no processes: they need no shared memory, and the system knows one process only.
fn count(votes: &[usize], workers: usize, hall: &Hall) {
    thread::scope(|s| {
        for worker in 0..workers {
            s.spawn(move || {
                hall.sign_in();
                for vote in votes.iter().skip(worker).step_by(workers) {
                    hall.totals.fetch_add(*vote, 1);
                }
            });
        }
    });
}
