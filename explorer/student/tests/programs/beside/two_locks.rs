use parking_lot::Mutex;
use std::thread;

static LEFT: Mutex<u32> = Mutex::new(0);
static RIGHT: Mutex<u32> = Mutex::new(0);

fn main() {
    let other = thread::spawn(|| {
        let mut right = RIGHT.lock();
        *right += *LEFT.lock();
    });
    {
        let mut left = LEFT.lock();
        *left += *RIGHT.lock();
    }
    other.join().unwrap();
    println!("done");
}
