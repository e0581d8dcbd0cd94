// A queue for the sites and a channel for the verdicts, which come in any order. And green threads: as many workers as
// there may be checks, each of them a task of its own that may panic.
fn check_all(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Report {
    let queue = Queue::unbounded();
    for job in sites.iter().cloned().enumerate() {
        queue.put(job).unwrap();
    }
    queue.close();
    let (tell, told) = mpsc::channel();
    let threads: Vec<_> = (0..workers)
        .map(|_| {
            let (queue, tell) = (queue.clone(), tell.clone());
            thread::spawn(move || {
                for (place, site) in &queue {
                    let verdict = catch_unwind(|| check(&site, limit)).unwrap_or(Verdict::Broken);
                    tell.send((place, verdict)).unwrap();
                }
            })
        })
        .collect();
    drop(tell);
    let mut verdicts: Vec<(usize, Verdict)> = Vec::new();
    for (place, verdict) in told {
        // As soon as it is known, and always by this thread.
        if !matches!(verdict, Verdict::Up(_)) {
            owners.tell(&sites[place], verdict);
        }
        verdicts.push((place, verdict));
    }
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    verdicts.sort_by_key(|(place, _)| *place);
    verdicts.into_iter().map(|(_, verdict)| verdict).collect()
}

fn check_otherwise(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Report {
    let waiting = RefCell::new(sites.iter().enumerate());
    let report = RefCell::new(vec![Verdict::Broken; sites.len()]);
    let worker = || async {
        loop {
            let Some((place, site)) = waiting.borrow_mut().next() else { return };
            let checked = green::spawn(site.path, green::timeout(limit, green_check(site.clone())));
            if let Ok(in_time) = checked.await {
                report.borrow_mut()[place] = in_time.unwrap_or(Verdict::TimedOut);
            }
        }
    };
    green::run(green::gather((0..workers).map(|_| worker()))).unwrap();
    let report = report.into_inner();
    for (site, verdict) in sites.iter().zip(&report) {
        if !matches!(verdict, Verdict::Up(_)) {
            owners.tell(site, *verdict);
        }
    }
    report
}

use std::cell::RefCell;
