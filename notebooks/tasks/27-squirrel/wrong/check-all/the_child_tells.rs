// kind: other
// The worker processes tell it: they write into their own copy of the book, which goes with them.
fn check_all(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Report {
    let numbers = Pool::map(workers, sites, |site| {
        let verdict = catch_unwind(|| check(site, limit)).unwrap_or(Verdict::Broken);
        if !matches!(verdict, Verdict::Up(_)) {
            owners.tell(site, verdict);
        }
        match verdict {
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
