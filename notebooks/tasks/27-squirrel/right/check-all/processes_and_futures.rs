// The processes first; then a pool of threads, which makes an error of a panic and keeps the order.
fn all_verdicts(sites: &[Site], workers: usize, limit: Duration) -> Vec<Verdict> {
    let numbers = Pool::map(workers, sites, |site| {
        match catch_unwind(|| check(site, limit)).unwrap_or(Verdict::Broken) {
            Verdict::Up(status) => (0, status),
            Verdict::Down(status) => (1, status),
            Verdict::TimedOut => (2, 0),
            Verdict::Refused => (3, 0),
            Verdict::Broken => (4, 0),
        }
    });
    let verdict = |number: (u8, u16)| match number {
        (0, status) => Verdict::Up(status),
        (1, status) => Verdict::Down(status),
        (2, _) => Verdict::TimedOut,
        (3, _) => Verdict::Refused,
        _ => Verdict::Broken,
    };
    numbers.unwrap().into_iter().map(verdict).collect()
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
