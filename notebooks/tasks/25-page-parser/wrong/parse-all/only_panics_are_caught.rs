// kind: other
// `catch_unwind` catches a panic. A page that ends its process takes the whole `map` along.
use std::panic::catch_unwind;

fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
    let words = Pool::map(workers, pages, |page: &String| catch_unwind(|| parse(page)).ok()).unwrap();
    for (page, words) in words.iter().enumerate() {
        match words {
            Some(words) => report.done(page, *words),
            None => report.failed(page, "the parser panicked"),
        }
    }
    words
}
