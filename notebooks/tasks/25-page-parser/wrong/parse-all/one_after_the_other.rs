// kind: over-synchronised
// `apply` waits for the result: while one worker has a page, the others have nothing to do.
fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
    let pool = Pool::new(workers, |page: &String| parse(page)).unwrap();
    let mut words = Vec::new();
    for (page, text) in pages.iter().enumerate() {
        match pool.apply(text.clone()) {
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
