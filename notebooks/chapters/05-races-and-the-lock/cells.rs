//! The cells of chapter 5, and a solution of its task.

fn main() {
    // cell: imports
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::sync::{Arc, Mutex};
    use std::thread;
    use std::time::{Duration, Instant};
    // end cell

    // cell: lost-update
    {
        let sum = AtomicU32::new(0);
        thread::scope(|s| {
            for _ in 0..4 {
                s.spawn(|| {
                    for _ in 0..1000 {
                        let read = sum.load(Ordering::SeqCst);
                        thread::yield_now();
                        sum.store(read + 1, Ordering::SeqCst);
                    }
                });
            }
        });
        println!("4000 additions, the sum is {}", sum.into_inner());
    }
    // end cell

    // cell: mutex
    {
        let sum = Mutex::new(0);
        thread::scope(|s| {
            for _ in 0..4 {
                s.spawn(|| {
                    for _ in 0..1000 {
                        let mut guard = sum.lock().unwrap();
                        let read = *guard;
                        thread::yield_now();
                        *guard = read + 1;
                        // Here the guard ends, and with it the critical section.
                    }
                });
            }
        });
        println!("4000 additions, the sum is {}", sum.into_inner().unwrap());
    }
    // end cell

    // cell: locked
    fn run(k: usize, pause: Duration) {
        println!("Thread {k} running, process ID {}", std::process::id());
        thread::sleep(pause);
        println!("Thread {k} over");
    }

    fn all_with_lock(n: usize, pause: Duration) {
        let begin = Instant::now();
        let lock = Mutex::new(());
        thread::scope(|s| {
            for k in 1..=n {
                let lock = &lock;
                s.spawn(move || {
                    let _guard = lock.lock().unwrap();
                    run(k, pause);
                });
            }
        });
        println!("--- {} milliseconds ---", begin.elapsed().as_millis());
    }

    all_with_lock(4, Duration::from_millis(50));
    // end cell

    // cell: locked-no-pause
    all_with_lock(6, Duration::ZERO);
    // end cell

    // cell: joined
    {
        let begin = Instant::now();
        for k in 1..=4 {
            let thread = thread::spawn(move || run(k, Duration::from_millis(50)));
            thread.join().unwrap();
        }
        println!("--- {} milliseconds ---", begin.elapsed().as_millis());
    }
    // end cell

    // cell: count-no-lock
    fn all_count(count: impl Fn(usize) + Sync) {
        thread::scope(|s| {
            for i in 0..3 {
                let count = &count;
                s.spawn(move || (0..2).for_each(|_| count(i)));
            }
        });
    }

    {
        let total = AtomicU32::new(0);
        all_count(|i| {
            let read = total.load(Ordering::SeqCst);
            thread::sleep(Duration::from_millis(20));
            total.store(read + 1, Ordering::SeqCst);
            println!("[thread {i}] counted {}", read + 1);
        });
        println!("In the end: {}", total.into_inner());
    }
    // end cell

    // cell: by-hand
    {
        let total = Mutex::new(0);
        all_count(|i| {
            let mut guard = total.lock().unwrap();
            thread::sleep(Duration::from_millis(20));
            *guard += 1;
            println!("[thread {i}] counted {guard}");
            drop(guard);
            thread::yield_now();
        });
        println!("In the end: {}", total.into_inner().unwrap());
    }
    // end cell

    // cell: end-of-block
    {
        let total = Mutex::new(0);
        all_count(|i| {
            let mut guard = total.lock().unwrap();
            thread::sleep(Duration::from_millis(5));
            *guard += 1;
            println!("[thread {i}] counted {guard}");
        });
        println!("In the end: {}", total.into_inner().unwrap());
    }
    // end cell

    // cell: mistake-proof
    /// Eight threads; how many of them met somebody in the section?
    fn meetings(pause: Duration, lock: Option<&Mutex<()>>) -> u32 {
        let inside = AtomicU32::new(0);
        let met = AtomicU32::new(0);
        thread::scope(|s| {
            for _ in 0..8 {
                s.spawn(|| {
                    let _guard = lock.map(|lock| lock.lock().unwrap());
                    if inside.fetch_add(1, Ordering::SeqCst) > 0 {
                        met.fetch_add(1, Ordering::SeqCst);
                    }
                    if !pause.is_zero() {
                        thread::sleep(pause);
                    }
                    inside.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        met.into_inner()
    }

    println!(
        "no lock, no pause: {} of 8 met somebody",
        meetings(Duration::ZERO, None)
    );
    // end cell

    // cell: mended-proof
    println!(
        "no lock, 10 ms: {} of 8 met somebody",
        meetings(Duration::from_millis(10), None)
    );
    // end cell

    // cell: mended-lock
    {
        let lock = Mutex::new(());
        let met = meetings(Duration::from_millis(10), Some(&lock));
        println!("a lock, 10 ms: {met} of 8 met somebody");
    }
    // end cell

    // cell: mistake-last
    {
        let mut handles = Vec::new();
        for k in 1..=3u64 {
            handles.push(thread::spawn(move || {
                thread::sleep(Duration::from_millis(200 / k));
                println!("Thread {k} over");
            }));
        }
        let last = handles.pop().unwrap();
        last.join().unwrap();
        println!("--- all over? ---");
        // The rest is joined here only to leave no thread behind.
        for handle in handles {
            handle.join().unwrap();
        }
    }
    // end cell

    // cell: hold-short
    fn four_workers(inside: Duration, outside: Duration) -> u128 {
        let begin = Instant::now();
        let total = Mutex::new(0);
        thread::scope(|s| {
            for _ in 0..4 {
                s.spawn(|| {
                    thread::sleep(outside);
                    let mut guard = total.lock().unwrap();
                    *guard += 1;
                    thread::sleep(inside);
                });
            }
        });
        begin.elapsed().as_millis()
    }

    {
        let pause = Duration::from_millis(50);
        println!(
            "pause inside the lock: {} ms",
            four_workers(pause, Duration::ZERO)
        );
        println!(
            "pause outside the lock: {} ms",
            four_workers(Duration::ZERO, pause)
        );
    }
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: two-additions
        use std::sync::atomic::{AtomicU32, Ordering};
        use std::thread;

        let sum = AtomicU32::new(0);
        thread::scope(|s| {
            for _ in 0..2 {
                s.spawn(|| {
                    let read = sum.load(Ordering::SeqCst);
                    sum.store(read + 1, Ordering::SeqCst);
                });
            }
        });
        println!("the sum is {}", sum.load(Ordering::SeqCst));
        // end cell
    };

    // Explored, not run.
    let _explored = || {
        // cell: two-additions-locked
        use std::sync::Mutex;
        use std::thread;

        let sum = Mutex::new(0);
        thread::scope(|s| {
            for _ in 0..2 {
                s.spawn(|| {
                    let mut sum = sum.lock().unwrap();
                    let read = *sum;
                    *sum = read + 1;
                });
            }
        });
        println!("the sum is {}", sum.lock().unwrap());
        // end cell
    };

    // cell: poison
    {
        let data = Arc::new(Mutex::new(1));
        let clumsy = Arc::clone(&data);
        let thread = thread::spawn(move || {
            let _guard = clumsy.lock().unwrap();
            std::panic::resume_unwind(Box::new("dropped it"));
        });
        println!("the thread panicked: {}", thread.join().is_err());
        println!("the lock is poisoned: {}", data.lock().is_err());
    }
    // end cell

    // cell: office
    /// Prints tickets, slowly, and notices whether the machine was locked meanwhile.
    #[derive(Default)]
    struct Office {
        /// The number of the last ticket drawn.
        machine: Mutex<u32>,
        printed: Mutex<Vec<u32>>,
        watching: Mutex<u32>,
    }

    impl Office {
        fn print(&self, ticket: u32) {
            thread::sleep(Duration::from_millis(1));
            // If every try fails, somebody prints while holding the machine.
            let free = (0..200).any(|_| {
                thread::sleep(Duration::from_micros(50));
                self.machine.try_lock().is_ok()
            });
            if !free {
                *self.watching.lock().unwrap() += 1;
            }
            self.printed.lock().unwrap().push(ticket);
        }
    }
    // end cell

    // cell: draw-all
    fn draw_all(n: u32, m: u32, office: &Office) {
        // Your code goes here. The machine is `office.machine`.
        let _ = (n, m, office);
    }
    // end cell

    // cell: check-draw-all
    fn check_draw_all(draw_all: fn(u32, u32, &Office)) -> Result<(), String> {
        for (n, m) in [(1, 3), (4, 5), (0, 5), (8, 2)] {
            let office = Office::default();
            draw_all(n, m, &office);
            let mut printed = office.printed.into_inner().unwrap();
            printed.sort();
            if printed != (1..=n * m).collect::<Vec<_>>() {
                return Err(format!(
                    "{n} threads, {m} tickets each, printed were {printed:?}"
                ));
            }
            if office.watching.into_inner().unwrap() > 0 {
                return Err("a ticket was printed while the machine was locked".into());
            }
        }
        Ok(())
    }

    match check_draw_all(draw_all) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_draw_all(draw_all).is_err());
    assert_eq!(check_draw_all(solved_draw_all), Ok(()));
    assert!(check_draw_all(prints_inside_the_lock).is_err());

    fn solved_draw_all(n: u32, m: u32, office: &Office) {
        thread::scope(|s| {
            for _ in 0..n {
                s.spawn(|| {
                    for _ in 0..m {
                        let ticket = {
                            let mut last = office.machine.lock().unwrap();
                            *last += 1;
                            *last
                        };
                        office.print(ticket);
                    }
                });
            }
        });
    }

    fn prints_inside_the_lock(n: u32, m: u32, office: &Office) {
        thread::scope(|s| {
            for _ in 0..n {
                s.spawn(|| {
                    for _ in 0..m {
                        let mut last = office.machine.lock().unwrap();
                        *last += 1;
                        office.print(*last);
                    }
                });
            }
        });
    }
}
