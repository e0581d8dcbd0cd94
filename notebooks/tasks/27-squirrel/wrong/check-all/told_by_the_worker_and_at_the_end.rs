// The worker tells it at once, and main once more when it looks at the list.
fn check_all(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Vec<Verdict> {
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
                        if !matches!(verdict, Verdict::Up(_)) {
                            owners.tell(site, verdict);
                        }
                        verdicts.lock().unwrap()[place] = verdict;
                    }
                }
            });
        }
    });
    let verdicts = verdicts.into_inner().unwrap();
    for (site, verdict) in sites.iter().zip(&verdicts) {
        if !matches!(verdict, Verdict::Up(_)) {
            owners.tell(site, *verdict);
        }
    }
    verdicts
}
