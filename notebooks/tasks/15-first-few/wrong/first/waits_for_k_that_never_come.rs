// verdict: TimeLimit
// kind: deadlock
// Fewer than k jobs: it waits for results that nobody will send, for its own sender keeps the channel open.
fn first(k: usize, jobs: Vec<Job>, workers: usize) -> Vec<(usize, Option<u32>)> {
    let waiting = Mutex::new((0, jobs.into_iter().enumerate()));
    let (tell, told) = mpsc::channel();
    thread::scope(|s| {
        for _ in 0..workers {
            let (waiting, tell) = (&waiting, tell.clone());
            s.spawn(move || {
                loop {
                    let next = {
                        let mut waiting = waiting.lock().unwrap();
                        if waiting.0 >= k { None } else { waiting.1.next() }
                    };
                    let Some((place, job)) = next else { return };
                    let result = catch_unwind(AssertUnwindSafe(job)).ok();
                    waiting.lock().unwrap().0 += 1;
                    tell.send((place, result)).unwrap();
                }
            });
        }
        (0..k).map(|_| told.recv().unwrap()).collect()
    })
}

fn map_in_order(jobs: Vec<Job>, workers: usize) -> Vec<Option<u32>> {
    let mut ended = first(jobs.len(), jobs, workers);
    ended.sort();
    ended.into_iter().map(|(_, result)| result).collect()
}
