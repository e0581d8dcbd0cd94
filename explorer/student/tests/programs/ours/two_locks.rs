use exercises::sync::{Lock, Semaphore};
use std::thread;

pub fn main() {
    let (left, right) = (Lock::new(), Semaphore::new(1));
    thread::scope(|s| {
        s.spawn(|| {
            let _left = left.hold();
            let _right = right.permit();
            println!("one");
        });
        s.spawn(|| {
            right.acquire();
            left.acquire();
            println!("two");
            left.release().unwrap();
            right.release();
        });
    });
}
