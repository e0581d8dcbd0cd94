use exercises::primitive::thread;
use exercises::sync::Thread;

pub fn main() {
    let one = Thread::new("one", || {
        panic!("first");
    });
    one.start().unwrap();
    println!("{}", one.join().unwrap_err());
    let two = thread::spawn(Some("two"), || {
        println!("{}", Vec::<u8>::new()[thread::cores()]);
    });
    println!("{}", two.join().is_err());
}
