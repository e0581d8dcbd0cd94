// Worker processes; what comes back from them is numbers.
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

fn check_all(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Vec<Verdict> {
    let verdicts = all_verdicts(sites, workers, limit);
    for (site, verdict) in sites.iter().zip(&verdicts) {
        if !matches!(verdict, Verdict::Up(_)) {
            owners.tell(site, *verdict);
        }
    }
    verdicts
}
