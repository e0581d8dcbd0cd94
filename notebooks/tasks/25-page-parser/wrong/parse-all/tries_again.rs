// kind: other
// A page that failed is parsed once more: it fails once more, and another worker dies of it.
fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
    let pool = Pool::new(workers, |page: &String| parse(page)).unwrap();
    let words = thread::scope(|s| {
        let mut waiting = Vec::new();
        for (page, text) in pages.iter().enumerate() {
            let result = pool.apply_async(text.clone()).unwrap();
            let pool = &pool;
            waiting.push(
                s.spawn(move || match result.get().or_else(|_| pool.apply(text.clone())) {
                    Ok(words) => {
                        report.done(page, words);
                        Some(words)
                    }
                    Err(error) => {
                        report.failed(page, &error.to_string());
                        None
                    }
                }),
            );
        }
        waiting.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    pool.close();
    pool.join().unwrap();
    words
}
