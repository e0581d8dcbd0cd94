use exercises::process::{Barrier, Process, Queue};

fn start_all(children: &mut [Process]) {
    for child in children {
        child.start().unwrap();
    }
}

pub fn main() {
    let together = Barrier::new(2).unwrap();
    let found = Queue::unbounded().unwrap();
    let mut children: Vec<Process> = (1..=2)
        .map(|n| {
            let (together, found) = (&together, &found);
            Process::borrowing(format!("p{n}"), move || {
                println!("p{n} is here");
                together.wait().unwrap();
                found.put(n).unwrap();
            })
        })
        .collect();
    start_all(&mut children);
    for child in &children {
        child.join().unwrap();
    }
    let mut all = [0, 0].map(|_| found.get().unwrap().unwrap());
    all.sort();
    println!("{all:?}");
}
