// kind: other
// What has panicked has no verdict: the list gets shorter.
fn all_verdicts(sites: &[Site], workers: usize, limit: Duration) -> Vec<Verdict> {
    let pool = ThreadPool::new(workers).unwrap();
    let verdicts = pool.map(sites.to_vec(), move |site| check(&site, limit));
    verdicts.flatten().collect()
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
    let mut report = Report::new();
    for round in sites.chunks(workers) {
        thread::scope(|s| {
            let all: Vec<_> = round.iter().map(|site| (site, s.spawn(move || check(site, limit)))).collect();
            for (site, one) in all {
                let verdict = one.join().unwrap_or(Verdict::Broken);
                if !matches!(verdict, Verdict::Up(_)) {
                    owners.tell(site, verdict);
                }
                report.push(verdict);
            }
        });
    }
    report
}
