// It looks again and again which results are there; the last pages were handed over first, which nobody forbids.
fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
    let pool = Pool::new(workers, |page: &String| parse(page)).unwrap();
    let mut waiting = Vec::new();
    for (page, text) in pages.iter().enumerate().rev() {
        waiting.push((page, pool.apply_async(text.clone()).unwrap()));
    }
    let mut words = vec![None; pages.len()];
    while !waiting.is_empty() {
        let (over, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(_, result)| result.is_ready());
        waiting = rest;
        for (page, result) in over {
            match result.get() {
                Ok(count) => {
                    words[page] = Some(count);
                    report.done(page, count);
                }
                Err(error) => report.failed(page, &error.to_string()),
            }
        }
        thread::sleep(Duration::from_millis(1));
    }
    drop(pool);
    words
}
