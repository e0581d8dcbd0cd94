// One lock for what waits and what has ended; jobs are taken from the end of the list, which nobody forbids.
struct Office {
    waiting: Vec<(usize, Job)>,
    ended: Vec<(usize, Option<u32>)>,
}

fn first(k: usize, jobs: Vec<Job>, workers: usize) -> Vec<(usize, Option<u32>)> {
    let waiting = jobs.into_iter().enumerate().collect();
    let office = Mutex::new(Office { waiting, ended: Vec::new() });
    let work = || {
        let mut now = office.lock().unwrap();
        while now.ended.len() < k {
            let Some((place, job)) = now.waiting.pop() else { return };
            drop(now);
            let result = catch_unwind(AssertUnwindSafe(job)).ok();
            now = office.lock().unwrap();
            now.ended.push((place, result));
        }
    };
    thread::scope(|s| {
        for _ in 0..workers {
            s.spawn(work);
        }
    });
    let Office { mut ended, .. } = office.into_inner().unwrap();
    ended.truncate(k);
    ended
}

fn map_in_order(jobs: Vec<Job>, workers: usize) -> Vec<Option<u32>> {
    let mut ended = first(jobs.len(), jobs, workers);
    ended.sort();
    ended.into_iter().map(|(_, result)| result).collect()
}
