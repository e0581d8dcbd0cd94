// kind: other
// One worker more than was asked for, in case one of them dies.
fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
    let pool = Pool::new(workers + 1, |page: &String| parse(page)).unwrap();
    let mut results = Vec::new();
    for (page, text) in pages.iter().enumerate() {
        let (done, failed) = (report.clone(), report.clone());
        let result = pool.apply_async_with(
            text.clone(),
            move |words| done.done(page, *words),
            move |error| failed.failed(page, &error.to_string()),
        );
        results.push(result.unwrap());
    }
    let words = results.into_iter().map(|result| result.get().ok()).collect();
    pool.close();
    pool.join().unwrap();
    words
}
