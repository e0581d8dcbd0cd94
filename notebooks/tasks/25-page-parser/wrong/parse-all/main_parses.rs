// kind: other
// No pool at all: the page that ends its process ends main.
use std::panic::catch_unwind;

fn parse_all(pages: &[String], _workers: usize, report: &Report) -> Vec<Option<usize>> {
    let mut words = Vec::new();
    for (page, text) in pages.iter().enumerate() {
        match catch_unwind(|| parse(text)) {
            Ok(count) => {
                report.done(page, count);
                words.push(Some(count));
            }
            Err(_) => {
                report.failed(page, "the parser panicked");
                words.push(None);
            }
        }
    }
    words
}
