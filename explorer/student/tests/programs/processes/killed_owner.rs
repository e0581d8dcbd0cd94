use exercises::process::{Lock, Process};

pub fn main() {
    let lock = Lock::new().unwrap();
    let its_lock = lock.clone();
    let mut owner = Process::new("owner", move || {
        let _held = its_lock.lock().unwrap();
        println!("taken");
    });
    owner.start().unwrap();
    owner.kill().unwrap();
    let code = owner.join().unwrap();
    match lock.lock() {
        Ok(_) => println!("{code:?}: free"),
        Err(_) => println!("{code:?}: left by its owner"),
    };
}
