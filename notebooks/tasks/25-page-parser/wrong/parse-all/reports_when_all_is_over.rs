// kind: other
// It waits for all results, and only then tells the report.
fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
    let pool = Pool::new(workers, |page: &String| parse(page)).unwrap();
    let results: Vec<_> = pages
        .iter()
        .map(|text| pool.apply_async(text.clone()).unwrap())
        .collect();
    pool.close();
    pool.join().unwrap();
    let mut words = Vec::new();
    for (page, result) in results.into_iter().enumerate() {
        match result.get() {
            Ok(count) => {
                report.done(page, count);
                words.push(Some(count));
            }
            Err(error) => {
                report.failed(page, &error.to_string());
                words.push(None);
            }
        }
    }
    words
}
