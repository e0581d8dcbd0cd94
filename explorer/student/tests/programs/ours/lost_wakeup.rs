use exercises::sync::Condition;
use std::thread;

pub fn main() {
    let ready = Condition::new(false);
    thread::scope(|s| {
        s.spawn(|| {
            let mut ready = ready.lock();
            ready.wait();
            println!("go");
        });
        let mut flag = ready.lock();
        *flag = true;
        flag.notify_one();
    });
}
