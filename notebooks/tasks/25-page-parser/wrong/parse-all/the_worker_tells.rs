// kind: other
// The report is told in the worker, which has a copy of it: main hears nothing.
fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
    let report = report.clone();
    let pool = Pool::new(workers, move |(page, text): &(usize, String)| {
        let words = parse(text);
        report.done(*page, words);
        words
    })
    .unwrap();
    let mut results = Vec::new();
    for task in pages.iter().cloned().enumerate() {
        results.push(pool.apply_async(task).unwrap());
    }
    let words = results.into_iter().map(|result| result.get().ok()).collect();
    pool.close();
    pool.join().unwrap();
    words
}
