// kind: over-synchronised
// The lock of the list is held while the job runs, so they run one after another.
fn first(k: usize, jobs: Vec<Job>, workers: usize) -> Vec<(usize, Option<u32>)> {
    let waiting = Mutex::new(jobs.into_iter().enumerate());
    let ended = Mutex::new(Vec::new());
    thread::scope(|s| {
        for _ in 0..workers {
            s.spawn(|| {
                while let Some((place, job)) = waiting.lock().unwrap().next() {
                    if ended.lock().unwrap().len() >= k {
                        return;
                    }
                    let result = catch_unwind(AssertUnwindSafe(job)).ok();
                    ended.lock().unwrap().push((place, result));
                }
            });
        }
    });
    ended.into_inner().unwrap()
}

fn map_in_order(jobs: Vec<Job>, workers: usize) -> Vec<Option<u32>> {
    let mut ended = first(jobs.len(), jobs, workers);
    ended.sort();
    ended.into_iter().map(|(_, result)| result).collect()
}
