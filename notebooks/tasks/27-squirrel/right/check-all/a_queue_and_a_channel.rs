// A queue for the sites and a channel for the verdicts, which come in any order.
fn check_all(sites: &[Site], workers: usize, limit: Duration, owners: &Owners) -> Vec<Verdict> {
    let queue = Queue::unbounded();
    for job in sites.iter().cloned().enumerate() {
        queue.put(job).unwrap();
    }
    queue.close();
    let (tell, told) = mpsc::channel();
    let threads: Vec<_> = (0..workers)
        .map(|_| {
            let (queue, tell) = (queue.clone(), tell.clone());
            thread::spawn(move || {
                for (place, site) in &queue {
                    let verdict = catch_unwind(|| check(&site, limit)).unwrap_or(Verdict::Broken);
                    tell.send((place, verdict)).unwrap();
                }
            })
        })
        .collect();
    drop(tell);
    let mut verdicts: Vec<(usize, Verdict)> = Vec::new();
    for (place, verdict) in told {
        // As soon as it is known, and always by this thread.
        if !matches!(verdict, Verdict::Up(_)) {
            owners.tell(&sites[place], verdict);
        }
        verdicts.push((place, verdict));
    }
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    verdicts.sort_by_key(|(place, _)| *place);
    verdicts.into_iter().map(|(_, verdict)| verdict).collect()
}
