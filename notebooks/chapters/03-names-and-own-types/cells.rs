//! The cells of chapter 3, and a solution of its task.

fn main() {
    // cell: imports
    use std::thread::{self, JoinHandle, ThreadId};
    use std::time::{Duration, Instant};
    // end cell

    // cell: smallest
    fn introduce() {
        let me = thread::current();
        println!("name {:?}, {:?}", me.name(), me.id());
    }

    {
        let named = thread::Builder::new()
            .name("A".into())
            .spawn(introduce)
            .unwrap();
        named.join().unwrap();
        thread::spawn(introduce).join().unwrap();
    }
    // end cell

    // cell: named
    fn visit(pause: Duration) {
        let me = thread::current();
        let name = me.name().unwrap_or("?");
        println!("Starting thread {name}");
        thread::sleep(pause);
        println!("Exiting from thread {name}");
    }

    fn start(name: &str, work: impl FnOnce() + Send + 'static) -> JoinHandle<()> {
        thread::Builder::new()
            .name(name.into())
            .spawn(work)
            .unwrap()
    }

    {
        let mut handles = Vec::new();
        for (name, millis) in [("A", 40), ("B", 50), ("C", 60)] {
            handles.push(start(name, move || visit(Duration::from_millis(millis))));
        }
        for handle in handles {
            handle.join().unwrap();
        }
    }
    // end cell

    // cell: named-joined
    for name in ["A", "B", "C"] {
        start(name, || visit(Duration::ZERO)).join().unwrap();
    }
    // end cell

    // cell: named-reversed
    {
        let mut handles = Vec::new();
        for (name, millis) in [("A", 60), ("B", 40), ("C", 20)] {
            handles.push(start(name, move || {
                thread::sleep(Duration::from_millis(millis));
                visit(Duration::ZERO);
            }));
        }
        for handle in handles {
            handle.join().unwrap();
        }
    }
    // end cell

    // cell: cost
    {
        let begin = Instant::now();
        for _ in 0..1000 {
            thread::spawn(|| {}).join().unwrap();
        }
        println!("{:.3} ms a thread", begin.elapsed().as_secs_f64());
    }
    // end cell

    // cell: racer
    struct Racer {
        name: String,
        pause: Duration,
    }

    impl Racer {
        fn run(self) {
            println!("{} running, process ID {}", self.name, std::process::id());
            thread::sleep(self.pause);
            println!("{} over", self.name);
        }

        fn start(self) -> JoinHandle<()> {
            let builder = thread::Builder::new().name(self.name.clone());
            builder.spawn(move || self.run()).unwrap()
        }
    }

    fn race(pauses: &[u64]) {
        let begin = Instant::now();
        let mut handles = Vec::new();
        for (k, millis) in pauses.iter().enumerate() {
            let racer = Racer {
                name: format!("Thread {}", k + 1),
                pause: Duration::from_millis(*millis),
            };
            handles.push(racer.start());
        }
        for handle in handles {
            handle.join().unwrap();
        }
        println!("-- {} milliseconds --", begin.elapsed().as_millis());
    }
    // end cell

    // cell: race-random
    // Each is 1, 2 or 3 times 100, drawn beforehand; the sum is 900.
    race(&[200, 100, 300, 100, 200]);
    // end cell

    // cell: race-none
    race(&[0; 10]);
    // end cell

    // cell: race-millisecond
    race(&[1; 10]);
    // end cell

    // cell: mistake-millisecond
    /// True when the last report came before the first end.
    fn reports_come_first(threads: usize) -> bool {
        let begin = Instant::now();
        let handles: Vec<JoinHandle<(Duration, Duration)>> = (0..threads)
            .map(|_| {
                thread::spawn(move || {
                    let report = begin.elapsed();
                    thread::sleep(Duration::from_millis(1));
                    (report, begin.elapsed())
                })
            })
            .collect();
        let times: Vec<_> = handles
            .into_iter()
            .map(|handle| handle.join().unwrap())
            .collect();
        let last_report = times.iter().map(|(report, _)| report).max();
        let first_end = times.iter().map(|(_, end)| end).min();
        last_report < first_end
    }

    for threads in [10, 64] {
        let hits = (0..30).filter(|_| reports_come_first(threads)).count();
        println!("{threads} threads: all reports first in {hits} of 30 runs");
    }
    // end cell

    // cell: mistake-range
    {
        let n = 10;
        println!(
            "1..n starts {} threads, 1..=n starts {}",
            (1..n).count(),
            (1..=n).count()
        );
    }
    // end cell

    // cell: look
    use exercises::sync::{Thread, threads};

    fn worker(number: u32, steps: u32) -> Thread {
        Thread::new(format!("thread {number}"), move || {
            for step in 0..steps {
                println!("[thread {number}] is working, step {step}");
                thread::sleep(Duration::from_millis(20));
            }
        })
    }

    fn life(thread: &Thread) -> &'static str {
        if thread.is_alive() {
            "alive"
        } else {
            "not alive"
        }
    }

    fn look(workers: &[Thread]) {
        println!("active threads: {}", threads::active_count());
        for worker in workers {
            println!("{} is {}", worker.name(), life(worker));
            println!("{} has the ID {:?}", worker.name(), worker.id().unwrap());
        }
        let main = threads::main_thread();
        println!("the main thread is called {}", main.name());
        main.rename("result");
        println!("the main thread is now called {}", main.name());
    }

    fn count_beside(workers: &[Thread]) {
        for worker in workers {
            worker.start().unwrap();
        }
        for round in 0..12 {
            thread::sleep(Duration::from_millis(10));
            println!("current: {round}");
            if round % 10 == 0 {
                look(workers);
            }
        }
        for worker in workers {
            worker.join().unwrap();
        }
        threads::main_thread().rename("main");
    }

    count_beside(&[worker(1, 5)]);
    // end cell

    // cell: look-at-three
    count_beside(&[worker(1, 3), worker(2, 6), worker(3, 9)]);
    // end cell

    // cell: alive
    {
        let (go, wait) = std::sync::mpsc::channel();
        let waiter = Thread::new("thread 1", move || wait.recv().unwrap());
        println!("Before the start: {}", life(&waiter));
        waiter.start().unwrap();
        println!("While it waits for the event: {}", life(&waiter));
        go.send(()).unwrap();
        waiter.join().unwrap();
        println!("After join: {}", life(&waiter));
        println!("{} has the ID {:?}", waiter.name(), waiter.id().unwrap());
    }
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: racers-nobody-joins
        use std::thread;
        use std::time::Duration;

        for (name, pause) in [("swift", 10), ("steady", 20), ("slow", 30)] {
            let racer = thread::Builder::new().name(name.to_owned());
            racer
                .spawn(move || {
                    thread::sleep(Duration::from_millis(pause));
                    println!("{} is there", thread::current().name().unwrap());
                })
                .unwrap();
        }
        thread::sleep(Duration::from_millis(100));
        // end cell
    };

    // cell: guest
    use std::sync::mpsc;

    #[derive(Debug)]
    struct Arrival {
        name: String,
        thread: ThreadId,
        elapsed: Duration,
    }

    struct Guest {
        name: String,
        millis: u64,
    }
    // end cell

    // cell: roll-call
    fn roll_call(guests: Vec<Guest>) -> Vec<Arrival> {
        // Your code goes here.
        let _ = guests.into_iter().map(|guest| (guest.name, guest.millis));
        Vec::new()
    }
    // end cell

    // cell: check-roll-call
    fn check_roll_call(roll_call: fn(Vec<Guest>) -> Vec<Arrival>) -> Result<(), String> {
        let guests = [("Ada", 300), ("Grace", 100), ("Edsger", 200)];
        let begin = Instant::now();
        let arrivals = roll_call(
            guests
                .iter()
                .map(|(name, millis)| Guest {
                    name: name.to_string(),
                    millis: *millis,
                })
                .collect(),
        );
        let total = begin.elapsed();
        let names: Vec<&str> = arrivals
            .iter()
            .map(|arrival| arrival.name.as_str())
            .collect();
        if names.len() != 3 {
            return Err(format!(
                "three guests were invited, {} arrived",
                names.len()
            ));
        }
        for (place, arrival) in arrivals.iter().enumerate() {
            let Some((_, millis)) = guests.iter().find(|(name, _)| *name == arrival.name) else {
                return Err(format!("nobody invited {}", arrival.name));
            };
            if arrival.elapsed < Duration::from_millis(*millis) {
                return Err(format!("{} arrived too early", arrival.name));
            }
            if arrival.thread == thread::current().id() {
                return Err(format!("{} is not a thread of its own", arrival.name));
            }
            if arrivals[..place]
                .iter()
                .any(|other| other.thread == arrival.thread)
            {
                return Err(format!("{} shares a thread", arrival.name));
            }
        }
        if !arrivals.is_sorted_by_key(|arrival| arrival.elapsed) {
            return Err(format!("{names:?} is not the order of arrival"));
        }
        if total >= Duration::from_millis(600) {
            return Err("the guests came one after the other".into());
        }
        Ok(())
    }

    match check_roll_call(roll_call) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_roll_call(roll_call).is_err());
    assert_eq!(check_roll_call(solved_roll_call), Ok(()));

    fn solved_roll_call(guests: Vec<Guest>) -> Vec<Arrival> {
        let (door, arrivals) = mpsc::channel();
        let begin = Instant::now();
        let handles: Vec<_> = guests
            .into_iter()
            .map(|guest| {
                let door = door.clone();
                let builder = thread::Builder::new().name(guest.name.clone());
                builder
                    .spawn(move || {
                        thread::sleep(Duration::from_millis(guest.millis));
                        let me = thread::current();
                        let arrival = Arrival {
                            name: me.name().unwrap().to_owned(),
                            thread: me.id(),
                            elapsed: begin.elapsed(),
                        };
                        door.send(arrival).unwrap();
                    })
                    .unwrap()
            })
            .collect();
        drop(door);
        let arrivals = arrivals.iter().collect();
        handles
            .into_iter()
            .for_each(|handle| handle.join().unwrap());
        arrivals
    }
}
