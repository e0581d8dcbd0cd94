// kind: other
// `imap` gives one result after the other, but in the order of the pages: a slow page holds up those behind it.
fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
    let pool = Pool::new(workers, |page: &String| parse(page)).unwrap();
    let results = pool.imap(pages.to_vec()).enumerate();
    let words = results.map(|(page, result)| match result {
        Ok(words) => {
            report.done(page, words);
            Some(words)
        }
        Err(error) => {
            report.failed(page, &error.to_string());
            None
        }
    });
    words.collect()
}
