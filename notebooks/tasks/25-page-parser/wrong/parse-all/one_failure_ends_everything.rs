// kind: other
// The first page that fails ends the whole: the others are ended with the pool.
fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
    let pool = Pool::new(workers, |page: &String| parse(page)).unwrap();
    let mut results = Vec::new();
    for (page, text) in pages.iter().enumerate() {
        let (done, failed) = (report.clone(), report.clone());
        let result = pool.apply_async_with(
            text.clone(),
            move |words| done.done(page, *words),
            move |error| failed.failed(page, &error.to_string()),
        );
        results.push(result.unwrap());
    }
    let all: Result<Vec<usize>, PoolError> = results.into_iter().map(|result| result.get()).collect();
    drop(pool);
    match all {
        Ok(words) => words.into_iter().map(Some).collect(),
        Err(_) => vec![None; pages.len()],
    }
}
