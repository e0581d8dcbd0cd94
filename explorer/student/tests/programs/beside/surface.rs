use crossbeam::channel::{self, RecvTimeoutError, TryRecvError, TrySendError};
use crossbeam::sync::WaitGroup;
use parking_lot::{Condvar, Mutex, MutexGuard, Once, OnceState, ReentrantMutex, RwLock};
use std::cell::Cell;
use std::sync::Arc;
use std::time::{Duration, Instant};

static COUNT: Mutex<u32> = Mutex::new(0);
static ONCE: Once = Once::new();

fn channels() {
    let (sender, receiver) = channel::bounded(2);
    println!(
        "{sender:?} {receiver:?} {:?} {:?}",
        sender.capacity(),
        receiver.iter()
    );
    sender.send("a").unwrap();
    sender.try_send("b").unwrap();
    println!("{:?}", sender.try_send("c"));
    println!("{}", sender.try_send("c").unwrap_err());
    println!(
        "{} {} {}",
        receiver.len(),
        receiver.is_full(),
        sender.is_empty()
    );
    assert!(
        matches!(sender.try_send("d"), Err(error) if error.is_full() && error.into_inner() == "d")
    );
    let other = receiver.clone();
    println!("{} {:?}", other.same_channel(&receiver), other.recv());
    println!(
        "{:?} {:?}",
        receiver.try_iter().collect::<Vec<_>>(),
        other.try_recv()
    );
    println!("{}", other.try_recv().unwrap_err());
    println!("{:?}", other.recv_timeout(Duration::from_millis(1)));
    println!("{}", other.recv_timeout(Duration::ZERO).unwrap_err());
    println!(
        "{:?}",
        other
            .recv_deadline(Instant::now())
            .map_err(|error| error.is_timeout())
    );
    drop((receiver, other));
    println!("{:?} {}", sender.send("e"), sender.send("f").unwrap_err());
    println!("{:?}", sender.try_send("g"));
    println!("{}", TrySendError::from(sender.send("h").unwrap_err()));
    let (sender, receiver) = channel::unbounded::<u8>();
    println!("{:?} {}", sender.capacity(), sender.is_full());
    let clone = sender.clone();
    drop(sender);
    clone.send(1).unwrap();
    drop(clone);
    for n in &receiver {
        println!("{n}");
    }
    println!("{:?} {}", receiver.recv(), receiver.recv().unwrap_err());
    println!("{:?} {}", receiver.try_recv(), TryRecvError::Disconnected);
    let ended = receiver.recv_timeout(Duration::from_millis(1)).unwrap_err();
    println!(
        "{ended:?} {ended} {}",
        ended == RecvTimeoutError::Disconnected
    );
    println!("{:?}", receiver.into_iter().next());
    let (sender, receiver) = crossbeam_channel::bounded(0);
    println!(
        "{} {} {}",
        sender.len(),
        sender.is_full(),
        receiver.is_empty()
    );
    let thread = std::thread::spawn(move || sender.send(9));
    println!("{:?} {:?}", receiver.recv(), thread.join().unwrap());
}

fn scopes() {
    let mut words = vec!["one".to_owned()];
    let told = crossbeam::scope(|scope| {
        println!("{scope:?}");
        let handle = scope.spawn(|scope| {
            words.push("two".to_owned());
            scope
                .builder()
                .name("inner".to_owned())
                .spawn(|_| 7)
                .unwrap()
                .join()
                .unwrap()
        });
        println!("{handle:?}");
        handle.join().unwrap()
    });
    println!("{told:?} {words:?}");
    let told = crossbeam_utils::thread::scope(|scope| {
        scope.spawn(|_| std::panic::resume_unwind(Box::new(5u8)));
        "never"
    });
    let panics = told
        .unwrap_err()
        .downcast::<Vec<Box<dyn std::any::Any + Send>>>()
        .unwrap();
    println!("{:?}", panics[0].downcast_ref::<u8>());
    let group = WaitGroup::new();
    let other = group.clone();
    println!("{group:?}");
    let thread = std::thread::spawn(move || drop(other));
    group.wait();
    thread.join().unwrap();
}

fn locks() {
    *COUNT.lock() += 1;
    println!(
        "{:?} {} {:?}",
        COUNT,
        COUNT.lock(),
        COUNT.try_lock().map(|guard| *guard)
    );
    let guard = COUNT.lock();
    println!(
        "{COUNT:?} {:?}",
        COUNT.try_lock_for(Duration::from_millis(1))
    );
    println!("{:?}", COUNT.try_lock_until(Instant::now()));
    drop(guard);
    let mut lock = Mutex::from(vec![1]);
    lock.get_mut().push(2);
    let mut guard = lock.lock();
    MutexGuard::unlocked(&mut guard, || lock.lock().push(3));
    println!(
        "{guard:?} {}",
        MutexGuard::mutex(&guard).try_lock().is_none()
    );
    drop(guard);
    println!("{:?} {:?}", lock.into_inner(), Mutex::<u8>::default());
    let rw = Arc::new(RwLock::new(4));
    let other = Arc::clone(&rw);
    let panicked = std::thread::spawn(move || {
        let _guard = other.write();
        std::panic::resume_unwind(Box::new(0));
    });
    println!("{} {:?}", panicked.join().is_err(), rw);
    {
        let (one, two) = (rw.read(), rw.try_read());
        println!(
            "{one} {two:?} {:?} {:?}",
            rw.try_write(),
            rw.try_write_for(Duration::ZERO)
        );
    }
    *rw.write() += 1;
    let guard = rw.write();
    println!(
        "{rw:?} {:?} {:?}",
        rw.try_read(),
        rw.try_read_for(Duration::ZERO)
    );
    drop(guard);
    println!(
        "{:?} {:?}",
        rw.try_read_until(Instant::now()),
        rw.try_write_until(Instant::now())
    );
    let again = ReentrantMutex::new(Cell::new(1));
    let (one, two) = (again.lock(), again.try_lock());
    one.set(2);
    println!("{two:?} {again:?} {}", again.is_owned_by_current_thread());
    drop((one, two));
    println!("{:?}", again.into_inner());
    let condition = Condvar::new();
    let mut guard = COUNT.lock();
    println!(
        "{condition:?} {} {}",
        condition.notify_one(),
        condition.notify_all()
    );
    println!(
        "{:?}",
        condition.wait_for(&mut guard, Duration::from_millis(1))
    );
    println!(
        "{}",
        condition.wait_until(&mut guard, Instant::now()).timed_out()
    );
    condition.wait_while(&mut guard, |count| *count > 5);
    println!(
        "{:?}",
        condition.wait_while_for(&mut guard, |_| true, Duration::from_millis(1))
    );
    println!(
        "{:?}",
        condition.wait_while_until(&mut guard, |_| false, Instant::now())
    );
    ONCE.call_once(|| println!("once"));
    ONCE.call_once(|| println!("never"));
    println!("{}", ONCE.is_completed());
    let once = Once::new();
    once.call_once_force(|state| println!("{state:?} {}", state == OnceState::New));
}

fn main() {
    channels();
    scopes();
    locks();
}
