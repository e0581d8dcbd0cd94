#![forbid(unsafe_code)]
#![deny(warnings)]
//! As much of std's concurrency as fits into one deterministic program.
use std::fmt::Debug;
use std::io::{self, BufRead, Read, Write};
use std::panic;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicPtr, AtomicU8, Ordering, fence};
use std::sync::mpsc::{self, RecvTimeoutError, SyncSender, TryRecvError, TrySendError};
use std::sync::{
    Arc, Barrier, Condvar, LazyLock, Mutex, MutexGuard, Once, OnceLock, PoisonError, RwLock,
    TryLockError, Weak,
};
use std::thread::{self, Builder, JoinHandle, ThreadId};
use std::time::{Duration, Instant, SystemTime};

trait Shape: Send {
    fn area(&self) -> u32;
}

impl Shape for u32 {
    fn area(&self) -> u32 {
        *self
    }
}

fn show(what: impl Debug) {
    println!("{what:?}");
}

fn wait_for<T>(handle: JoinHandle<T>) -> Option<T> {
    handle.join().ok()
}

fn locked(lock: &Mutex<Vec<i32>>) -> MutexGuard<'_, Vec<i32>> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

static TABLE: LazyLock<Mutex<Vec<i32>>> = LazyLock::new(|| Mutex::new(vec![1]));

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    // threads
    let id: ThreadId = thread::current().id();
    show((id, thread::current().name()));
    let named = Builder::new().name("worker".to_owned()).spawn(|| thread::current().name().map(str::to_owned))?;
    show(wait_for(named));
    let mut numbers = vec![1, 2, 3];
    let sum = thread::scope(|scope| {
        let half = scope.spawn(|| numbers.iter().sum::<i32>());
        scope.spawn(|| scope.spawn(|| ()).join().unwrap());
        half.join().unwrap()
    });
    numbers.push(sum);
    show(&numbers);
    let parked = thread::spawn(|| thread::park());
    parked.thread().unpark();
    show(parked.join().is_ok());
    // locks
    let shape: Arc<Mutex<dyn Shape>> = Arc::new(Mutex::new(4u32));
    show(shape.lock().map(|shape| shape.area()).unwrap_or(0));
    let weak: Weak<Mutex<dyn Shape>> = Arc::downgrade(&shape);
    show(weak.upgrade().is_some());
    locked(&TABLE).push(2);
    show(&*TABLE);
    let poisoned = Arc::new(Mutex::new(1));
    let other = Arc::clone(&poisoned);
    let failed = thread::spawn(move || {
        let _guard = other.lock().unwrap();
        panic::resume_unwind(Box::new("on purpose"));
    });
    show(failed.join().unwrap_err().downcast_ref::<&str>());
    show(poisoned.is_poisoned());
    let held = TABLE.lock().unwrap();
    show(matches!(TABLE.try_lock(), Err(TryLockError::WouldBlock)));
    drop(held);
    let many = RwLock::new(5);
    show((*many.read().unwrap(), *many.read().unwrap()));
    *many.write().unwrap() += 1;
    show(many);
    // conditions and barriers
    let pair = (Mutex::new(0), Condvar::new());
    let (guard, result) = pair.1.wait_timeout(pair.0.lock().unwrap(), Duration::from_millis(5)).unwrap();
    show((*guard, result.timed_out()));
    drop(guard);
    let barrier = Barrier::new(2);
    thread::scope(|scope| {
        scope.spawn(|| barrier.wait());
        barrier.wait();
    });
    // once
    let once = Once::new();
    once.call_once(|| println!("once"));
    once.call_once(|| println!("twice"));
    let cell = OnceLock::new();
    show((cell.set(1), cell.set(2), cell.get()));
    // channels
    let (sender, receiver) = mpsc::channel();
    sender.send(1)?;
    show((receiver.recv(), receiver.try_recv() == Err(TryRecvError::Empty)));
    show(receiver.recv_timeout(Duration::from_millis(1)) == Err(RecvTimeoutError::Timeout));
    drop(sender);
    show(receiver.recv().is_err());
    let (sender, receiver): (SyncSender<i32>, _) = mpsc::sync_channel(1);
    show((sender.try_send(1), matches!(sender.try_send(2), Err(TrySendError::Full(2)))));
    drop(sender);
    show(receiver.into_iter().collect::<Vec<_>>());
    // atomics
    let flag = AtomicBool::new(false);
    show((flag.swap(true, Ordering::AcqRel), flag.fetch_not(Ordering::Relaxed), &flag));
    let number = AtomicI64::new(3);
    show((number.fetch_max(9, Ordering::Relaxed), number.compare_exchange(9, 1, Ordering::SeqCst, Ordering::Relaxed)));
    show(number.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |value| Some(value * 2)));
    let mut byte = AtomicU8::new(255);
    byte.fetch_add(2, Ordering::SeqCst);
    show(*byte.get_mut());
    let mut place = 1;
    let pointer = AtomicPtr::new(&mut place);
    show(pointer.load(Ordering::Relaxed).is_null());
    fence(Ordering::SeqCst);
    // time
    let begun = Instant::now();
    thread::sleep(Duration::from_millis(20));
    show(begun.elapsed() >= Duration::from_millis(20));
    show(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs() > 0);
    // input and output
    let mut line = String::new();
    show(io::stdin().lock().read_line(&mut line)?);
    show(io::stdin().read(&mut [0; 8])?);
    let mut out = io::stdout().lock();
    writeln!(out, "locked {}", 1)?;
    out.write_all(b"bytes\n")?;
    out.flush()?;
    println!("inside");
    drop(out);
    print!("no line end");
    println!();
    eprint!("not ");
    eprintln!("shown");
    dbg!(1 + 1);
    // panics
    show(panic::catch_unwind(|| panic!("caught")).is_err());
    show(thread::panicking());
    show(std::env::args().count());
    assert!(format!("{:?}", std::hint::black_box(1)) == "1", "{}", 1);
    Ok(ExitCode::from(3))
}
