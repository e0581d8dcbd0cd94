// kind: other
// The other way has another name, and asks in the same way.
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

fn check_otherwise(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Report {
    check_all(sites, workers, limit, owners)
}
