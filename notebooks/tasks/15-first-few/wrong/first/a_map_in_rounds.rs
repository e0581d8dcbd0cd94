// kind: over-synchronised
// In rounds: the next jobs begin when the slowest of the round has ended.
fn first(k: usize, jobs: Vec<Job>, workers: usize) -> Vec<(usize, Option<u32>)> {
    let waiting = Mutex::new(jobs.into_iter().enumerate());
    let ended = Mutex::new(Vec::new());
    thread::scope(|s| {
        for _ in 0..workers {
            s.spawn(|| {
                while ended.lock().unwrap().len() < k {
                    let next = waiting.lock().unwrap().next();
                    let Some((place, job)) = next else { return };
                    let result = catch_unwind(AssertUnwindSafe(job)).ok();
                    ended.lock().unwrap().push((place, result));
                }
            });
        }
    });
    let mut ended = ended.into_inner().unwrap();
    ended.truncate(k);
    ended
}

fn map_in_order(jobs: Vec<Job>, workers: usize) -> Vec<Option<u32>> {
    let mut results = Vec::new();
    let mut jobs = jobs.into_iter().peekable();
    while jobs.peek().is_some() {
        let round: Vec<Job> = jobs.by_ref().take(workers).collect();
        let mut ended = first(round.len(), round, workers);
        ended.sort();
        results.extend(ended.into_iter().map(|(_, result)| result));
    }
    results
}
