// kind: other
// A site that refuses HEAD is down for a moment: its owner is told, though GET is answered.
fn check_all(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Report {
    let waiting = Mutex::new(sites.iter().enumerate());
    let verdicts = Mutex::new(vec![Verdict::Broken; sites.len()]);
    thread::scope(|s| {
        for _ in 0..workers {
            s.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap().next();
                    let Some((place, site)) = next else { return };
                    let verdict = catch_unwind(AssertUnwindSafe(|| check_and_tell(site, limit, owners)));
                    match verdict {
                        Ok(verdict) => verdicts.lock().unwrap()[place] = verdict,
                        Err(_) => owners.tell(site, Verdict::Broken),
                    }
                }
            });
        }
    });
    verdicts.into_inner().unwrap()
}

fn check_and_tell(site: &Site, limit: Duration, owners: &Owners) -> Verdict {
    if site.path.is_empty() {
        resume_unwind(Box::new("a site without a path"));
    }
    let tell = |verdict| {
        if !matches!(verdict, Verdict::Up(_)) {
            owners.tell(site, verdict);
        }
        verdict
    };
    match tell(verdict(ask("HEAD", site, limit))) {
        Verdict::Down(405 | 501) => tell(verdict(ask("GET", site, limit))),
        found => found,
    }
}

fn check_otherwise(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Report {
    let pool = ThreadPool::new(workers).unwrap();
    let verdicts = pool.map(sites.to_vec(), move |site| check(&site, limit));
    let report: Report = verdicts.map(|verdict| verdict.unwrap_or(Verdict::Broken)).collect();
    for (site, verdict) in sites.iter().zip(&report) {
        if !matches!(verdict, Verdict::Up(_)) {
            owners.tell(site, *verdict);
        }
    }
    report
}
