// kind: other
// Threads are no processes: the page that ends its process ends all of them.
use exercises::sync::ThreadPool;

fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
    let pool = ThreadPool::new(workers).unwrap();
    let mut results = Vec::new();
    for (page, text) in pages.iter().enumerate() {
        let (report, text) = (report.clone(), text.clone());
        results.push(pool.submit(move || {
            let words = std::panic::catch_unwind(|| parse(&text)).ok();
            match words {
                Some(words) => report.done(page, words),
                None => report.failed(page, "the parser panicked"),
            }
            words
        }));
    }
    results
        .into_iter()
        .map(|result| result.result().unwrap_or(None))
        .collect()
}
