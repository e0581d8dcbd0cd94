use std::thread;

fn main() {
    let threads: Vec<_> = ["a", "b", "c"]
        .into_iter()
        .map(|name| {
            thread::spawn(move || {
                println!("{name}1");
                println!("{name}2");
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    println!("main");
}
