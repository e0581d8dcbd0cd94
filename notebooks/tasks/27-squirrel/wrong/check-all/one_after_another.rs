// kind: over-synchronised
// One worker is enough for the right verdicts; but the others only look on.
fn all_verdicts(sites: &[Site], _workers: usize, limit: Duration) -> Vec<Verdict> {
    let check_one = |site| catch_unwind(|| check(site, limit)).unwrap_or(Verdict::Broken);
    sites.iter().map(check_one).collect()
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
