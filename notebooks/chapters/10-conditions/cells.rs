//! The cells of chapter 10, and a solution of its task.

// A closure that says what it is called with is read more easily.
#[allow(clippy::redundant_closure)]
fn main() {
    // cell: imports
    use exercises::sync::{Condition, Event};
    use std::collections::VecDeque;
    use std::sync::mpsc::{self, Receiver};
    use std::sync::{Arc, Condvar, Mutex};
    use std::thread;
    use std::time::{Duration, Instant};
    // end cell

    // cell: smallest
    #[derive(Default)]
    struct Basket {
        apples: Mutex<Vec<&'static str>>,
        changed: Condvar,
    }

    impl Basket {
        fn put(&self, apple: &'static str) {
            self.apples.lock().unwrap().push(apple);
            self.changed.notify_one();
        }

        fn take(&self) -> &'static str {
            let apples = self.apples.lock().unwrap();
            let mut apples = self
                .changed
                .wait_while(apples, |apples| apples.is_empty())
                .unwrap();
            apples.pop().unwrap()
        }
    }

    {
        let basket = Basket::default();
        thread::scope(|s| {
            s.spawn(|| {
                let apple = basket.take();
                println!("the {apple} apple is eaten");
            });
            println!("a red apple is picked");
            basket.put("red");
        });
    }
    // end cell

    // cell: apple-first
    {
        let basket = Basket::default();
        println!("a green apple is picked");
        basket.put("green");
        println!("the {} apple is eaten", basket.take());
    }
    // end cell

    // cell: notices
    #[derive(Default)]
    struct Notices {
        unseen: u32,
        no_more: bool,
    }

    {
        let notices = Mutex::new(Notices::default());
        let changed = Condvar::new();
        thread::scope(|s| {
            s.spawn(|| {
                for report in 1.. {
                    let guard = notices.lock().unwrap();
                    let mut notices = changed
                        .wait_while(guard, |n| n.unseen == 0 && !n.no_more)
                        .unwrap();
                    if notices.unseen == 0 {
                        return;
                    }
                    notices.unseen -= 1;
                    println!("waiter: report {report}");
                }
            });
            for count in 0..30 {
                if count % 10 == 0 {
                    println!("counter: notice at {count}");
                    notices.lock().unwrap().unseen += 1;
                    changed.notify_one();
                } else {
                    println!("counter: {count}");
                }
                thread::sleep(Duration::from_millis(20));
            }
            notices.lock().unwrap().no_more = true;
            changed.notify_one();
        });
    }
    // end cell

    // cell: never-cleared
    {
        let event = Event::new();
        let over = Event::new();
        thread::scope(|s| {
            s.spawn(|| {
                for report in 1.. {
                    event.wait();
                    if over.is_set() {
                        return;
                    }
                    println!("waiter: report {report}");
                    thread::sleep(Duration::from_millis(150));
                }
            });
            for count in 0..30 {
                if count == 0 {
                    println!("counter sets the event");
                    event.set();
                } else {
                    println!("counter: {count}");
                }
                thread::sleep(Duration::from_millis(20));
            }
            over.set();
        });
    }
    // end cell

    // cell: lost-notice
    {
        let basket = Basket::default();
        let event = Event::new();
        println!("main: a notice to a condition nobody waits for");
        basket.changed.notify_one();
        println!("main sets the event");
        event.set();
        thread::scope(|s| {
            s.spawn(|| {
                let limit = Duration::from_millis(500);
                let apples = basket.apples.lock().unwrap();
                let (_apples, result) = basket
                    .changed
                    .wait_timeout_while(apples, limit, |apples| apples.is_empty())
                    .unwrap();
                if result.timed_out() {
                    println!("waiter: the notice is lost, the wait was in vain");
                }
                event.wait();
                println!("waiter: the event was set before, so there is no wait");
            });
        });
    }
    // end cell

    // cell: for-all
    {
        let may_go = Mutex::new(false);
        let changed = Condvar::new();
        thread::scope(|s| {
            for i in 0..3 {
                let (may_go, changed) = (&may_go, &changed);
                s.spawn(move || {
                    let guard = may_go.lock().unwrap();
                    let _guard = changed.wait_while(guard, |may_go| !*may_go).unwrap();
                    println!("waiter {i} is awake");
                });
            }
            println!("main: a notice to all");
            *may_go.lock().unwrap() = true;
            changed.notify_all();
        });
    }
    // end cell

    // cell: mistake-if
    /// A basket that knows how many guests have gone to sleep.
    #[derive(Default)]
    struct Orchard {
        basket: Mutex<(Vec<&'static str>, usize)>,
        changed: Condvar,
    }

    impl Orchard {
        /// Waits until that many guests sleep, and then puts in one apple and wakes them all.
        fn one_apple_for(&self, sleepers: usize) {
            while self.basket.lock().unwrap().1 < sleepers {
                thread::yield_now();
            }
            self.basket.lock().unwrap().0.push("red");
            self.changed.notify_all();
        }
    }

    {
        let orchard = Orchard::default();
        thread::scope(|s| {
            for _ in 0..2 {
                s.spawn(|| {
                    let mut basket = orchard.basket.lock().unwrap();
                    basket.1 += 1;
                    if basket.0.is_empty() {
                        basket = orchard.changed.wait(basket).unwrap();
                    }
                    println!("a guest gets {:?}", basket.0.pop());
                });
            }
            orchard.one_apple_for(2);
        });
    }
    // end cell

    // cell: mended-while
    {
        let orchard = Orchard::default();
        thread::scope(|s| {
            for _ in 0..2 {
                s.spawn(|| {
                    let mut basket = orchard.basket.lock().unwrap();
                    basket.1 += 1;
                    basket = orchard
                        .changed
                        .wait_while(basket, |basket| basket.0.is_empty())
                        .unwrap();
                    println!("a guest gets {:?}", basket.0.pop());
                });
            }
            orchard.one_apple_for(2);
            println!("one more apple");
            orchard.one_apple_for(2);
        });
    }
    // end cell

    // cell: mistake-one
    /// One thread waits for a red apple, then another one for a green. A green one comes.
    fn red_and_green(wake: fn(&Condvar)) {
        let apple = Mutex::new(("none", Instant::now()));
        let changed = Condvar::new();
        let (asleep, ready) = mpsc::channel();
        thread::scope(|s| {
            for colour in ["red", "green"] {
                let (apple, changed, asleep) = (&apple, &changed, asleep.clone());
                s.spawn(move || {
                    let guard = apple.lock().unwrap();
                    asleep.send(()).unwrap();
                    // Without a time-out this could last for ever.
                    let limit = Duration::from_millis(200);
                    let (apple, _) = changed
                        .wait_timeout_while(guard, limit, |apple| apple.0 != colour)
                        .unwrap();
                    if apple.0 == colour {
                        let millis = apple.1.elapsed().as_millis();
                        println!("the {colour} apple is eaten, {millis} ms after it came");
                    }
                });
                ready.recv().unwrap();
            }
            *apple.lock().unwrap() = ("green", Instant::now());
            wake(&changed);
        });
    }

    red_and_green(|changed| changed.notify_one());
    // end cell

    // cell: mended-all
    red_and_green(|changed| changed.notify_all());
    // end cell

    // cell: in-one
    {
        let basket = Condition::new(Vec::new());
        thread::scope(|s| {
            s.spawn(|| {
                let mut apples = basket.lock();
                apples.wait_while(|apples| apples.is_empty());
                println!("a {} apple is eaten", apples.pop().unwrap());
            });
            let mut apples = basket.lock();
            println!("a yellow apple is picked");
            apples.push("yellow");
            apples.notify_one();
        });
    }
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: if-in-place-of-while
        use std::sync::{Condvar, Mutex};
        use std::thread;

        let apples = Mutex::new(0);
        let more = Condvar::new();
        thread::scope(|s| {
            for _ in 0..2 {
                s.spawn(|| {
                    let mut basket = apples.lock().unwrap();
                    if *basket == 0 {
                        basket = more.wait(basket).unwrap();
                    }
                    *basket -= 1;
                    println!("{} left", *basket);
                });
            }
            for _ in 0..2 {
                *apples.lock().unwrap() += 1;
                more.notify_one();
            }
        });
        // end cell
    };

    // cell: shelf
    struct Shelf {
        capacity: usize,
        state: Mutex<ShelfState>,
        changed: Condvar,
    }

    #[derive(Default)]
    struct ShelfState {
        things: VecDeque<u32>,
        closed: bool,
        /// The most things there ever were.
        fullest: usize,
    }

    impl Shelf {
        fn new(capacity: usize) -> Shelf {
            Shelf {
                capacity,
                state: Mutex::default(),
                changed: Condvar::new(),
            }
        }
    }

    impl ShelfState {
        fn push(&mut self, thing: u32) {
            self.things.push_back(thing);
            self.fullest = self.fullest.max(self.things.len());
        }

        fn pop(&mut self) -> Option<u32> {
            self.things.pop_front()
        }
    }
    // end cell

    // cell: put-take-close
    fn put(shelf: &Shelf, thing: u32) -> bool {
        // Your code goes here.
        let _ = (shelf, thing);
        false
    }

    fn take(shelf: &Shelf) -> Option<u32> {
        let _ = shelf;
        None
    }

    fn close(shelf: &Shelf) {
        let _ = shelf;
    }
    // end cell

    // cell: check-shelf
    type Put = fn(&Shelf, u32) -> bool;
    type Take = fn(&Shelf) -> Option<u32>;

    /// Starts a thread with the shelf; what it returns can be received.
    fn with_shelf<T: Send + 'static>(
        shelf: &Arc<Shelf>,
        work: impl FnOnce(&Shelf) -> T + Send + 'static,
    ) -> Receiver<T> {
        let (done, result) = mpsc::channel();
        let shelf = shelf.clone();
        thread::spawn(move || done.send(work(&shelf)));
        result
    }

    fn check_shelf(put: Put, take: Take, close: fn(&Shelf)) -> Result<(), String> {
        let patience = Duration::from_secs(2);
        let moment = Duration::from_millis(30);

        // Two put, two take; with room for three, and for one.
        for capacity in [3, 1] {
            let shelf = Arc::new(Shelf::new(capacity));
            let putters: Vec<_> = [0, 1000]
                .map(|first| {
                    with_shelf(&shelf, move |shelf| {
                        (first..first + 100).all(|thing| put(shelf, thing))
                    })
                })
                .into();
            let takers: Vec<_> = (0..2)
                .map(|_| {
                    with_shelf(&shelf, move |shelf| {
                        std::iter::from_fn(|| take(shelf)).collect::<Vec<_>>()
                    })
                })
                .collect();
            for putter in putters {
                match putter.recv_timeout(patience) {
                    Ok(true) => {}
                    Ok(false) => return Err("the shelf is open, and a put was refused".into()),
                    Err(_) => return Err("a thread still waits to put something".into()),
                }
            }
            close(&shelf);
            let mut taken = Vec::new();
            for taker in takers {
                let things = taker.recv_timeout(patience);
                let things = things.map_err(|_| "closed and empty, and a taker still waits")?;
                let rises = |from| {
                    things
                        .iter()
                        .filter(|thing| **thing / 1000 == from)
                        .is_sorted()
                };
                if !rises(0) || !rises(1) {
                    return Err("things came out in another order than they were put".into());
                }
                taken.extend(things);
            }
            taken.sort();
            if !taken.into_iter().eq((0..100).chain(1000..1100)) {
                return Err("not every thing was taken once".into());
            }
            let fullest = shelf.state.lock().unwrap().fullest;
            if fullest > capacity {
                return Err(format!(
                    "there were {fullest} things on a shelf for {capacity}"
                ));
            }
        }

        // To be woken for no reason must do no harm.
        let shelf = Arc::new(Shelf::new(1));
        let taker = with_shelf(&shelf, move |shelf| take(shelf));
        for _ in 0..20 {
            thread::sleep(moment / 20);
            shelf.changed.notify_all();
        }
        put(&shelf, 7);
        if taker.recv_timeout(patience) != Ok(Some(7)) {
            return Err("a taker was woken for no reason, and did not wait on".into());
        }

        // Whoever waits hears of the closing.
        put(&shelf, 8);
        let putters: Vec<_> = (0..3)
            .map(|_| with_shelf(&shelf, move |shelf| put(shelf, 9)))
            .collect();
        thread::sleep(moment);
        close(&shelf);
        if putters
            .iter()
            .any(|putter| putter.recv_timeout(patience) != Ok(false))
        {
            return Err("the full shelf was closed, and not all were told".into());
        }
        if (take(&shelf), take(&shelf)) != (Some(8), None) {
            return Err("what was on the shelf when it was closed is lost".into());
        }
        Ok(())
    }

    match check_shelf(put, take, close) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_shelf(put, take, close).is_err());
    assert_eq!(check_shelf(solved_put, solved_take, solved_close), Ok(()));
    assert!(check_shelf(solved_put, woken_means_there_is_one, solved_close).is_err());
    assert!(check_shelf(knows_no_bound, solved_take, solved_close).is_err());

    fn solved_put(shelf: &Shelf, thing: u32) -> bool {
        let state = shelf.state.lock().unwrap();
        let mut state = shelf
            .changed
            .wait_while(state, |state| {
                state.things.len() == shelf.capacity && !state.closed
            })
            .unwrap();
        if state.closed {
            return false;
        }
        state.push(thing);
        shelf.changed.notify_all();
        true
    }

    fn solved_take(shelf: &Shelf) -> Option<u32> {
        let state = shelf.state.lock().unwrap();
        let mut state = shelf
            .changed
            .wait_while(state, |state| state.things.is_empty() && !state.closed)
            .unwrap();
        shelf.changed.notify_all();
        state.pop()
    }

    fn solved_close(shelf: &Shelf) {
        shelf.state.lock().unwrap().closed = true;
        shelf.changed.notify_all();
    }

    fn woken_means_there_is_one(shelf: &Shelf) -> Option<u32> {
        let mut state = shelf.state.lock().unwrap();
        if state.things.is_empty() && !state.closed {
            state = shelf.changed.wait(state).unwrap();
        }
        shelf.changed.notify_all();
        state.pop()
    }

    fn knows_no_bound(shelf: &Shelf, thing: u32) -> bool {
        let mut state = shelf.state.lock().unwrap();
        if state.closed {
            return false;
        }
        state.push(thing);
        shelf.changed.notify_all();
        true
    }
}
