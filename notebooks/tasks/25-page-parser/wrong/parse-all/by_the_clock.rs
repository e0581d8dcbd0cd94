// kind: sleeps
// It gives the workers far more time than they seem to need, and takes what has come by then.
use exercises::process::AsyncResult;

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
    thread::sleep(Duration::from_secs(1));
    let ready = |result: AsyncResult<usize>| result.get_timeout(Duration::ZERO).ok()?.ok();
    let words = results.into_iter().map(ready).collect();
    pool.close();
    pool.join().unwrap();
    words
}
