// The worker tells what a check has found; a check that panicked has found nothing, and nobody is told.
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
    verdicts.into_inner().unwrap()
}
