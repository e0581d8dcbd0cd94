// kind: other
// The number that goes with a result is its rank, not the place of the job in the list.
fn first(k: usize, jobs: Vec<Job>, workers: usize) -> Vec<(usize, Option<u32>)> {
    let waiting = Mutex::new(jobs.into_iter());
    let ended = Mutex::new(Vec::new());
    thread::scope(|s| {
        for _ in 0..workers {
            s.spawn(|| {
                while ended.lock().unwrap().len() < k {
                    let next = waiting.lock().unwrap().next();
                    let Some(job) = next else { return };
                    let result = catch_unwind(AssertUnwindSafe(job)).ok();
                    ended.lock().unwrap().push(result);
                }
            });
        }
    });
    ended.into_inner().unwrap().into_iter().enumerate().take(k).collect()
}

fn map_in_order(jobs: Vec<Job>, workers: usize) -> Vec<Option<u32>> {
    let mut ended = first(jobs.len(), jobs, workers);
    ended.sort();
    ended.into_iter().map(|(_, result)| result).collect()
}
