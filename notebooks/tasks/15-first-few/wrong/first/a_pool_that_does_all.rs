// kind: other
// Dropping the pool does all jobs that are left.
fn first(k: usize, jobs: Vec<Job>, workers: usize) -> Vec<(usize, Option<u32>)> {
    let pool = ThreadPool::new(workers).unwrap();
    let futures = jobs.into_iter().map(|job| pool.submit(job)).collect();
    as_completed(futures).take(k).map(|(place, result)| (place, result.ok())).collect()
}

fn map_in_order(jobs: Vec<Job>, workers: usize) -> Vec<Option<u32>> {
    let mut ended = first(jobs.len(), jobs, workers);
    ended.sort();
    ended.into_iter().map(|(_, result)| result).collect()
}
