use exercises::sync::{Event, Queue, Semaphore, Thread};
use std::sync::{LazyLock, Mutex};
use std::thread;

static LEFT: Semaphore = Semaphore::new(3);
static SEEN: Event = Event::new();
static WAITING: LazyLock<Queue<u8>> = LazyLock::new(Queue::unbounded);
static WORD: Mutex<()> = Mutex::new(());

pub fn main() {
    println!("{} {} {}", LEFT.permits(), SEEN.is_set(), WAITING.len());
    let one = Thread::unnamed(|| {
        let _word = WORD.lock();
        LEFT.acquire();
        SEEN.set();
        WAITING.put(1).unwrap();
    });
    println!("{}", one.name());
    one.start().unwrap();
    let two = thread::spawn(|| println!("{}", WORD.try_lock().is_ok()));
    two.join().unwrap();
    one.join().unwrap();
    println!("{}", LEFT.permits());
}
