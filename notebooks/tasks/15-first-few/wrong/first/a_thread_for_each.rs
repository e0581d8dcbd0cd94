// kind: other
// As many run at the same time as there are jobs.
fn first(k: usize, jobs: Vec<Job>, _workers: usize) -> Vec<(usize, Option<u32>)> {
    let ended = Mutex::new(Vec::new());
    thread::scope(|s| {
        for (place, job) in jobs.into_iter().enumerate() {
            let ended = &ended;
            s.spawn(move || {
                let result = catch_unwind(AssertUnwindSafe(job)).ok();
                ended.lock().unwrap().push((place, result));
            });
        }
    });
    let mut ended = ended.into_inner().unwrap();
    ended.truncate(k);
    ended
}

fn map_in_order(jobs: Vec<Job>, workers: usize) -> Vec<Option<u32>> {
    let mut ended = first(jobs.len(), jobs, workers);
    ended.sort();
    ended.into_iter().map(|(_, result)| result).collect()
}
