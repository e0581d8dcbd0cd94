//! The cells of chapter 12, and a solution of its task.

// What a cell only prints by its `Debug` counts as unread.
#[allow(dead_code)]
fn main() {
    // cell: imports
    use exercises::sync::Local;
    use std::cell::{Cell, RefCell};
    use std::collections::BTreeMap;
    use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;
    use std::thread;
    // end cell

    // cell: smallest
    thread_local! {
        static NUMBER: Cell<u32> = const { Cell::new(0) };
    }

    {
        let both_have_set = Barrier::new(2);
        thread::scope(|s| {
            for number in [111, 222] {
                let both_have_set = &both_have_set;
                s.spawn(move || {
                    NUMBER.set(number);
                    both_have_set.wait();
                    println!("set {number}, read {}", NUMBER.get());
                });
            }
        });
        println!("main reads {}", NUMBER.get());
    }
    // end cell

    // cell: dropped
    struct Noisy;

    impl Drop for Noisy {
        fn drop(&mut self) {
            println!("dropped by {:?}", thread::current().id());
        }
    }

    thread_local! {
        static NOISY: Noisy = {
            println!("made by {:?}", thread::current().id());
            Noisy
        };
    }

    for _ in 0..2 {
        thread::spawn(|| NOISY.with(|_| ())).join().unwrap();
    }
    // end cell

    // cell: helper
    /// Lets two threads set first, and then, when both have set, read.
    fn two_threads(set: impl Fn(u32) + Sync, read: impl Fn(u32) + Sync) {
        let both_have_set = Barrier::new(2);
        thread::scope(|s| {
            for number in [1, 2] {
                let (set, read, both_have_set) = (&set, &read, &both_have_set);
                s.spawn(move || {
                    set(number);
                    both_have_set.wait();
                    read(number);
                });
            }
        });
    }

    fn helper() -> u32 {
        NUMBER.get()
    }

    two_threads(
        |number| {
            NUMBER.set(111 * number);
            println!("thread {number} sets value = {}", 111 * number);
        },
        |number| println!("thread {number} reads value = {}", helper()),
    );
    // end cell

    // cell: own-names
    #[derive(Default)]
    struct Names {
        first: Option<u32>,
        second: Option<u32>,
    }

    thread_local! {
        static NAMES: RefCell<Names> = RefCell::default();
    }

    fn look_for(name: &str, value: Option<u32>, number: u32) {
        match value {
            Some(value) => println!("thread {number} reads {name} = {value}"),
            None => println!("thread {number} finds no {name}"),
        }
    }

    two_threads(
        |number| {
            NAMES.with_borrow_mut(|names| match number {
                1 => {
                    names.first = Some(111);
                    println!("thread 1 sets first = 111");
                }
                _ => {
                    names.second = Some(222);
                    println!("thread 2 sets second = 222");
                }
            })
        },
        |number| {
            NAMES.with_borrow(|names| {
                look_for("first", names.first, number);
                look_for("second", names.second, number);
            })
        },
    );
    // end cell

    // cell: two-types
    #[derive(Clone)]
    enum Content {
        Dictionary(BTreeMap<&'static str, u32>),
        List(Vec<u32>),
    }

    fn told(content: &Content) -> String {
        match content {
            Content::Dictionary(pairs) => {
                let pairs: Vec<_> = pairs.iter().map(|(key, n)| format!("{key}: {n}")).collect();
                format!("dictionary = {{{}}}", pairs.join(", "))
            }
            Content::List(list) => format!("list = {list:?}"),
        }
    }

    thread_local! {
        static CONTENT: RefCell<Option<Content>> = const { RefCell::new(None) };
    }

    two_threads(
        |number| {
            let content = match number {
                1 => Content::Dictionary(BTreeMap::from([("one", 111), ("two", 222)])),
                _ => Content::List(vec![111, 222]),
            };
            println!("thread {number} sets {}", told(&content));
            CONTENT.set(Some(content));
        },
        |number| {
            let content = CONTENT.with_borrow(Option::clone).unwrap();
            println!("thread {number} reads {}", told(&content));
        },
    );
    // end cell

    // cell: each-its-own
    thread_local! {
        static NAME: RefCell<String> = RefCell::new("nobody".to_string());
    }

    two_threads(
        |number| {
            NAME.set(format!("t{number}"));
            println!("thread {number} sets t{number}");
        },
        |number| NAME.with_borrow(|name| println!("thread {number} reads {name}")),
    );
    // end cell

    // cell: main-reads
    {
        // Main comes to both barriers. Between them the others have set, and are alive.
        let (all_set, main_has_read) = (Barrier::new(3), Barrier::new(3));
        thread::scope(|s| {
            for number in [1, 2] {
                let (all_set, main_has_read) = (&all_set, &main_has_read);
                s.spawn(move || {
                    NAME.set(format!("t{number}"));
                    println!("thread {number} sets t{number}");
                    all_set.wait();
                    main_has_read.wait();
                    NAME.with_borrow(|name| println!("thread {number} reads {name}"));
                });
            }
            all_set.wait();
            NAME.with_borrow(|name| println!("main reads {name}"));
            main_has_read.wait();
        });
    }
    // end cell

    // cell: unset
    {
        let name = Local::<String>::unset();
        let (all_set, main_has_read) = (Barrier::new(3), Barrier::new(3));
        thread::scope(|s| {
            for number in [1, 2] {
                let (name, all_set, main_has_read) = (&name, &all_set, &main_has_read);
                s.spawn(move || {
                    name.set(format!("t{number}"));
                    println!("thread {number} sets t{number}");
                    all_set.wait();
                    main_has_read.wait();
                    println!("thread {number} reads {}", name.get().unwrap());
                });
            }
            all_set.wait();
            match name.get() {
                Ok(name) => println!("main reads {name}"),
                Err(error) => {
                    println!("main has set nothing: there is no value");
                    println!("{error}");
                }
            }
            name.set("main".to_string());
            println!("main sets main");
            println!("main reads {}", name.get().unwrap());
            main_has_read.wait();
        });
    }
    // end cell

    // cell: mistake-result
    thread_local! {
        static RESULT: Cell<Option<u32>> = const { Cell::new(None) };
    }

    thread::spawn(|| RESULT.set(Some(6 * 7))).join().unwrap();
    println!("main finds {:?}", RESULT.get());
    // end cell

    // cell: mended-result
    println!("main gets {}", thread::spawn(|| 6 * 7).join().unwrap());
    // end cell

    // cell: mistake-reused
    thread_local! {
        static VISITOR: RefCell<String> = RefCell::new("no name".to_string());
    }

    fn log(text: &str) {
        VISITOR.with_borrow(|visitor| println!("[{visitor}] {text}"));
    }

    fn careless_visit(name: Option<&str>) {
        if let Some(name) = name {
            VISITOR.set(name.to_string());
        }
        log("comes in");
    }

    thread::spawn(|| {
        careless_visit(Some("Ada"));
        careless_visit(None);
    })
    .join()
    .unwrap();
    // end cell

    // cell: mended-reused
    /// Puts the old visitor back when it is dropped.
    struct Visit {
        before: String,
    }

    impl Visit {
        fn of(name: Option<&str>) -> Visit {
            let name = name.unwrap_or("no name").to_string();
            Visit {
                before: VISITOR.replace(name),
            }
        }
    }

    impl Drop for Visit {
        fn drop(&mut self) {
            VISITOR.set(std::mem::take(&mut self.before));
        }
    }

    thread::spawn(|| {
        for name in [Some("Ada"), None] {
            let _visit = Visit::of(name);
            log("comes in");
        }
        let _ = catch_unwind(|| {
            let _visit = Visit::of(Some("Grace"));
            log("panics");
            // A panic, without its message on the screen.
            resume_unwind(Box::new("oh"));
        });
        log("is the next");
    })
    .join()
    .unwrap();
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: no-sharing
        use std::cell::Cell;
        use std::thread;

        thread_local! {
            static VISITOR: Cell<u32> = const { Cell::new(0) };
        }

        thread::scope(|s| {
            for number in 1..=2 {
                s.spawn(move || {
                    VISITOR.set(number);
                    println!("thread {number} serves visitor {}", VISITOR.get());
                });
            }
        });
        println!("main serves visitor {}", VISITOR.get());
        // end cell
    };

    // cell: request-id
    fn with_request(id: u32, work: &dyn Fn()) {
        // Your code goes here.
        let _ = id;
        work();
    }

    fn current_request() -> Option<u32> {
        None
    }
    // end cell

    // cell: check-request-id
    fn check_request_id(
        with_request: fn(u32, &dyn Fn()),
        current_request: fn() -> Option<u32>,
    ) -> Result<(), String> {
        let expect = |right: Option<u32>, place: &str| {
            let found = current_request();
            if found == right {
                Ok(())
            } else {
                Err(format!("{place}: it is {found:?} and not {right:?}"))
            }
        };

        expect(None, "outside of all requests")?;
        let ran = AtomicUsize::new(0);
        let inside = Cell::new(Ok(()));
        with_request(1, &|| {
            ran.fetch_add(1, Ordering::SeqCst);
            let mut result = expect(Some(1), "in request 1");
            with_request(2, &|| {
                result_of(&inside, expect(Some(2), "in request 2, inside of 1"));
            });
            result = result.and(expect(Some(1), "in request 1, after an inner one"));
            let other = thread::scope(|s| s.spawn(current_request).join().unwrap());
            if other.is_some() {
                result = Err("a new thread has the request of another one".into());
            }
            result_of(&inside, result);
        });
        inside.into_inner()?;
        if ran.into_inner() != 1 {
            return Err("the work was not done once".into());
        }
        expect(None, "after request 1")?;

        let work: &dyn Fn() = &|| resume_unwind(Box::new("a panic on purpose"));
        let panicked = catch_unwind(AssertUnwindSafe(|| with_request(3, work))).is_err();
        if !panicked {
            return Err("the panic of the work was swallowed".into());
        }
        expect(None, "after a request that panicked")?;

        // Four workers at the same time, each with three requests in a row.
        let together = Barrier::new(4);
        let (say, heard) = mpsc::channel();
        thread::scope(|s| {
            for worker in 0..4 {
                let (together, say) = (&together, say.clone());
                s.spawn(move || {
                    for round in 0..3 {
                        let id = 10 * worker + round;
                        with_request(id, &|| {
                            together.wait();
                            say.send((id, current_request())).unwrap();
                        });
                    }
                });
            }
        });
        drop(say);
        match heard.iter().find(|(id, found)| *found != Some(*id)) {
            Some((id, found)) => Err(format!("four workers: request {id} found {found:?}")),
            None => Ok(()),
        }
    }

    /// Keeps the first error.
    fn result_of(kept: &Cell<Result<(), String>>, new: Result<(), String>) {
        let old = kept.replace(Ok(()));
        kept.set(old.and(new));
    }

    match check_request_id(with_request, current_request) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_request_id(with_request, current_request).is_err());
    assert_eq!(check_request_id(solved_with, solved_current), Ok(()));
    assert!(check_request_id(forgets_the_panic, solved_current).is_err());
    assert!(check_request_id(forgets_to_clear, solved_current).is_err());
    assert!(check_request_id(one_for_all, current_of_all).is_err());

    thread_local! {
        static REQUEST: Cell<Option<u32>> = const { Cell::new(None) };
    }

    fn solved_with(id: u32, work: &dyn Fn()) {
        struct PutBack(Option<u32>);
        impl Drop for PutBack {
            fn drop(&mut self) {
                REQUEST.set(self.0);
            }
        }
        let _put_back = PutBack(REQUEST.replace(Some(id)));
        work();
    }

    fn solved_current() -> Option<u32> {
        REQUEST.get()
    }

    fn forgets_the_panic(id: u32, work: &dyn Fn()) {
        let before = REQUEST.replace(Some(id));
        work();
        REQUEST.set(before);
    }

    fn forgets_to_clear(id: u32, work: &dyn Fn()) {
        REQUEST.set(Some(id));
        work();
    }

    static ALL: std::sync::Mutex<Option<u32>> = std::sync::Mutex::new(None);

    fn one_for_all(id: u32, work: &dyn Fn()) {
        let before = ALL.lock().unwrap().replace(id);
        work();
        *ALL.lock().unwrap() = before;
    }

    fn current_of_all() -> Option<u32> {
        *ALL.lock().unwrap()
    }
}
