use exercises::primitive::thread::sleep;
use exercises::sync::{Thread, threads};
use std::time::Duration;

pub fn main() {
    let second = Duration::from_secs(1);
    let heart = Thread::new("heart", move || {
        loop {
            println!("beat");
            sleep(second);
        }
    });
    heart.daemon(true).start().unwrap();
    println!("work");
    println!("{:?}", threads::shut_down().still_running);
}
