// kind: other
// A thread that waits has a limit on its socket; a green thread has none that nobody gives it.
fn all_verdicts(sites: &[Site], workers: usize, limit: Duration) -> Vec<Verdict> {
    let waiting = Mutex::new(sites.iter().enumerate());
    let verdicts = Mutex::new(vec![Verdict::Broken; sites.len()]);
    thread::scope(|s| {
        for _ in 0..workers {
            s.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap().next();
                    let Some((place, site)) = next else { return };
                    let verdict = catch_unwind(AssertUnwindSafe(|| check(site, limit)));
                    if let Ok(verdict) = verdict {
                        verdicts.lock().unwrap()[place] = verdict;
                    }
                }
            });
        }
    });
    verdicts.into_inner().unwrap()
}

fn check_all(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Report {
    let verdicts = all_verdicts(sites, workers, limit);
    for (site, verdict) in sites.iter().zip(&verdicts) {
        if !matches!(verdict, Verdict::Up(_)) {
            owners.tell(site, *verdict);
        }
    }
    verdicts
}

fn check_otherwise(sites: &[Site], workers: usize, _limit: Duration, owners: &Owners) -> Report {
    let waiting = RefCell::new(sites.iter().enumerate());
    let report = RefCell::new(vec![Verdict::Broken; sites.len()]);
    let worker = || async {
        loop {
            let Some((place, site)) = waiting.borrow_mut().next() else { return };
            if let Ok(verdict) = green::spawn(site.path, green_check(site.clone())).await {
                report.borrow_mut()[place] = verdict;
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
