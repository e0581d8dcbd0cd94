// kind: leaks
// All verdicts are there, and nobody has closed the queue: the workers wait for the next site for ever.
fn all_verdicts(sites: &[Site], workers: usize, limit: Duration) -> Vec<Verdict> {
    let queue = Queue::unbounded();
    for job in sites.iter().cloned().enumerate() {
        queue.put(job).unwrap();
    }
    let (tell, told) = mpsc::channel();
    for _ in 0..workers {
        let (queue, tell) = (queue.clone(), tell.clone());
        thread::spawn(move || {
            for (place, site) in &queue {
                let verdict = catch_unwind(|| check(&site, limit)).unwrap_or(Verdict::Broken);
                tell.send((place, verdict)).unwrap();
            }
        });
    }
    let mut verdicts = vec![Verdict::Broken; sites.len()];
    for (place, verdict) in told.iter().take(sites.len()) {
        verdicts[place] = verdict;
    }
    verdicts
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
