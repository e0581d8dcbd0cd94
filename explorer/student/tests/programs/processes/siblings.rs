//! Two at the same time.
use exercises::process::Process;

pub fn main() {
    let mut lines = 0;
    let children = ["one", "two"].map(|name| {
        lines += 1;
        let mut child = Process::new(name, move || println!("{name} {lines}"));
        child.start().unwrap();
        child
    });
    println!("{lines} started");
    for child in &children {
        child.join().unwrap();
    }
    println!("all ended");
}
