use exercises::sync::Semaphore;
use std::thread;

pub fn main() {
    let desk = Semaphore::new(1);
    thread::scope(|s| {
        for i in 1..=2 {
            let desk = &desk;
            s.spawn(move || {
                let _permit = desk.permit();
                println!("{i} sits down");
                println!("{i} gets up");
            });
        }
    });
}
