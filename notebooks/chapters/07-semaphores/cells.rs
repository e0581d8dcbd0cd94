//! The cells of chapter 7, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::sync::{BoundedSemaphore, Semaphore};
    use std::collections::VecDeque;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Barrier, Mutex};
    use std::thread;
    use std::time::Duration;
    // end cell

    // cell: smallest-std
    use std::sync::Condvar;

    {
        let (permits, given) = (Mutex::new(0), Condvar::new());
        thread::scope(|s| {
            s.spawn(|| {
                let mut permits = permits.lock().unwrap();
                while *permits == 0 {
                    permits = given.wait(permits).unwrap();
                }
                *permits -= 1;
                println!("the bread is eaten");
            });
            s.spawn(|| {
                println!("the bread is baked");
                *permits.lock().unwrap() += 1;
                given.notify_one();
            });
        });
    }
    // end cell

    // cell: smallest
    {
        let bread = Semaphore::new(0);
        thread::scope(|s| {
            s.spawn(|| {
                bread.acquire();
                println!("the bread is eaten");
            });
            s.spawn(|| {
                println!("the bread is baked");
                bread.release();
            });
        });
    }
    // end cell

    // cell: limit
    {
        let permits = Semaphore::new(2);
        let inside = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        thread::scope(|s| {
            for _ in 0..6 {
                s.spawn(|| {
                    let _permit = permits.permit();
                    let now = inside.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(now, Ordering::SeqCst);
                    thread::sleep(Duration::from_millis(20));
                    inside.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        println!("at most {} inside", most.into_inner());
    }
    // end cell

    // cell: shop
    struct Shop {
        ready: Semaphore,
        shelf: Mutex<VecDeque<usize>>,
    }

    impl Shop {
        fn new() -> Shop {
            Shop {
                ready: Semaphore::new(0),
                shelf: Mutex::new(VecDeque::new()),
            }
        }

        fn produce(&self, i: usize) {
            let item = 100 + i;
            let mut shelf = self.shelf.lock().unwrap();
            println!("Producer {i} notify: item number {item}");
            shelf.push_back(item);
            drop(shelf);
            self.ready.release();
        }

        fn consume(&self, i: usize) {
            // The closure runs only if we really have to wait.
            self.ready
                .acquire_noting(|| println!("Consumer {i} is waiting ..."));
            let mut shelf = self.shelf.lock().unwrap();
            let item = shelf.pop_front().unwrap();
            println!("Consumer {i} notify: item number {item}");
        }
    }

    fn consumers_first(n: usize, pause: Duration) {
        let shop = Shop::new();
        thread::scope(|s| {
            let shop = &shop;
            for i in 0..n {
                s.spawn(move || shop.consume(i));
            }
            thread::sleep(pause);
            for i in 0..n {
                s.spawn(move || shop.produce(i));
            }
        });
        println!("permits left: {}", shop.ready.permits());
    }

    consumers_first(4, Duration::from_millis(50));
    // end cell

    // cell: shop-no-pause
    consumers_first(4, Duration::ZERO);
    // end cell

    // cell: shop-producers-first
    {
        let shop = Shop::new();
        thread::scope(|s| {
            let shop = &shop;
            for i in 0..4 {
                s.spawn(move || shop.produce(i));
                s.spawn(move || shop.consume(i));
            }
        });
        println!("permits left: {}", shop.ready.permits());
    }
    // end cell

    // cell: room-for-one
    fn visits(threads: usize, each: usize, permits: usize, stay: Duration) {
        let places = BoundedSemaphore::new(permits);
        thread::scope(|s| {
            for i in 0..threads {
                let places = &places;
                s.spawn(move || {
                    for _ in 0..each {
                        let _permit = places.permit();
                        println!("[thread {i}] is inside");
                        thread::sleep(stay);
                        println!("[thread {i}] goes out");
                    }
                });
            }
        });
        let refused = places.release().unwrap_err().permits;
        println!("One release too many is refused: all {refused} permits are there already");
    }

    visits(1, 3, 5, Duration::from_millis(20));
    // end cell

    // cell: room-for-two
    visits(6, 1, 2, Duration::from_millis(50));
    // end cell

    // cell: shorter-stays
    visits(8, 1, 2, Duration::from_millis(20));
    // end cell

    // cell: place-is-free
    {
        let desk = Semaphore::new(1);
        let (is_out, may_end) = (Semaphore::new(0), Semaphore::new(0));
        thread::scope(|s| {
            let reader = s.spawn(|| {
                drop(desk.permit());
                is_out.release();
                may_end.acquire();
            });
            is_out.acquire();
            println!("a free place: {}", desk.try_acquire());
            println!("the thread has ended: {}", reader.is_finished());
            may_end.release();
        });
    }
    // end cell

    // cell: mistake-cell
    {
        let ready = Semaphore::new(0);
        let cell = Mutex::new(0);
        for item in [1, 2] {
            *cell.lock().unwrap() = item;
            ready.release();
        }
        for consumer in ["first", "second"] {
            ready.acquire();
            println!("the {consumer} consumer gets item {}", cell.lock().unwrap());
        }
    }
    // end cell

    // cell: mended-queue
    {
        let ready = Semaphore::new(0);
        let queue = Mutex::new(VecDeque::new());
        for item in [1, 2] {
            queue.lock().unwrap().push_back(item);
            ready.release();
        }
        for consumer in ["first", "second"] {
            ready.acquire();
            let item = queue.lock().unwrap().pop_front().unwrap();
            println!("the {consumer} consumer gets item {item}");
        }
    }
    // end cell

    // cell: mistake-ask
    {
        let semaphore = Semaphore::new(1);
        let everybody_asked = Barrier::new(3);
        let optimists = AtomicUsize::new(0);
        thread::scope(|s| {
            for _ in 0..3 {
                s.spawn(|| {
                    if semaphore.permits() > 0 {
                        optimists.fetch_add(1, Ordering::SeqCst);
                    }
                    everybody_asked.wait();
                    semaphore.acquire();
                    semaphore.release();
                });
            }
        });
        println!(
            "{} of 3 believe not to wait, for one permit",
            optimists.into_inner()
        );
    }
    // end cell

    // cell: mended-ask
    {
        let semaphore = Semaphore::new(1);
        let successes = AtomicUsize::new(0);
        thread::scope(|s| {
            for _ in 0..3 {
                s.spawn(|| {
                    if semaphore.try_acquire() {
                        successes.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
        println!("{} of 3 got the permit", successes.into_inner());
    }
    // end cell

    // cell: bounded
    {
        let plain = Semaphore::new(2);
        plain.release();
        println!("plain: {} permits", plain.permits());

        let bounded = BoundedSemaphore::new(2);
        println!("bounded refuses: {}", bounded.release().is_err());
    }
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: semaphore-by-hand
        use std::sync::{Condvar, Mutex};
        use std::thread;

        struct Semaphore {
            permits: Mutex<u32>,
            given: Condvar,
        }

        impl Semaphore {
            fn acquire(&self) {
                let permits = self.permits.lock().unwrap();
                let mut permits = self
                    .given
                    .wait_while(permits, |permits| *permits == 0)
                    .unwrap();
                *permits -= 1;
            }

            fn release(&self) {
                *self.permits.lock().unwrap() += 1;
                self.given.notify_one();
            }
        }

        let bread = Semaphore {
            permits: Mutex::new(0),
            given: Condvar::new(),
        };
        thread::scope(|s| {
            s.spawn(|| {
                println!("the table is laid");
                bread.acquire();
                println!("bread is eaten");
            });
            s.spawn(|| {
                println!("bread is baked");
                bread.release();
            });
        });
        // end cell
    };

    // cell: room
    #[derive(Debug, PartialEq)]
    enum Refused {
        NoDesk,
        Closed,
    }

    #[derive(Debug, PartialEq)]
    struct NobodyInside;

    struct ReadingRoom {
        desks: Semaphore,
        closed: AtomicBool,
        inside: AtomicUsize,
    }

    impl ReadingRoom {
        fn new(desks: usize) -> ReadingRoom {
            ReadingRoom {
                desks: Semaphore::new(desks),
                closed: AtomicBool::new(false),
                inside: AtomicUsize::new(0),
            }
        }
    }
    // end cell

    // cell: reading-room
    fn enter(room: &ReadingRoom, patience: Duration) -> Result<(), Refused> {
        // Your code goes here.
        let _ = (room, patience);
        Err(Refused::NoDesk)
    }

    fn leave(room: &ReadingRoom) -> Result<(), NobodyInside> {
        let _ = room;
        Err(NobodyInside)
    }

    fn close(room: &ReadingRoom) {
        let _ = room;
    }
    // end cell

    // cell: check-reading-room
    fn check_reading_room(
        enter: fn(&ReadingRoom, Duration) -> Result<(), Refused>,
        leave: fn(&ReadingRoom) -> Result<(), NobodyInside>,
        close: fn(&ReadingRoom),
    ) -> Result<(), String> {
        let room = ReadingRoom::new(2);
        let inside = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let refused = AtomicUsize::new(0);
        let met = Barrier::new(2);
        thread::scope(|s| {
            for visitor in 0..6 {
                let (room, inside, most, refused, met) = (&room, &inside, &most, &refused, &met);
                s.spawn(move || {
                    // The first two meet inside: both desks must be usable at once.
                    let first = visitor < 2;
                    if !first {
                        thread::sleep(Duration::from_millis(20));
                    }
                    if enter(room, Duration::from_secs(2)).is_err() {
                        refused.fetch_add(1, Ordering::SeqCst);
                        if first {
                            met.wait();
                        }
                        return;
                    }
                    let now = inside.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(now, Ordering::SeqCst);
                    if first {
                        met.wait();
                    }
                    thread::sleep(Duration::from_millis(10));
                    inside.fetch_sub(1, Ordering::SeqCst);
                    if leave(room).is_err() {
                        refused.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
        if refused.load(Ordering::SeqCst) > 0 {
            return Err(
                "a visitor with two seconds of patience was refused, or could not leave".into(),
            );
        }
        if most.into_inner() != 2 || room.desks.permits() != 2 {
            return Err("two desks: two inside at most, and two free in the end".into());
        }
        if leave(&room) != Err(NobodyInside) || room.desks.permits() != 2 {
            return Err("all had left, and somebody more could leave".into());
        }

        let room = ReadingRoom::new(1);
        if enter(&room, Duration::from_secs(2)) != Ok(()) {
            return Err("nobody may enter an empty room".into());
        }
        if enter(&room, Duration::from_millis(20)) != Err(Refused::NoDesk) {
            return Err("the only desk was given twice".into());
        }
        let answers: Vec<_> = thread::scope(|s| {
            let waiting: Vec<_> = (0..3)
                .map(|_| s.spawn(|| enter(&room, Duration::from_secs(1))))
                .collect();
            thread::sleep(Duration::from_millis(50));
            close(&room);
            waiting
                .into_iter()
                .map(|visitor| visitor.join().unwrap())
                .collect()
        });
        if answers.iter().any(|answer| *answer != Err(Refused::Closed)) {
            return Err(format!(
                "the room was closed, those waiting were told {answers:?}"
            ));
        }
        Ok(())
    }

    match check_reading_room(enter, leave, close) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_reading_room(enter, leave, close).is_err());
    assert_eq!(
        check_reading_room(solved_enter, solved_leave, solved_close),
        Ok(())
    );
    assert!(check_reading_room(solved_enter, solved_leave, close).is_err());
    assert!(check_reading_room(solved_enter, leaves_anyway, solved_close).is_err());

    fn leaves_anyway(room: &ReadingRoom) -> Result<(), NobodyInside> {
        room.desks.release();
        Ok(())
    }

    fn solved_enter(room: &ReadingRoom, patience: Duration) -> Result<(), Refused> {
        if !room.desks.acquire_timeout(patience) {
            return Err(Refused::NoDesk);
        }
        if room.closed.load(Ordering::SeqCst) {
            // Whoever waits behind us must hear of it too.
            room.desks.release();
            return Err(Refused::Closed);
        }
        room.inside.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    fn solved_leave(room: &ReadingRoom) -> Result<(), NobodyInside> {
        let one_less = |inside: usize| inside.checked_sub(1);
        room.inside
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less)
            .map_err(|_| NobodyInside)?;
        room.desks.release();
        Ok(())
    }

    fn solved_close(room: &ReadingRoom) {
        room.closed.store(true, Ordering::SeqCst);
        room.desks.release();
    }
}
