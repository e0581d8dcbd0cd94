// A pool does all jobs that are left; here each looks first whether it is still wanted.
fn first(k: usize, jobs: Vec<Job>, workers: usize) -> Vec<(usize, Option<u32>)> {
    let ended = Arc::new(Mutex::new(Vec::new()));
    let pool = ThreadPool::new(workers).unwrap();
    for (place, job) in jobs.into_iter().enumerate() {
        let ended = ended.clone();
        pool.submit(move || {
            if ended.lock().unwrap().len() < k {
                let result = catch_unwind(AssertUnwindSafe(job)).ok();
                ended.lock().unwrap().push((place, result));
            }
        });
    }
    drop(pool);
    let mut ended = std::mem::take(&mut *ended.lock().unwrap());
    ended.truncate(k);
    ended
}

fn map_in_order(jobs: Vec<Job>, workers: usize) -> Vec<Option<u32>> {
    let pool = ThreadPool::new(workers).unwrap();
    let futures: Vec<Future<u32>> = jobs.into_iter().map(|job| pool.submit(job)).collect();
    futures.into_iter().map(|future| future.result().ok()).collect()
}
