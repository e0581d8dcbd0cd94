// kind: luck
// The list is divided by the number of workers, and nobody takes what is left over.
fn all_verdicts(sites: &[Site], workers: usize, limit: Duration) -> Vec<Verdict> {
    let share = sites.len() / workers;
    thread::scope(|s| {
        let parts: Vec<_> = (0..workers)
            .map(|worker| {
                let part = &sites[worker * share..(worker + 1) * share];
                s.spawn(move || {
                    let check_one = |site| catch_unwind(|| check(site, limit)).unwrap_or(Verdict::Broken);
                    part.iter().map(check_one).collect::<Vec<_>>()
                })
            })
            .collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    })
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
