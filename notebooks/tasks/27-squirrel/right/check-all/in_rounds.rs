// Round by round: as many threads as there are workers, each for one site.
fn check_all(sites: &[Site], workers: usize, limit: Duration) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for round in sites.chunks(workers) {
        thread::scope(|s| {
            let all: Vec<_> = round.iter().map(|site| s.spawn(move || check(site, limit))).collect();
            verdicts.extend(all.into_iter().map(|one| one.join().unwrap_or(Verdict::Broken)));
        });
    }
    verdicts
}
