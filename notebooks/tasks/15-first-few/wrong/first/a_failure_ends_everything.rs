// kind: other
// A job that panics takes its worker along, and the scope panics in turn.
fn first(k: usize, jobs: Vec<Job>, workers: usize) -> Vec<(usize, Option<u32>)> {
    let waiting = Mutex::new(jobs.into_iter().enumerate());
    let ended = Mutex::new(Vec::new());
    thread::scope(|s| {
        for _ in 0..workers {
            s.spawn(|| {
                while ended.lock().unwrap().len() < k {
                    let next = waiting.lock().unwrap().next();
                    let Some((place, job)) = next else { return };
                    let result = Some(job());
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
    let mut ended = first(jobs.len(), jobs, workers);
    ended.sort();
    ended.into_iter().map(|(_, result)| result).collect()
}
