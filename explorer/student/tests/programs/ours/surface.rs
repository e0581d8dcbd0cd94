//! Everything of the course's library between threads, so that only one output is possible.
use exercises::gil::Gil;
use exercises::primitive::thread;
use exercises::primitive::time::Duration;
use exercises::sync::{
    Barrier, BoundedSemaphore, Condition, Condvar, Event, Future, GetTimeoutError, Local, Lock,
    Mutex, Queue, ReentrantLock, Semaphore, Thread, ThreadPool, Timer, TryGetError, WaitFor,
    as_completed, threads, wait,
};
use std::cell::Cell;
use std::sync::Arc;

const SHORT: Duration = Duration::from_millis(5);

static PERMITS: Semaphore = Semaphore::new(1);
static GO: Event = Event::new();

fn semaphores() {
    println!("{} {}", PERMITS.permits(), PERMITS.try_acquire());
    println!("{} {}", PERMITS.try_acquire(), PERMITS.acquire_timeout(SHORT));
    PERMITS.release_many(2);
    drop(PERMITS.permit());
    PERMITS.acquire_noting(|| println!("never"));
    println!("{}", PERMITS.permits());
    let bounded = BoundedSemaphore::new(1);
    bounded.acquire();
    println!("{:?} {:?} {}", bounded.release(), bounded.release(), bounded.bound());
}

fn locks() {
    let lock = Lock::new();
    {
        let _held = lock.hold();
        println!("{} {} {}", lock.is_held(), lock.try_acquire(), lock.acquire_timeout(SHORT));
    }
    println!("{} {:?}", lock.is_held(), lock.release());
    let again = ReentrantLock::new(Cell::new(1));
    let (one, two) = (again.lock(), again.lock());
    one.set(two.get() + 1);
    println!("{} {}", again.is_held_by_this_thread(), one.get());
    let (mutex, changed) = (Mutex::new(0), Condvar::new());
    thread::scope(|s| {
        s.spawn(Some("setter"), || {
            *mutex.lock() = 1;
            changed.notify_all();
        });
        let mut value = mutex.lock();
        changed.wait_while(&mut value, |value| *value == 0);
        println!("{value:?} {}", mutex.is_locked());
    });
    let ready = Arc::new(Condition::new(false));
    let setter = thread::spawn(Some("setter"), {
        let ready = ready.clone();
        move || {
            *ready.lock() = true;
            ready.lock().notify_one();
            thread::current_name()
        }
    });
    ready.lock().wait_while(|ready| !*ready);
    println!("{}", setter.join().unwrap());
    println!("{}", ready.lock().wait_timeout(SHORT));
}

fn signals() {
    println!("{} {}", GO.is_set(), GO.wait_timeout(SHORT));
    let barrier = Barrier::new(2).with_action(|| println!("all there"));
    thread::scope(|s| {
        s.spawn(None, || {
            GO.wait();
            barrier.wait().unwrap().round()
        });
        GO.set();
        println!("{}", barrier.wait().unwrap().round());
    });
    barrier.abort();
    println!("{:?} {}", barrier.wait().is_err(), barrier.is_broken());
    let soon = Timer::start(SHORT, || 3);
    println!("{:?}", soon.join());
}

fn handing_over() {
    let queue = Queue::bounded(1);
    println!("{:?} {:?}", queue.put(1), queue.try_put(2).map_err(|error| error.item));
    println!("{:?} {:?}", queue.get(), queue.try_get() == Err(TryGetError::Empty));
    println!("{}", queue.get_timeout(SHORT) == Err(GetTimeoutError::TimedOut));
    thread::scope(|s| {
        s.spawn(Some("taker"), || {
            for item in &queue {
                println!("took {item}");
                queue.task_done();
            }
        });
        for item in 5..8 {
            queue.put(item).unwrap();
        }
        queue.close();
    });
    println!("{} {}", queue.is_closed(), queue.is_empty());
    let name = Local::new(|| "nobody");
    thread::scope(|s| {
        s.spawn(None, || name.set("somebody"));
    });
    println!("{:?} {}", name.get(), Local::<u8>::unset().get().is_err());
}

fn pools() {
    let pool = ThreadPool::named("worker", 1).unwrap();
    let one: Future<u8> = pool.submit(|| 1);
    println!("{:?}", one.result());
    let all: Result<Vec<u8>, _> = pool.map([1, 2], |n| 2 * n).collect();
    println!("{all:?} {}", pool.workers());
    let broken: Future<()> = pool.submit(|| panic!("no"));
    println!("{}", broken.result().unwrap_err());
    let futures = vec![pool.submit(|| 7)];
    println!("{}", wait(&futures, WaitFor::All, None).done.len());
    println!("{:?}", as_completed(futures).collect::<Vec<_>>());
    pool.shutdown();
}

fn lives() {
    println!("{} {}", threads::main_thread().name(), threads::active_count());
    let one = Thread::unnamed(|| println!("{}", threads::current().name()));
    println!("{} {:?}", one.is_alive(), one.join().is_err());
    one.start().unwrap();
    println!("{:?} {}", one.join().is_ok(), one.start().unwrap_err());
    let two = Thread::new("two", || thread::sleep(SHORT));
    two.start().unwrap();
    println!("{:?}", threads::shut_down().still_running);
    println!("{}", two.is_alive());
    let gil = Gil::new();
    gil.enter().checkpoint();
    println!("{}", gil.handovers());
}

pub fn main() {
    semaphores();
    locks();
    signals();
    handing_over();
    pools();
    lives();
}
