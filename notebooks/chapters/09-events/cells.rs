//! The cells of chapter 9, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::sync::{Event, Semaphore, Thread, threads};
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Arc, Condvar, Mutex};
    use std::thread;
    use std::time::{Duration, Instant};
    // end cell

    // cell: door
    #[derive(Default)]
    struct Door {
        open: Mutex<bool>,
        changed: Condvar,
    }

    impl Door {
        fn open(&self) {
            *self.open.lock().unwrap() = true;
            self.changed.notify_all();
        }

        fn wait(&self) {
            let open = self.open.lock().unwrap();
            let _open = self.changed.wait_while(open, |open| !*open).unwrap();
        }
    }
    // end cell

    // cell: smallest
    {
        let door = Door::default();
        thread::scope(|s| {
            for guest in ["Ada", "Grace"] {
                let door = &door;
                s.spawn(move || {
                    door.wait();
                    println!("{guest} eats");
                });
            }
            println!("the soup is ready");
            door.open();
        });
    }
    // end cell

    // cell: late-guest
    {
        let door = Door::default();
        door.open();
        let begin = Instant::now();
        door.wait();
        door.wait();
        println!("passed twice, after {} ms", begin.elapsed().as_millis());
    }
    // end cell

    // cell: never-set
    fn say_whether_it_is_set(event: &Event) {
        println!(
            "The event is {}",
            if event.is_set() { "set" } else { "not set" }
        );
    }

    {
        let event = Arc::new(Event::new());
        let arrived = Arc::new(Semaphore::new(0));
        let handlers = [0, 1, 2].map(|i| {
            let (event, arrived) = (event.clone(), arrived.clone());
            let handler = Thread::new(format!("thread {i}"), move || {
                println!("[thread {i}] waits for the event");
                arrived.release();
                if !event.wait_timeout(Duration::from_millis(1000)) {
                    println!("[thread {i}] has waited in vain");
                }
            });
            handler.start().unwrap();
            handler
        });
        for _ in &handlers {
            arrived.acquire();
        }
        let names: Vec<String> = threads::enumerate().iter().map(Thread::name).collect();
        println!("active threads: {}", names.len());
        println!("all threads: {}", names.join(", "));
        say_whether_it_is_set(&event);
        for handler in handlers {
            handler.join().unwrap();
        }
    }
    // end cell

    // cell: set-once
    {
        let event = Event::new();
        event.set();
        say_whether_it_is_set(&event);
        thread::scope(|s| {
            for i in 0..2 {
                let event = &event;
                s.spawn(move || {
                    for wait in 0..3 {
                        event.wait();
                        println!("[thread {i}] passed, wait {wait}");
                        thread::sleep(Duration::from_millis(200));
                    }
                });
            }
        });
        say_whether_it_is_set(&event);
    }
    // end cell

    // cell: all-at-once
    {
        let event = Event::new();
        let arrived = Semaphore::new(0);
        thread::scope(|s| {
            for i in 0..3 {
                let (event, arrived) = (&event, &arrived);
                s.spawn(move || {
                    println!("[thread {i}] prepares its picture");
                    arrived.release();
                    event.wait();
                    println!("[thread {i}] has sent its picture");
                });
                thread::sleep(Duration::from_millis(20));
                println!("Thread {i} is started");
            }
            for _ in 0..3 {
                arrived.acquire();
            }
            event.set();
        });
    }
    // end cell

    // cell: mistake-active
    {
        let event = Arc::new(Event::new());
        let mut handlers = Vec::new();
        while threads::active_count() < 3 {
            let event = event.clone();
            let handler = Thread::new("handler", move || event.wait());
            handler.start().unwrap();
            handlers.push(handler);
        }
        println!("3 are active: {} of 3 handlers", handlers.len());
        event.set();
        for handler in handlers {
            handler.join().unwrap();
        }
    }
    // end cell

    // cell: mended-arrivals
    {
        let prepared = AtomicUsize::new(0);
        let arrived = Semaphore::new(0);
        thread::scope(|s| {
            for _ in 0..3 {
                s.spawn(|| {
                    prepared.fetch_add(1, Ordering::SeqCst);
                    arrived.release();
                });
            }
            for _ in 0..3 {
                arrived.acquire();
            }
            println!(
                "3 have arrived, {} are prepared",
                prepared.load(Ordering::SeqCst)
            );
        });
    }
    // end cell

    // cell: mistake-pulse
    impl Door {
        fn shut(&self) {
            *self.open.lock().unwrap() = false;
        }

        fn wait_at_most(&self, patience: Duration) -> bool {
            let open = self.open.lock().unwrap();
            let waited = self
                .changed
                .wait_timeout_while(open, patience, |open| !*open);
            *waited.unwrap().0
        }
    }

    /// Sixteen guests wait, then `act` happens. How many got through?
    fn sixteen_guests(act: fn(&Door)) -> usize {
        let door = Door::default();
        let passed = AtomicUsize::new(0);
        let arrived = Semaphore::new(0);
        thread::scope(|s| {
            for _ in 0..16 {
                s.spawn(|| {
                    arrived.release();
                    if door.wait_at_most(Duration::from_millis(200)) {
                        passed.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
            for _ in 0..16 {
                arrived.acquire();
            }
            // They have said that they are coming; now they have time to fall asleep.
            thread::sleep(Duration::from_millis(20));
            act(&door);
        });
        passed.into_inner()
    }

    {
        let evenings = [(); 8].map(|()| {
            sixteen_guests(|door| {
                door.open();
                door.shut();
            })
        });
        println!("on eight evenings: {evenings:?}");
    }
    // end cell

    // cell: mended-pulse
    {
        let evenings = [(); 8].map(|()| sixteen_guests(|door| door.open()));
        println!("on eight evenings: {evenings:?}");
    }
    // end cell

    // cell: mistake-poll
    {
        let flag = AtomicBool::new(false);
        thread::scope(|s| {
            s.spawn(|| {
                let mut asked = 0u64;
                while !flag.load(Ordering::SeqCst) {
                    asked += 1;
                }
                println!("asked {asked} times in vain");
            });
            thread::sleep(Duration::from_millis(20));
            flag.store(true, Ordering::SeqCst);
        });
    }
    // end cell

    // cell: mended-poll
    {
        let event = Event::new();
        thread::scope(|s| {
            s.spawn(|| {
                event.wait();
                println!("waited once");
            });
            thread::sleep(Duration::from_millis(20));
            event.set();
        });
    }
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: look-then-wait
        use std::sync::{Condvar, Mutex};
        use std::thread;

        let open = Mutex::new(false);
        let opened = Condvar::new();
        thread::scope(|s| {
            s.spawn(|| {
                let is_open = *open.lock().unwrap();
                if !is_open {
                    let closed = open.lock().unwrap();
                    drop(opened.wait(closed).unwrap());
                }
                println!("the guest eats");
            });
            *open.lock().unwrap() = true;
            opened.notify_all();
            println!("the soup is ready");
        });
        // end cell
    };

    // cell: bell
    #[derive(Default)]
    struct Bell {
        state: Mutex<BellState>,
        changed: Condvar,
    }

    #[derive(Default)]
    struct BellState {
        /// The door is open.
        open: bool,
        /// How often it was rung.
        rings: u64,
        /// How many guests wait right now.
        waiting: usize,
    }
    // end cell

    // cell: kitchen-bell
    fn ring(bell: &Bell) {
        // Your code goes here.
        let _ = bell;
    }

    fn reset(bell: &Bell) {
        let _ = bell;
    }

    fn wait(bell: &Bell, patience: Duration) -> bool {
        let _ = (bell, patience);
        false
    }
    // end cell

    // cell: check-bell
    type Wait = fn(&Bell, Duration) -> bool;

    /// Lets four guests wait, does `then`, and tells how many were let through.
    fn four_guests(bell: &Bell, wait: Wait, then: impl FnOnce()) -> Result<usize, String> {
        let begin = Instant::now();
        thread::scope(|s| {
            let guests: Vec<_> = (0..4)
                .map(|_| s.spawn(|| wait(bell, Duration::from_secs(2))))
                .collect();
            while bell.state.lock().unwrap().waiting < 4 {
                if begin.elapsed() > Duration::from_secs(1) {
                    return Err("four guests came, and `waiting` is not 4".into());
                }
                thread::sleep(Duration::from_millis(1));
            }
            then();
            let passed = guests.into_iter().map(|guest| guest.join().unwrap());
            Ok(passed.filter(|passed| *passed).count())
        })
    }

    fn check_bell(ring: fn(&Bell), reset: fn(&Bell), wait: Wait) -> Result<(), String> {
        let bell = Bell::default();
        let short = Duration::from_millis(20);
        let begin = Instant::now();
        if wait(&bell, short) {
            return Err("nobody has rung, and a guest got through".into());
        }
        if begin.elapsed() < short {
            return Err("the guest gave up before his patience was over".into());
        }
        let passed = four_guests(&bell, wait, || ring(&bell))?;
        if passed != 4 {
            return Err(format!("{passed} of 4 who waited got through"));
        }
        if !wait(&bell, Duration::ZERO) {
            return Err("it was rung, and who came later did not get through".into());
        }
        reset(&bell);
        if wait(&bell, short) {
            return Err("after the reset a guest got through".into());
        }
        let passed = four_guests(&bell, wait, || {
            ring(&bell);
            reset(&bell);
        })?;
        if passed != 4 {
            return Err(format!("rung and reset: {passed} of 4 got through"));
        }
        if wait(&bell, short) {
            return Err("rung and reset: who came later got through".into());
        }
        if bell.state.lock().unwrap().waiting != 0 {
            return Err("nobody is there, and `waiting` is not 0".into());
        }
        Ok(())
    }

    match check_bell(ring, reset, wait) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_bell(ring, reset, wait).is_err());
    assert_eq!(check_bell(solved_ring, solved_reset, solved_wait), Ok(()));
    assert!(check_bell(solved_ring, reset, solved_wait).is_err());
    // Now and then all four see the open door before it is shut again.
    assert!((0..30).any(|_| check_bell(solved_ring, solved_reset, only_the_flag).is_err()));

    fn solved_ring(bell: &Bell) {
        let mut state = bell.state.lock().unwrap();
        state.open = true;
        state.rings += 1;
        bell.changed.notify_all();
    }

    fn solved_reset(bell: &Bell) {
        bell.state.lock().unwrap().open = false;
    }

    fn solved_wait(bell: &Bell, patience: Duration) -> bool {
        let mut state = bell.state.lock().unwrap();
        let came = state.rings;
        state.waiting += 1;
        let (mut state, _) = bell
            .changed
            .wait_timeout_while(state, patience, |state| !state.open && state.rings == came)
            .unwrap();
        state.waiting -= 1;
        state.open || state.rings > came
    }

    /// The mistake of the chapter: who wakes up looks only at the door.
    fn only_the_flag(bell: &Bell, patience: Duration) -> bool {
        let mut state = bell.state.lock().unwrap();
        state.waiting += 1;
        let (mut state, _) = bell
            .changed
            .wait_timeout_while(state, patience, |state| !state.open)
            .unwrap();
        state.waiting -= 1;
        state.open
    }
}
