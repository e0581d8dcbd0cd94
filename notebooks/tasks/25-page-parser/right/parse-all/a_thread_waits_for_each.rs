// No callbacks: a thread waits for each result and tells the report.
fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
    let pool = Pool::new(workers, |page: &String| parse(page)).unwrap();
    let words = thread::scope(|s| {
        let mut waiting = Vec::new();
        for (page, text) in pages.iter().enumerate() {
            let result = pool.apply_async(text.clone()).unwrap();
            waiting.push(s.spawn(move || match result.get() {
                Ok(words) => {
                    report.done(page, words);
                    Some(words)
                }
                Err(error) => {
                    report.failed(page, &error.to_string());
                    None
                }
            }));
        }
        waiting.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    pool.close();
    pool.join().unwrap();
    words
}
