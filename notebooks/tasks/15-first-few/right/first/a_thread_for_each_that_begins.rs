// The caller hands out the jobs: a new thread whenever one has told its result, and none when enough have.
use std::thread;

fn first(k: usize, jobs: Vec<Job>, workers: usize) -> Vec<(usize, Option<u32>)> {
    let (tell, told) = mpsc::channel();
    let mut waiting = jobs.into_iter().enumerate();
    let (mut running, mut ended) = (Vec::new(), Vec::new());
    let mut begun = 0;
    while ended.len() < k {
        while begun - ended.len() < workers
            && let Some((place, job)) = waiting.next()
        {
            let tell = tell.clone();
            running.push(thread::spawn(move || {
                let result = catch_unwind(AssertUnwindSafe(job)).ok();
                let _ = tell.send((place, result));
            }));
            begun += 1;
        }
        if begun == ended.len() {
            break;
        }
        ended.push(told.recv().unwrap());
    }
    running.into_iter().for_each(|thread| thread.join().unwrap());
    ended
}

fn map_in_order(jobs: Vec<Job>, workers: usize) -> Vec<Option<u32>> {
    let mut results = vec![None; jobs.len()];
    for (place, result) in first(jobs.len(), jobs, workers) {
        results[place] = result;
    }
    results
}
