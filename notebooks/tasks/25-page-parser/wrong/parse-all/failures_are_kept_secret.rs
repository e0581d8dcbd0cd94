// kind: other
// No error callback: what fails vanishes without a word.
fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
    let pool = Pool::new(workers, |page: &String| parse(page)).unwrap();
    let mut results = Vec::new();
    for (page, text) in pages.iter().enumerate() {
        let done = report.clone();
        let result = pool.apply_async_with(text.clone(), move |words| done.done(page, *words), |_| {});
        results.push(result.unwrap());
    }
    let words = results.into_iter().map(|result| result.get().ok()).collect();
    pool.close();
    pool.join().unwrap();
    words
}
