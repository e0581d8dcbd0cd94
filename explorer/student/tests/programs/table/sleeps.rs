use std::thread;
use std::time::Duration;

fn main() {
    let threads: Vec<_> = [30, 20, 10]
        .into_iter()
        .map(|pause| {
            thread::spawn(move || {
                thread::sleep(Duration::from_millis(pause));
                println!("{pause}");
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}
