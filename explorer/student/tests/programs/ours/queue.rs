use exercises::sync::Queue;
use std::thread;

pub fn main() {
    let queue = Queue::bounded(1);
    thread::scope(|s| {
        s.spawn(|| {
            for item in &queue {
                println!("got {item}");
            }
        });
        for item in 1..=2 {
            queue.put(item).unwrap();
            println!("put {item}");
        }
        queue.close();
    });
}
