// kind: other
// A new process for each page: nobody counts them, and nobody works twice.
use exercises::process::{Process, Queue};

fn parse_all(pages: &[String], _workers: usize, report: &Report) -> Vec<Option<usize>> {
    let mut children = Vec::new();
    for (page, text) in pages.iter().enumerate() {
        let queue = Queue::<usize>::unbounded().unwrap();
        let (sender, text) = (queue.clone(), text.clone());
        let mut child = Process::new("parser", move || sender.put(parse(&text)).unwrap());
        child.start().unwrap();
        children.push((page, child, queue));
    }
    let mut words = vec![None; pages.len()];
    while !children.is_empty() {
        children.retain(|(page, child, queue)| {
            if child.is_alive() {
                return true;
            }
            child.join().unwrap();
            match queue.try_get() {
                Ok(count) => {
                    report.done(*page, count);
                    words[*page] = Some(count);
                }
                Err(_) => report.failed(*page, "the parser ended"),
            }
            false
        });
        thread::sleep(Duration::from_millis(1));
    }
    words
}
