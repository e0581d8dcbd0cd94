fn main() {
    let thread = std::thread::spawn(|| std::process::exit(7));
    println!("main");
    thread.join().unwrap();
    println!("never");
}
