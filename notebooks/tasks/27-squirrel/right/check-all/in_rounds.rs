// Round by round: as many threads as there are workers, each for one site.
fn check_all(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Vec<Verdict> {
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
