//! What processes share, used in one order.
use exercises::primitive::time::Duration;
use exercises::process::{
    Array, Barrier, Condition, Event, JoinableQueue, Lock, LockError, Process, Queue,
    ReentrantLock, Semaphore, SimpleQueue, TryGetError, Value, byte_pipe,
};
use std::io::{Read, Write};

/// Runs in a process of its own, and is waited for.
fn alone(f: impl FnOnce() -> i32 + 'static) -> Option<i32> {
    let mut child = Process::unnamed(f);
    child.start().unwrap();
    child.join().unwrap()
}

pub fn main() {
    let lock = Lock::new().unwrap();
    let held = lock.lock().unwrap();
    assert!(matches!(lock.lock(), Err(LockError::HeldByThisThread)));
    println!("{:?}", alone({
        let lock = lock.clone();
        move || i32::from(lock.try_lock().unwrap().is_some())
    }));
    drop(held);
    // Whoever ends with a lock leaves it to the next, who is told.
    alone({
        let lock = lock.clone();
        move || {
            std::mem::forget(lock.lock().unwrap());
            0
        }
    });
    println!("{}", matches!(lock.lock(), Err(LockError::Abandoned(_))));
    println!("{}", lock.lock().is_ok());

    let again = ReentrantLock::new().unwrap();
    {
        let _one = again.lock().unwrap();
        let _two = again.lock().unwrap();
        println!("{:?}", alone({
            let again = again.clone();
            move || i32::from(again.try_lock().unwrap().is_some())
        }));
    }
    println!("{}", again.try_lock().unwrap().is_some());

    let numbers = Array::<i64>::zeroed(3).unwrap();
    let value = Value::new(-1.5).unwrap();
    alone({
        let (numbers, value) = (numbers.clone(), value.clone());
        move || {
            numbers.set(1, 7);
            numbers.fetch_add(2, -3);
            numbers.lock().unwrap().swap(0, 1);
            value.update(|value| value * 4.0);
            0
        }
    });
    println!("{numbers:?} {}", value.get());

    let permits = Semaphore::new(1).unwrap();
    let (ready, go) = (Event::new().unwrap(), Event::new().unwrap());
    let full = Condition::new().unwrap();
    let count = Value::new(0u8).unwrap();
    let mut child = Process::new("child", {
        let (permits, ready, go) = (permits.clone(), ready.clone(), go.clone());
        let (full, count) = (full.clone(), count.clone());
        move || {
            permits.acquire().unwrap();
            ready.set();
            go.wait().unwrap();
            permits.release();
            let mut guard = full.lock().unwrap();
            count.set(5);
            guard.notify_all();
        }
    });
    child.start().unwrap();
    ready.wait().unwrap();
    println!("{} {}", permits.try_acquire(), permits.permits());
    let guard = full.lock().unwrap();
    go.set();
    let guard = guard.wait_while(|| count.get() < 5).unwrap();
    drop(guard);
    println!("{:?}", child.join().unwrap());
    println!("{} {}", permits.permits(), go.is_set());

    let queue = Queue::<(u8, Option<String>)>::bounded(2).unwrap();
    println!("{:?} {}", queue.capacity(), queue.is_empty());
    alone({
        let queue = queue.clone();
        move || {
            queue.put((1, None)).unwrap();
            queue.put((2, Some("two".to_owned()))).unwrap();
            i32::from(queue.try_put((3, None)).is_err())
        }
    });
    println!("{} {:?}", queue.len(), queue.get().unwrap());
    println!("{:?}", queue.get_timeout(Duration::from_millis(1)).unwrap());
    println!("{}", matches!(queue.try_get(), Err(TryGetError::Closed)));
    let simple = SimpleQueue::<String>::new().unwrap();
    simple.put("kept".to_owned()).unwrap();
    println!("{:?} {}", simple.get().unwrap(), simple.is_empty());

    let barrier = Barrier::new(2).unwrap();
    println!("{:?}", barrier.wait_timeout(Duration::from_millis(1)));
    println!("{:?} {} {}", barrier.wait(), barrier.is_broken(), barrier.arrived());
    barrier.reset();
    barrier.abort();
    println!("{:?} {barrier:?}", barrier.wait());
    barrier.reset();
    let mut other = Process::new("other", {
        let barrier = barrier.clone();
        move || barrier.wait().unwrap().index() as i32
    });
    other.start().unwrap();
    let own = barrier.wait().unwrap();
    let others = other.join().unwrap().unwrap();
    println!("{} {}", own.index() as i32 + others, own.round());

    let dishes = JoinableQueue::<u8>::bounded(2).unwrap();
    dishes.put(1).unwrap();
    dishes.put(2).unwrap();
    println!("{:?} {}", dishes.capacity(), dishes.try_put(3).is_err());
    println!("{:?}", dishes.join_timeout(Duration::from_millis(1)));
    println!("{:?} {:?}", dishes.get().unwrap(), dishes.try_get().unwrap());
    // A child says it for what its parent has taken: so it stands with the parent.
    alone({
        let dishes = dishes.clone();
        move || i32::from(dishes.task_done().is_err())
    });
    println!("{} {}", dishes.unfinished(), dishes.recover());
    println!("{dishes:?}");

    let (mut sender, mut receiver) = byte_pipe().unwrap();
    let mut bytes = [0; 4];
    sender.write_all(b"tick tock").unwrap();
    println!("{:?}", receiver.read(&mut bytes).unwrap());
    println!("{:?}", receiver.read_timeout(&mut bytes, Duration::from_millis(1)).unwrap());
    println!("{:?} {:?}", receiver.read(&mut bytes).unwrap(), &bytes[..1]);
    drop(sender);
    println!("{}", receiver.read(&mut bytes).unwrap());
}
