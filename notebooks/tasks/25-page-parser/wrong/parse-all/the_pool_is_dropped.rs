// kind: other
// The pool is dropped right after the pages were handed over: the workers are ended wherever they are.
fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
    let mut results = Vec::new();
    {
        let pool = Pool::new(workers, |page: &String| parse(page)).unwrap();
        for (page, text) in pages.iter().enumerate() {
            let (done, failed) = (report.clone(), report.clone());
            let result = pool.apply_async_with(
                text.clone(),
                move |words| done.done(page, *words),
                move |error| failed.failed(page, &error.to_string()),
            );
            results.push(result.unwrap());
        }
    }
    results.into_iter().map(|result| result.get().ok()).collect()
}
