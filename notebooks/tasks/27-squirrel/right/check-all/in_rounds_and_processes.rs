// Round by round: as many threads as there are workers, each for one site. And processes; what comes back from them is
// numbers.
fn check_all(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Report {
    let mut verdicts = Vec::new();
    for round in sites.chunks(workers) {
        thread::scope(|s| {
            let all: Vec<_> = round.iter().map(|site| (site, s.spawn(move || check(site, limit)))).collect();
            for (site, one) in all {
                let verdict = one.join().unwrap_or(Verdict::Broken);
                match verdict {
                    Verdict::Up(_) => {}
                    _ => owners.tell(site, verdict),
                }
                verdicts.push(verdict);
            }
        });
    }
    verdicts
}

fn in_processes(sites: &[Site], workers: usize, limit: Duration) -> Report {
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

fn check_otherwise(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Report {
    let verdicts = in_processes(sites, workers, limit);
    for (site, verdict) in sites.iter().zip(&verdicts) {
        if !matches!(verdict, Verdict::Up(_)) {
            owners.tell(site, *verdict);
        }
    }
    verdicts
}
