use std::thread;

fn main() {
    for name in ["a", "b", "c"] {
        thread::spawn(move || {
            println!("{name}1");
            println!("{name}2");
        });
    }
    println!("main");
}
