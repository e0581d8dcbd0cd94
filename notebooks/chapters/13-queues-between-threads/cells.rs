//! The cells of chapter 13, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::sync::Queue;
    use std::collections::BTreeMap;
    use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex, mpsc};
    use std::thread;
    use std::time::{Duration, Instant};
    // end cell

    // cell: smallest
    {
        let (rack, washed) = mpsc::channel();
        let washer = thread::spawn(move || {
            for dish in ["salad", "bread", "dessert"] {
                rack.send(dish).unwrap();
            }
        });
        for dish in washed {
            println!("{dish} is dry");
        }
        println!("nothing more will come");
        washer.join().unwrap();
    }
    // end cell

    // cell: library-queue
    {
        let rack = Queue::unbounded();
        for dish in ["salad", "bread"] {
            rack.put(dish).unwrap();
        }
        rack.close();
        println!("{:?} {:?} {:?}", rack.get(), rack.get(), rack.get());
    }
    // end cell

    // cell: never-closed
    const DISHES: [&str; 4] = ["salad", "bread", "entree", "dessert"];

    {
        let rack = Queue::unbounded();
        thread::scope(|s| {
            let dryers = [1, 2].map(|dryer| {
                let rack = &rack;
                s.spawn(move || {
                    for dish in rack {
                        println!("Dryer {dryer} is drying {dish}");
                        thread::sleep(Duration::from_millis(100));
                        rack.task_done();
                    }
                    println!("Dryer {dryer} goes home");
                })
            });
            for dish in DISHES {
                println!("Washing {dish}");
                thread::sleep(Duration::from_millis(50));
                rack.put(dish).unwrap();
            }
            // Until every dish is dry.
            rack.join();
            let waiting = dryers.iter().filter(|dryer| !dryer.is_finished());
            println!(
                "All dishes are dry, but dryers still wait for the next one: {}",
                waiting.count()
            );
            rack.close();
        });
    }
    // end cell

    // cell: closed
    fn wash_and_dry(dryers: u32) {
        let begin = Instant::now();
        let rack = Queue::unbounded();
        thread::scope(|s| {
            for dryer in 1..=dryers {
                let rack = &rack;
                s.spawn(move || {
                    for dish in rack {
                        println!("Dryer {dryer} is drying {dish}");
                        thread::sleep(Duration::from_millis(100));
                    }
                    println!("Dryer {dryer} goes home");
                });
            }
            for dish in DISHES {
                println!("Washing {dish}");
                thread::sleep(Duration::from_millis(50));
                rack.put(dish).unwrap();
            }
            rack.close();
        });
        println!("all is dry after {} ms", begin.elapsed().as_millis());
    }

    wash_and_dry(2);
    // end cell

    // cell: one-dryer
    wash_and_dry(1);
    // end cell

    // cell: mistake-lines
    fn dry_twenty(dry: impl Fn(u32, u32) + Sync) -> Vec<Vec<u32>> {
        let rack = Queue::unbounded();
        for dish in 0..20 {
            rack.put(dish).unwrap();
        }
        rack.close();
        thread::scope(|s| {
            let dryers = [1, 2].map(|dryer| {
                let (rack, dry) = (&rack, &dry);
                s.spawn(move || {
                    let mut taken = Vec::new();
                    for dish in rack {
                        taken.push(dish);
                        // Some dishes are larger than others.
                        thread::sleep(Duration::from_millis(u64::from(dish * 7 % 5)));
                        dry(dryer, dish);
                    }
                    taken
                })
            });
            dryers.map(|dryer| dryer.join().unwrap()).into()
        })
    }

    {
        let taken = dry_twenty(|_, dish| print!("{dish} "));
        println!();
        for (dryer, taken) in (1..).zip(taken) {
            println!(
                "dryer {dryer} took {taken:?}, rising: {}",
                taken.is_sorted()
            );
        }
    }
    // end cell

    // cell: mended-lines
    {
        let dry = Mutex::new(BTreeMap::new());
        dry_twenty(|dryer, dish| {
            dry.lock().unwrap().insert(dish, dryer);
        });
        for dish in dry.into_inner().unwrap().keys() {
            print!("{dish} ");
        }
        println!();
    }
    // end cell

    // cell: mistake-close
    {
        let rack = Queue::unbounded();
        thread::scope(|s| {
            for (washer, pause) in [("the quick one", 0), ("the slow one", 50)] {
                let rack = &rack;
                s.spawn(move || {
                    thread::sleep(Duration::from_millis(pause));
                    match rack.put(washer) {
                        Ok(()) => println!("{washer} has put a dish"),
                        Err(error) => println!("{washer}: {error}"),
                    }
                    rack.close();
                });
            }
        });
        println!("{} of 2 dishes in the rack", rack.len());
    }
    // end cell

    // cell: mended-close
    {
        let rack = Queue::unbounded();
        thread::scope(|s| {
            for (washer, pause) in [("the quick one", 0), ("the slow one", 50)] {
                let rack = &rack;
                s.spawn(move || {
                    thread::sleep(Duration::from_millis(pause));
                    rack.put(washer).unwrap();
                });
            }
        });
        // All washers have ended.
        rack.close();
        println!("{} of 2 dishes in the rack", rack.len());
    }
    // end cell

    // cell: mistake-empty
    fn dry_three(when: impl FnOnce(&Queue<u32>)) {
        let rack = Queue::unbounded();
        let dry = AtomicUsize::new(0);
        for dish in 0..3 {
            rack.put(dish).unwrap();
        }
        thread::scope(|s| {
            s.spawn(|| {
                for _ in &rack {
                    thread::sleep(Duration::from_millis(20));
                    dry.fetch_add(1, Ordering::SeqCst);
                    rack.task_done();
                }
            });
            when(&rack);
            println!("{} of 3 are dry", dry.load(Ordering::SeqCst));
            rack.close();
        });
    }

    dry_three(|rack| {
        while !rack.is_empty() {
            thread::sleep(Duration::from_millis(1));
        }
    });
    // end cell

    // cell: mended-empty
    dry_three(|rack| rack.join());
    // end cell

    // cell: bounded
    {
        let rack = Queue::bounded(2);
        let most = AtomicUsize::new(0);
        thread::scope(|s| {
            s.spawn(|| {
                for _ in &rack {
                    most.fetch_max(rack.len(), Ordering::SeqCst);
                    thread::sleep(Duration::from_millis(15));
                }
            });
            for dish in 0..10 {
                thread::sleep(Duration::from_millis(5));
                rack.put(dish).unwrap();
                most.fetch_max(rack.len(), Ordering::SeqCst);
            }
            rack.close();
        });
        println!("at most {} in the rack", most.into_inner());
    }
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: a-sender-too-many
        use std::sync::mpsc;
        use std::thread;

        let (rack, dishes) = mpsc::channel();
        thread::spawn({
            let rack = rack.clone();
            move || {
                for dish in ["salad", "bread"] {
                    println!("{dish} is washed");
                    rack.send(dish).unwrap();
                }
            }
        });
        for dish in dishes {
            println!("{dish} is dry");
        }
        // end cell
    };

    // cell: desk
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    struct Letter {
        bag: usize,
        number: usize,
        torn: bool,
    }

    /// Notes which letters were handled, and how many clerks were at work together.
    #[derive(Default)]
    struct Desk {
        handled: Mutex<Vec<Letter>>,
        at_work: AtomicUsize,
        most: AtomicUsize,
    }

    impl Desk {
        fn handle(&self, letter: Letter) {
            let at_work = self.at_work.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(at_work, Ordering::SeqCst);
            self.handled.lock().unwrap().push(letter);
            thread::sleep(Duration::from_millis(1));
            self.at_work.fetch_sub(1, Ordering::SeqCst);
            if letter.torn {
                // A panic, without its message on the screen.
                resume_unwind(Box::new("the letter is torn"));
            }
        }
    }
    // end cell

    // cell: post-office
    fn post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
        // Your code goes here.
        let _ = (clerks, bags, desk);
        0
    }
    // end cell

    // cell: check-post-office
    type PostOffice = fn(usize, Vec<Vec<Letter>>, &Arc<Desk>) -> usize;

    fn bag(bag: usize, letters: usize, torn: &[usize]) -> Vec<Letter> {
        let letter = |number| Letter {
            bag,
            number,
            torn: torn.contains(&number),
        };
        (0..letters).map(letter).collect()
    }

    fn check_post_office(post_office: PostOffice) -> Result<(), String> {
        for (clerks, sizes, torn) in [
            (1, [12, 8], vec![]),
            (3, [30, 20], vec![]),
            (2, [0, 0], vec![]),
            (2, [20, 10], vec![0, 3, 9]),
            (1, [5, 5], vec![1]),
        ] {
            let bags = vec![bag(0, sizes[0], &torn), bag(1, sizes[1], &torn)];
            let mut all = bags.concat();
            let damaged = all.iter().filter(|letter| letter.torn).count();
            let case = format!("{clerks} clerks, {} letters, {damaged} torn", all.len());

            let desk = Arc::new(Desk::default());
            let (done, ended) = mpsc::channel();
            let at_the_desk = desk.clone();
            let office = thread::spawn(move || {
                let told = post_office(clerks, bags, &at_the_desk);
                let handled = at_the_desk.handled.lock().unwrap().clone();
                let _ = done.send((told, handled));
            });
            let (told, mut handled) = match ended.recv_timeout(Duration::from_secs(5)) {
                Ok(result) => result,
                Err(mpsc::RecvTimeoutError::Timeout) => {
                    return Err(format!("{case}: it has not ended after 5 seconds"));
                }
                Err(_) => return Err(format!("{case}: it has ended by a panic")),
            };
            office.join().unwrap();
            if Arc::strong_count(&desk) > 1 {
                return Err(format!("{case}: it has returned, and a thread is left"));
            }
            if clerks == 1 {
                for bag in [0, 1] {
                    if !handled
                        .iter()
                        .filter(|letter| letter.bag == bag)
                        .is_sorted()
                    {
                        return Err(format!("{case}: the letters of a bag changed places"));
                    }
                }
            }
            handled.sort();
            all.sort();
            if handled != all {
                let count = handled.len();
                return Err(format!(
                    "{case}: {count} letters were handled when it returned"
                ));
            }
            if told != damaged {
                return Err(format!("{case}: it returned {told}"));
            }
            let most = desk.most.load(Ordering::SeqCst);
            if most > clerks {
                return Err(format!("{case}: {most} were at work together"));
            }
        }
        Ok(())
    }

    match check_post_office(post_office) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_post_office(post_office).is_err());
    assert_eq!(check_post_office(solved_post_office), Ok(()));
    assert!(check_post_office(a_panic_takes_the_clerk_along).is_err());
    assert!(check_post_office(nobody_waits_for_the_clerks).is_err());

    fn solved_post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
        let counter = Queue::unbounded();
        let torn = AtomicUsize::new(0);
        thread::scope(|s| {
            for _ in 0..clerks {
                s.spawn(|| {
                    for letter in &counter {
                        let handle = AssertUnwindSafe(|| desk.handle(letter));
                        if catch_unwind(handle).is_err() {
                            torn.fetch_add(1, Ordering::SeqCst);
                        }
                    }
                });
            }
            thread::scope(|s| {
                for bag in bags {
                    let counter = &counter;
                    s.spawn(move || bag.into_iter().for_each(|l| counter.put(l).unwrap()));
                }
            });
            counter.close();
        });
        torn.into_inner()
    }

    fn a_panic_takes_the_clerk_along(
        clerks: usize,
        bags: Vec<Vec<Letter>>,
        desk: &Arc<Desk>,
    ) -> usize {
        let counter = Queue::unbounded();
        bags.concat()
            .into_iter()
            .for_each(|l| counter.put(l).unwrap());
        counter.close();
        thread::scope(|s| {
            let clerks: Vec<_> = (0..clerks)
                .map(|_| s.spawn(|| counter.iter().for_each(|letter| desk.handle(letter))))
                .collect();
            let ended = clerks.into_iter().map(|clerk| clerk.join());
            ended.filter(|ended| ended.is_err()).count()
        })
    }

    fn nobody_waits_for_the_clerks(
        clerks: usize,
        bags: Vec<Vec<Letter>>,
        desk: &Arc<Desk>,
    ) -> usize {
        let counter = Queue::unbounded();
        let letters = bags.concat();
        let torn = letters.iter().filter(|letter| letter.torn).count();
        letters.into_iter().for_each(|l| counter.put(l).unwrap());
        counter.close();
        for _ in 0..clerks {
            let (counter, desk) = (counter.clone(), desk.clone());
            thread::spawn(move || {
                for letter in &counter {
                    let _ = catch_unwind(AssertUnwindSafe(|| desk.handle(letter)));
                }
            });
        }
        torn
    }
}
