// kind: other
// The results of the first k futures of the list; the others are cancelled too late or not at all.
fn first(k: usize, jobs: Vec<Job>, workers: usize) -> Vec<(usize, Option<u32>)> {
    let pool = ThreadPool::new(workers).unwrap();
    let mut futures: Vec<Future<u32>> = jobs.into_iter().map(|job| pool.submit(job)).collect();
    let rest = futures.split_off(k.min(futures.len()));
    let results = futures.into_iter().enumerate().map(|(place, future)| (place, future.result().ok())).collect();
    for future in rest {
        future.cancel();
    }
    results
}

fn map_in_order(jobs: Vec<Job>, workers: usize) -> Vec<Option<u32>> {
    let mut ended = first(jobs.len(), jobs, workers);
    ended.sort();
    ended.into_iter().map(|(_, result)| result).collect()
}
