// kind: leaks
// It returns as soon as k have ended, while others still run.
fn first(k: usize, jobs: Vec<Job>, workers: usize) -> Vec<(usize, Option<u32>)> {
    let waiting = Arc::new(Mutex::new((0, jobs.into_iter().enumerate())));
    let (tell, told) = mpsc::channel();
    for _ in 0..workers {
        let (waiting, tell) = (waiting.clone(), tell.clone());
        thread::spawn(move || {
            loop {
                let next = {
                    let mut waiting = waiting.lock().unwrap();
                    if waiting.0 >= k { None } else { waiting.1.next() }
                };
                let Some((place, job)) = next else { return };
                let result = catch_unwind(AssertUnwindSafe(job)).ok();
                waiting.lock().unwrap().0 += 1;
                let _ = tell.send((place, result));
            }
        });
    }
    drop(tell);
    told.iter().take(k).collect()
}

fn map_in_order(jobs: Vec<Job>, workers: usize) -> Vec<Option<u32>> {
    let mut ended = first(jobs.len(), jobs, workers);
    ended.sort();
    ended.into_iter().map(|(_, result)| result).collect()
}
