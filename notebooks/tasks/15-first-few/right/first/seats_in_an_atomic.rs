// How many have ended is counted under the lock of the results; each job is behind a lock of its own.
fn first(k: usize, jobs: Vec<Job>, workers: usize) -> Vec<(usize, Option<u32>)> {
    let jobs: Vec<Mutex<Option<Job>>> = jobs.into_iter().map(|job| Mutex::new(Some(job))).collect();
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let results = Mutex::new(Vec::with_capacity(k.min(jobs.len())));
    thread::scope(|s| {
        for _ in 0..workers.min(jobs.len()) {
            s.spawn(|| {
                while done.load(Ordering::SeqCst) < k {
                    let place = next.fetch_add(1, Ordering::SeqCst);
                    let Some(job) = jobs.get(place) else { return };
                    let job = job.lock().unwrap().take().unwrap();
                    let result = catch_unwind(AssertUnwindSafe(job)).ok();
                    let mut results = results.lock().unwrap();
                    if results.len() < k {
                        results.push((place, result));
                    }
                    done.store(results.len(), Ordering::SeqCst);
                }
            });
        }
    });
    results.into_inner().unwrap()
}

fn map_in_order(jobs: Vec<Job>, workers: usize) -> Vec<Option<u32>> {
    let mut ended = first(jobs.len(), jobs, workers);
    ended.sort();
    ended.into_iter().map(|(_, result)| result).collect()
}
