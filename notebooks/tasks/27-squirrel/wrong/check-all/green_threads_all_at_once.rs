// kind: other
// Green threads cost little, so all sites are asked at once: the servers are many, the limit on checks is forgotten.
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

fn check_otherwise(sites: &[Site], _workers: usize, limit: Duration, owners: &Owners) -> Report {
    let all = green::run(async {
        let tasks = sites.iter().map(|site| {
            let limited = green::timeout(limit, green_check(site.clone()));
            green::spawn(site.path, limited)
        });
        green::join_all(tasks.collect::<Vec<_>>()).await
    });
    let verdicts = all.unwrap().into_iter().map(|ended| match ended {
        Ok(in_time) => in_time.unwrap_or(Verdict::TimedOut),
        Err(_) => Verdict::Broken,
    });
    let report: Report = verdicts.collect();
    for (site, verdict) in sites.iter().zip(&report) {
        if !matches!(verdict, Verdict::Up(_)) {
            owners.tell(site, *verdict);
        }
    }
    report
}
