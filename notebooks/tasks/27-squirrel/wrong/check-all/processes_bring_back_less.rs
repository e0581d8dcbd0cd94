// kind: other
// As in the chapter: of a process comes back a status or nothing, and all troubles look alike.
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
    let statuses = Pool::map(workers, sites, |site| match catch_unwind(|| check(site, limit)) {
        Ok(Verdict::Up(status) | Verdict::Down(status)) => Some(status),
        _ => None,
    });
    let asked = |status: Option<u16>| status.ok_or(ErrorKind::Other.into());
    let report: Report = statuses.unwrap().into_iter().map(|status| verdict(asked(status))).collect();
    for (site, verdict) in sites.iter().zip(&report) {
        if !matches!(verdict, Verdict::Up(_)) {
            owners.tell(site, *verdict);
        }
    }
    report
}
