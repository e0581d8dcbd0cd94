//! The cells of chapter 4, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::primitive::thread::sleep;
    use exercises::process::Process;
    use exercises::sync::{Thread, threads};
    use std::fs::{self, File};
    use std::io::Write;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc::{self, RecvTimeoutError};
    use std::sync::{Arc, Mutex};
    use std::thread::{self, JoinHandle, ThreadId};
    use std::time::{Duration, Instant};
    // end cell

    // cell: detached
    let (say, heard) = mpsc::channel();
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(50));
        println!("the thread is still here");
        say.send(()).unwrap();
    });
    println!("the cell is over");
    // end cell

    // cell: detached-heard
    heard.recv().unwrap();
    println!("the thread has sent its message");
    // end cell

    // cell: program
    {
        let mut program = Process::new("program", || {
            thread::spawn(|| {
                thread::sleep(Duration::from_millis(100));
                println!("the thread is still here");
            });
            println!("main is over");
        });
        program.start().unwrap();
        program.join().unwrap();
    }
    // end cell

    // cell: not-a-daemon
    fn five_rounds(daemon: bool) -> Thread {
        let rounds = || {
            for round in 0..5 {
                println!("[thread 1] round {round}");
                sleep(Duration::from_millis(200));
            }
        };
        let thread = Thread::new("thread 1", rounds).daemon(daemon);
        thread.start().unwrap();
        thread
    }

    fn end_the_program() {
        sleep(Duration::from_millis(100));
        println!("finish");
        threads::shut_down();
        println!("the program is over");
    }

    fn program_with_a_thread(daemon: bool) {
        let mut program = Process::new("program", move || {
            five_rounds(daemon);
            end_the_program();
        });
        program.start().unwrap();
        program.join().unwrap();
    }

    program_with_a_thread(false);
    // end cell

    // cell: plain-join
    {
        let mut program = Process::new("program", || {
            let thread = thread::spawn(|| {
                for round in 0..5 {
                    println!("[thread 1] round {round}");
                    thread::sleep(Duration::from_millis(10));
                }
            });
            println!("finish");
            thread.join().unwrap();
            println!("main is over");
        });
        program.start().unwrap();
        program.join().unwrap();
    }
    // end cell

    // cell: a-daemon
    program_with_a_thread(true);
    // end cell

    // cell: too-late
    {
        let mut program = Process::new("program", || {
            let thread = five_rounds(true);
            if thread.set_daemon(false).is_err() {
                println!("Too late: the thread has been started already");
            }
            end_the_program();
        });
        program.start().unwrap();
        program.join().unwrap();
    }
    // end cell

    // cell: mistake-cut
    fn write_records(file: &mut File, stop: &AtomicBool) {
        for record in 0.. {
            if stop.load(Ordering::SeqCst) {
                return;
            }
            writeln!(file, "begin {record}").unwrap();
            thread::sleep(Duration::from_millis(20));
            writeln!(file, "end {record}").unwrap();
        }
    }

    fn begun_and_complete(ask_and_join: bool) -> (usize, usize) {
        let path = std::env::temp_dir().join(format!("weft-records-{}", std::process::id()));
        let mut file = File::create(&path).unwrap();
        let mut program = Process::new("program", move || {
            let stop = Arc::new(AtomicBool::new(false));
            let asked = stop.clone();
            let writer = thread::spawn(move || write_records(&mut file, &asked));
            thread::sleep(Duration::from_millis(50));
            if ask_and_join {
                stop.store(true, Ordering::SeqCst);
                writer.join().unwrap();
            }
        });
        program.start().unwrap();
        program.join().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        fs::remove_file(&path).unwrap();
        (text.matches("begin").count(), text.matches("end").count())
    }

    {
        let (begun, complete) = begun_and_complete(false);
        println!("{begun} begun, {complete} complete");
    }
    // end cell

    // cell: mended-cut
    {
        let (begun, complete) = begun_and_complete(true);
        println!("{begun} begun, {complete} complete");
    }
    // end cell

    // cell: mistake-asked
    fn start_a_watcher(stop: &Arc<AtomicBool>) -> JoinHandle<()> {
        let stop = stop.clone();
        thread::spawn(move || {
            while !stop.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(50));
            }
            println!("the watcher stops");
        })
    }

    {
        let stop = Arc::new(AtomicBool::new(false));
        let watcher = start_a_watcher(&stop);
        thread::sleep(Duration::from_millis(10));
        stop.store(true, Ordering::SeqCst);
        println!("asked. Has it ended? {}", watcher.is_finished());
    }
    // end cell

    // cell: mended-asked
    {
        let stop = Arc::new(AtomicBool::new(false));
        let watcher = start_a_watcher(&stop);
        thread::sleep(Duration::from_millis(10));
        stop.store(true, Ordering::SeqCst);
        watcher.join().unwrap();
        println!("asked and joined: it has ended");
    }
    // end cell

    // cell: stoppable-sleep
    {
        let (stop, asked) = mpsc::channel::<()>();
        let sleeper = thread::spawn(move || {
            let ten_seconds = Duration::from_secs(10);
            while asked.recv_timeout(ten_seconds) == Err(RecvTimeoutError::Timeout) {
                println!("ten seconds are over");
            }
        });
        let begin = Instant::now();
        drop(stop);
        sleeper.join().unwrap();
        println!("ended after {} ms", begin.elapsed().as_millis());
    }
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: end-of-main
        use std::thread;

        thread::spawn(|| {
            println!("saved");
            println!("saved again");
        });
        println!("main is over");
        // end cell
    };

    // cell: sea
    /// Notes each blink: when, and by which thread.
    #[derive(Clone, Default)]
    struct Sea {
        blinks: Arc<Mutex<Vec<(Instant, ThreadId)>>>,
    }

    impl Sea {
        fn blink(&self) {
            let note = (Instant::now(), thread::current().id());
            self.blinks.lock().unwrap().push(note);
        }

        fn count(&self) -> usize {
            self.blinks.lock().unwrap().len()
        }
    }
    // end cell

    // cell: lamp
    struct Lamp {
        // Your fields go here.
    }

    impl Lamp {
        fn light(sea: Sea, pause: Duration) -> Lamp {
            // Your code goes here.
            let _ = (sea, pause);
            Lamp {}
        }
    }

    impl Drop for Lamp {
        fn drop(&mut self) {
            // And here.
        }
    }
    // end cell

    // cell: check-lamp
    fn check_lamp<L>(light: fn(Sea, Duration) -> L) -> Result<(), String> {
        let sea = Sea::default();
        let pause = Duration::from_millis(10);
        let begin = Instant::now();
        let lamp = light(sea.clone(), pause);
        while sea.count() < 4 {
            if begin.elapsed() > Duration::from_secs(2) {
                return Err(format!(
                    "after 2 seconds it has blinked {} times",
                    sea.count()
                ));
            }
            thread::sleep(Duration::from_millis(5));
        }
        drop(lamp);
        let blinks = sea.count();
        if Arc::strong_count(&sea.blinks) > 1 {
            return Err("the lamp was dropped, and its thread has not ended".into());
        }
        thread::sleep(5 * pause);
        if sea.count() > blinks {
            return Err("it blinked after it was dropped".into());
        }
        let notes = sea.blinks.lock().unwrap();
        if notes.iter().any(|note| note.1 == thread::current().id()) {
            return Err("the lamp needs a thread of its own".into());
        }
        if notes.windows(2).any(|two| two[1].0 - two[0].0 < pause) {
            return Err("there was no pause between two blinks".into());
        }

        let lamp = light(Sea::default(), Duration::from_secs(5));
        let begin = Instant::now();
        drop(lamp);
        if begin.elapsed() > Duration::from_secs(2) {
            return Err("dropping took as long as a pause".into());
        }
        Ok(())
    }

    match check_lamp(Lamp::light) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_lamp(Lamp::light).is_err());
    assert_eq!(check_lamp(SolvedLamp::light), Ok(()));
    assert!(check_lamp(nobody_asks).is_err());

    struct SolvedLamp {
        stop: Option<mpsc::Sender<()>>,
        keeper: Option<JoinHandle<()>>,
    }

    impl SolvedLamp {
        fn light(sea: Sea, pause: Duration) -> SolvedLamp {
            let (stop, asked) = mpsc::channel();
            let keeper = thread::spawn(move || {
                sea.blink();
                while asked.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                    sea.blink();
                }
            });
            SolvedLamp {
                stop: Some(stop),
                keeper: Some(keeper),
            }
        }
    }

    impl Drop for SolvedLamp {
        fn drop(&mut self) {
            drop(self.stop.take());
            if let Some(keeper) = self.keeper.take() {
                keeper.join().unwrap();
            }
        }
    }

    /// The handle is dropped, and the thread goes on for ever.
    fn nobody_asks(sea: Sea, pause: Duration) -> JoinHandle<()> {
        thread::spawn(move || {
            loop {
                sea.blink();
                thread::sleep(pause);
            }
        })
    }
}
