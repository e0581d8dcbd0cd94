// Threads of std take jobs; the caller waits at a condition of std until enough have ended, then lets nobody begin.
use std::sync::Condvar;
use std::thread;

struct Office {
    waiting: Vec<(usize, Job)>,
    ended: Vec<(usize, Option<u32>)>,
    at_work: usize,
}

fn first(k: usize, jobs: Vec<Job>, workers: usize) -> Vec<(usize, Option<u32>)> {
    let waiting: Vec<(usize, Job)> = jobs.into_iter().enumerate().rev().collect();
    let office = Office { waiting, ended: Vec::new(), at_work: 0 };
    let (office, news) = (&Mutex::new(office), &Condvar::new());
    thread::scope(|s| {
        let mut now = office.lock().unwrap();
        while now.ended.len() < k && (now.at_work > 0 || !now.waiting.is_empty()) {
            if now.at_work == workers || now.waiting.is_empty() {
                now = news.wait(now).unwrap();
                continue;
            }
            let Some((place, job)) = now.waiting.pop() else { break };
            now.at_work += 1;
            s.spawn(move || {
                let result = catch_unwind(AssertUnwindSafe(job)).ok();
                let mut now = office.lock().unwrap();
                now.at_work -= 1;
                now.ended.push((place, result));
                news.notify_one();
            });
        }
        drop(now);
    });
    let mut ended = std::mem::take(&mut office.lock().unwrap().ended);
    ended.truncate(k);
    ended
}

fn map_in_order(jobs: Vec<Job>, workers: usize) -> Vec<Option<u32>> {
    let results: Vec<Mutex<Option<u32>>> = jobs.iter().map(|_| Mutex::new(None)).collect();
    let waiting = Mutex::new(jobs.into_iter().zip(&results));
    thread::scope(|s| {
        for _ in 0..workers {
            s.spawn(|| {
                loop {
                    let Some((job, result)) = waiting.lock().unwrap().next() else { return };
                    *result.lock().unwrap() = catch_unwind(AssertUnwindSafe(job)).ok();
                }
            });
        }
    });
    drop(waiting);
    results.into_iter().map(|result| result.into_inner().unwrap()).collect()
}
