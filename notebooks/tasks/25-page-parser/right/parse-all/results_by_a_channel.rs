// The callbacks only send. Who called receives, tells the report, and puts each result in its place.
use std::sync::mpsc;

fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
    let pool = Pool::new(workers, |page: &String| parse(page)).unwrap();
    let (sender, receiver) = mpsc::channel();
    for (page, text) in pages.iter().enumerate() {
        let (done, failed) = (sender.clone(), sender.clone());
        let _ = pool
            .apply_async_with(
                text.clone(),
                move |words| done.send((page, Ok(*words))).unwrap(),
                move |error| failed.send((page, Err(error.to_string()))).unwrap(),
            )
            .unwrap();
    }
    drop(sender);
    let mut words = vec![None; pages.len()];
    for (page, result) in receiver {
        match result {
            Ok(count) => {
                report.done(page, count);
                words[page] = Some(count);
            }
            Err(why) => report.failed(page, &why),
        }
    }
    pool.close();
    pool.join().unwrap();
    words
}
