// kind: deadlock
// Workers made by hand. Nobody takes the place of one that died, and in the end nobody is left.
use exercises::process::{Process, Queue};
use std::panic::catch_unwind;

fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
    let tasks = Queue::<(usize, String)>::unbounded().unwrap();
    let results = Queue::<(usize, Option<usize>)>::unbounded().unwrap();
    for task in pages.iter().cloned().enumerate() {
        tasks.put(task).unwrap();
    }
    tasks.close();
    let mut children = Vec::new();
    for _ in 0..workers {
        let (tasks, results) = (tasks.clone(), results.clone());
        let mut child = Process::new("parser", move || {
            while let Ok(Some((page, text))) = tasks.get() {
                results.put((page, catch_unwind(|| parse(&text)).ok())).unwrap();
            }
        });
        child.start().unwrap();
        children.push(child);
    }
    let mut words = vec![None; pages.len()];
    let mut missing: Vec<usize> = (0..pages.len()).collect();
    while !missing.is_empty() {
        let Ok(Some((page, count))) = results.get() else { break };
        missing.retain(|other| *other != page);
        words[page] = count;
        match count {
            Some(count) => report.done(page, count),
            None => report.failed(page, "the parser panicked"),
        }
    }
    for page in missing {
        report.failed(page, "the parser ended");
    }
    for child in children {
        child.join().unwrap();
    }
    words
}
