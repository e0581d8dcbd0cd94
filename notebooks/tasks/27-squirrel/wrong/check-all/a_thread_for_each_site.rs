// As many checks at a time as there are sites.
fn check_all(sites: &[Site], _workers: usize, limit: Duration) -> Vec<Verdict> {
    thread::scope(|s| {
        let all: Vec<_> = sites.iter().map(|site| s.spawn(move || check(site, limit))).collect();
        all.into_iter().map(|one| one.join().unwrap_or(Verdict::Broken)).collect()
    })
}
