// What has panicked has no verdict: the list gets shorter.
fn check_all(sites: &[Site], workers: usize, limit: Duration) -> Vec<Verdict> {
    let pool = ThreadPool::new(workers).unwrap();
    let verdicts = pool.map(sites.to_vec(), move |site| check(&site, limit));
    verdicts.flatten().collect()
}
