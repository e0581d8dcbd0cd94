// As many threads as workers, each with a pool of one worker; who is done takes the next page.
use std::sync::atomic::{AtomicUsize, Ordering};

fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
    let next = AtomicUsize::new(0);
    let words = Mutex::new(vec![None; pages.len()]);
    thread::scope(|s| {
        for _ in 0..workers {
            s.spawn(|| {
                let pool = Pool::new(1, |page: &String| parse(page)).unwrap();
                loop {
                    let page = next.fetch_add(1, Ordering::SeqCst);
                    let Some(text) = pages.get(page) else { return };
                    match pool.apply(text.clone()) {
                        Ok(count) => {
                            words.lock().unwrap()[page] = Some(count);
                            report.done(page, count);
                        }
                        Err(error) => report.failed(page, &error.to_string()),
                    }
                }
            });
        }
    });
    words.into_inner().unwrap()
}
