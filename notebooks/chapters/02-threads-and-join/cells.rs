//! The cells of chapter 2, and a solution of its task.

fn main() {
    // cell: imports
    use std::thread;
    use std::time::{Duration, Instant};
    // end cell

    // cell: smallest
    {
        let handle = thread::spawn(|| println!("hello from the new thread"));
        println!("hello from main");
        handle.join().unwrap();
        println!("both are done");
    }
    // end cell

    // cell: value
    {
        let adder = thread::spawn(|| (1..=10).sum::<u32>());
        println!("the thread returned {}", adder.join().unwrap());
    }
    // end cell

    // cell: panic
    {
        let unlucky = thread::spawn(|| {
            // No message on the screen: we only look at what join returns.
            std::panic::resume_unwind(Box::new("out of luck"));
        });
        println!("join says error: {}", unlucky.join().is_err());
    }
    // end cell

    // cell: scenario-1
    fn wait_for_each(n: usize) {
        for i in 0..n {
            let handle = thread::spawn(move || println!("Function called by thread {i}"));
            handle.join().unwrap();
        }
    }

    wait_for_each(5);
    // end cell

    // cell: scenario-2
    fn pause_after_each_start(n: usize, pause: Duration) {
        let mut handles = Vec::new();
        for i in 0..n {
            handles.push(thread::spawn(move || {
                println!("Function called by thread {i}")
            }));
            thread::sleep(pause);
        }
        for handle in handles {
            handle.join().unwrap();
        }
    }

    pause_after_each_start(4, Duration::from_millis(50));
    // end cell

    // cell: scenario-3
    fn growing_pauses(n: u32, pause: Duration) {
        let mut handles = Vec::new();
        for i in 0..n {
            handles.push(thread::spawn(move || {
                thread::sleep(pause * i);
                println!("Function called by thread {i}");
            }));
        }
        for handle in handles {
            handle.join().unwrap();
        }
    }

    {
        let begin = Instant::now();
        growing_pauses(4, Duration::from_millis(50));
        println!(
            "{} ms, the longest pause was 150 ms",
            begin.elapsed().as_millis()
        );
    }
    // end cell

    // cell: mistake-pause
    fn work(i: u32) {
        // Thread 1 is held up.
        if i == 1 {
            thread::sleep(Duration::from_millis(80));
        }
        println!("Function called by thread {i}");
    }

    {
        let mut handles = Vec::new();
        for i in 0..4 {
            handles.push(thread::spawn(move || work(i)));
            // Long enough for a thread that nobody holds up.
            thread::sleep(Duration::from_millis(50));
        }
        for handle in handles {
            handle.join().unwrap();
        }
    }
    // end cell

    // cell: mended-pause
    for i in 0..4 {
        // The join waits as long as it takes.
        thread::spawn(move || work(i)).join().unwrap();
    }
    // end cell

    // cell: mistake-no-join
    use exercises::process::Process;

    {
        let mut program = Process::new("program", || {
            thread::spawn(|| {
                thread::sleep(Duration::from_millis(100));
                println!("the thread has finished its work");
            });
            println!("main is over");
        });
        program.start().unwrap();
        program.join().unwrap();
    }
    // end cell

    // cell: mended-no-join
    {
        let mut program = Process::new("program", || {
            let worker = thread::spawn(|| {
                thread::sleep(Duration::from_millis(100));
                println!("the thread has finished its work");
            });
            worker.join().unwrap();
            println!("main is over");
        });
        program.start().unwrap();
        program.join().unwrap();
    }
    // end cell

    // cell: scope
    {
        let names = ["red", "green", "blue"];
        thread::scope(|s| {
            for name in &names {
                s.spawn(move || println!("{name} is here"));
            }
        });
        println!("all {} have been here", names.len());
    }
    // end cell

    // cell: handles-thrown-away
    fn rounds(i: u32) {
        for round in 0..i {
            thread::sleep(Duration::from_millis(20));
            println!("[thread {i}] round {round}");
        }
    }

    thread::scope(|s| {
        for i in 0..4 {
            s.spawn(move || rounds(i));
        }
        println!("finish");
    });
    // end cell

    // cell: handles-in-a-list
    {
        let begin = Instant::now();
        let threads = [0, 1, 2, 3].map(|i| thread::spawn(move || rounds(i)));
        for thread in threads {
            thread.join().unwrap();
        }
        println!("finish after {} ms", begin.elapsed().as_millis());
    }
    // end cell

    // cell: join-in-the-loop
    {
        let begin = Instant::now();
        for i in 0..4 {
            thread::spawn(move || rounds(i)).join().unwrap();
        }
        println!("finish after {} ms", begin.elapsed().as_millis());
    }
    // end cell

    // cell: who-am-i
    use exercises::primitive::thread::{current_ident, current_tid};
    use std::sync::Barrier;

    fn who_am_i(name: &str) {
        let (id, number, identity) = (thread::current().id(), current_tid(), current_ident());
        println!("I am {name}: {id:?}, system number {number}, identity {identity}");
    }

    {
        who_am_i("main");
        let threads = [0, 1, 2, 3].map(|i| thread::spawn(move || who_am_i(&format!("thread {i}"))));
        for thread in threads {
            thread.join().unwrap();
        }
    }
    // end cell

    // cell: who-am-i-joined
    {
        who_am_i("main");
        for i in 0..4 {
            let thread = thread::spawn(move || who_am_i(&format!("thread {i}")));
            thread.join().unwrap();
        }
    }
    // end cell

    // cell: used-again
    {
        let all_spoke = Barrier::new(4);
        for first in [0, 4] {
            thread::scope(|s| {
                for i in first..first + 4 {
                    let all_spoke = &all_spoke;
                    s.spawn(move || {
                        who_am_i(&format!("thread {i}"));
                        all_spoke.wait();
                    });
                }
            });
        }
    }
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: every-order
        use std::thread;

        let one = thread::spawn(|| {
            println!("one begins");
            println!("one ends");
        });
        let two = thread::spawn(|| println!("two"));
        one.join().unwrap();
        println!("main has seen one end");
        two.join().unwrap();
        // end cell
    };

    // cell: shot
    use std::sync::mpsc;

    {
        let (shot, ready) = mpsc::channel();
        let runner = thread::spawn(move || {
            ready.recv().unwrap();
            println!("running");
        });
        println!("ready");
        shot.send(()).unwrap();
        runner.join().unwrap();
    }
    // end cell

    // cell: track
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex};
    use std::thread::{JoinHandle, ThreadId};

    /// Notes who took the baton, in which thread, and how many threads were started by then.
    #[derive(Clone, Default)]
    struct Track {
        started: Arc<AtomicUsize>,
        taken: Arc<Mutex<Vec<(usize, ThreadId, usize)>>>,
    }

    impl Track {
        /// The same as `thread::spawn`, and counts.
        fn spawn(&self, run: impl FnOnce() + Send + 'static) -> JoinHandle<()> {
            self.started.fetch_add(1, Ordering::SeqCst);
            thread::spawn(run)
        }

        fn take_baton(&self, runner: usize) {
            let started = self.started.load(Ordering::SeqCst);
            self.taken
                .lock()
                .unwrap()
                .push((runner, thread::current().id(), started));
        }
    }
    // end cell

    // cell: relay
    fn relay(runners: usize, track: Track) {
        // Your code goes here.
        let _ = (runners, track);
    }
    // end cell

    // cell: check-relay
    fn check_relay(relay: fn(usize, Track)) -> Result<(), String> {
        for runners in [1, 2, 8, 0] {
            let track = Track::default();
            relay(runners, track.clone());
            let taken = track.taken.lock().unwrap();
            let order: Vec<usize> = taken.iter().map(|note| note.0).collect();
            if order != (0..runners).collect::<Vec<_>>() {
                return Err(format!("with {runners} runners the order was {order:?}"));
            }
            for (place, note) in taken.iter().enumerate() {
                if note.1 == thread::current().id()
                    || taken[..place].iter().any(|other| other.1 == note.1)
                {
                    return Err(format!("runner {place} did not run in a thread of its own"));
                }
            }
            if taken.first().is_some_and(|first| first.2 < runners) {
                return Err("the baton was taken before all threads were started".into());
            }
        }
        Ok(())
    }

    match check_relay(relay) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_relay(relay).is_err());
    assert_eq!(check_relay(solved_relay), Ok(()));

    fn solved_relay(runners: usize, track: Track) {
        let (shot, ready) = mpsc::channel::<()>();
        let mut ready = Some(ready);
        let mut before: Option<JoinHandle<()>> = None;
        for runner in 0..runners {
            let (starter, track) = (track.clone(), track.clone());
            let (ready, previous) = (ready.take(), before.take());
            before = Some(starter.spawn(move || {
                if let Some(ready) = ready {
                    ready.recv().unwrap();
                }
                if let Some(previous) = previous {
                    previous.join().unwrap();
                }
                track.take_baton(runner);
            }));
        }
        if let Some(last) = before {
            shot.send(()).unwrap();
            last.join().unwrap();
        }
    }
}
