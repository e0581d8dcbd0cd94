// What has panicked has no verdict: the list gets shorter.
fn all_verdicts(sites: &[Site], workers: usize, limit: Duration) -> Vec<Verdict> {
    let pool = ThreadPool::new(workers).unwrap();
    let verdicts = pool.map(sites.to_vec(), move |site| check(&site, limit));
    verdicts.flatten().collect()
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
