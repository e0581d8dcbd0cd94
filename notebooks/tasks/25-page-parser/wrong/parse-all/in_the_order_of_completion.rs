// kind: luck
// The results stand in the order in which they came, not in that of the pages.
fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
    let pool = Pool::new(workers, |page: &String| parse(page)).unwrap();
    let all = Arc::new(Mutex::new(Vec::new()));
    // The longest pages first: then nobody waits for them in the end.
    let mut order: Vec<(usize, String)> = pages.iter().cloned().enumerate().collect();
    order.sort_by_key(|(_, text)| std::cmp::Reverse(text.len()));
    for (page, text) in order {
        let (done, failed) = (report.clone(), report.clone());
        let (good, bad) = (all.clone(), all.clone());
        let _ = pool
            .apply_async_with(
                text,
                move |words| {
                    done.done(page, *words);
                    good.lock().unwrap().push(Some(*words));
                },
                move |error| {
                    failed.failed(page, &error.to_string());
                    bad.lock().unwrap().push(None);
                },
            )
            .unwrap();
    }
    pool.close();
    pool.join().unwrap();
    let words = all.lock().unwrap().clone();
    words
}
