// kind: sleeps
// The workers get more time than they seem to need, and what has come by then is the report: nobody waits for them.
fn all_verdicts(sites: &[Site], workers: usize, limit: Duration) -> Vec<Verdict> {
    let queue = Queue::unbounded();
    for job in sites.iter().cloned().enumerate() {
        queue.put(job).unwrap();
    }
    queue.close();
    let verdicts = Arc::new(Mutex::new(vec![Verdict::Broken; sites.len()]));
    for _ in 0..workers {
        let (queue, verdicts) = (queue.clone(), verdicts.clone());
        thread::spawn(move || {
            for (place, site) in &queue {
                let verdict = catch_unwind(|| check(&site, limit)).unwrap_or(Verdict::Broken);
                verdicts.lock().unwrap()[place] = verdict;
            }
        });
    }
    thread::sleep(Duration::from_secs(1));
    verdicts.lock().unwrap().clone()
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
