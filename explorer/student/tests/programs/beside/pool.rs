use crossbeam::channel::{bounded, unbounded};

fn main() {
    let (jobs, work) = bounded(1);
    let (results, done) = unbounded();
    let words = ["one", "two"];
    crossbeam::scope(|scope| {
        for name in ["a", "b"] {
            let (work, results, words) = (work.clone(), results.clone(), &words);
            scope.spawn(move |_| {
                for job in work {
                    results.send((name, words[job])).unwrap();
                }
            });
        }
        drop((work, results));
        for job in 0..words.len() {
            jobs.send(job).unwrap();
        }
        drop(jobs);
    })
    .unwrap();
    let mut all: Vec<_> = done.iter().collect();
    all.sort_by_key(|&(_, word)| word);
    println!("{all:?}");
}
