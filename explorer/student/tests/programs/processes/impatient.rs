use exercises::process::Process;
use std::thread;
use std::time::Duration;

fn life(process: &Process) -> &'static str {
    if process.is_alive() {
        "alive"
    } else {
        "not alive"
    }
}

pub fn main() {
    let mut counting = Process::new("counting", || {
        println!("--> 0");
        thread::sleep(Duration::from_millis(20));
        println!("--> 1");
    });
    counting.start().unwrap();
    thread::sleep(Duration::from_millis(10));
    counting.terminate().unwrap();
    println!("{}", life(&counting));
    counting.join().unwrap();
    println!("{}: {:?}", life(&counting), counting.exit_code());
}
