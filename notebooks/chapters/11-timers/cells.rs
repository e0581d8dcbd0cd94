//! The cells of chapter 11, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::process::Process;
    use exercises::sync::{Timer, threads};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc::{self, RecvTimeoutError, Sender};
    use std::thread::{self, JoinHandle};
    use std::time::{Duration, Instant};
    // end cell

    // cell: alarm
    struct Alarm {
        cancel: Sender<()>,
        thread: JoinHandle<bool>,
    }

    impl Alarm {
        fn start(after: Duration, action: impl FnOnce() + Send + 'static) -> Alarm {
            let (cancel, cancelled) = mpsc::channel();
            let thread = thread::spawn(move || {
                let fires = cancelled.recv_timeout(after) == Err(RecvTimeoutError::Timeout);
                if fires {
                    action();
                }
                fires
            });
            Alarm { cancel, thread }
        }

        /// True if that was in time: then it never rings.
        fn cancel(self) -> bool {
            // An error means that the thread has ended already.
            let _ = self.cancel.send(());
            !self.thread.join().unwrap()
        }

        /// Waits until it has rung.
        fn join(self) {
            self.thread.join().unwrap();
        }
    }
    // end cell

    // cell: smallest
    {
        let tea = Alarm::start(Duration::from_millis(20), || println!("the tea is ready"));
        let visit = Alarm::start(Duration::from_secs(3600), || println!("the visitors come"));
        tea.join();
        println!("the visit is cancelled: {}", visit.cancel());
    }
    // end cell

    // cell: beside-main
    fn five_tests() {
        for test in 0..5 {
            println!("Test {test}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    {
        let timer = Alarm::start(Duration::from_millis(50), five_tests);
        for count in 0..6 {
            println!("main: {count}");
            thread::sleep(Duration::from_millis(20));
        }
        timer.join();
        println!("finish");
    }
    // end cell

    // cell: cancelled
    {
        let timer = Alarm::start(Duration::from_millis(100), five_tests);
        for count in 0..3 {
            println!("main: {count}");
            thread::sleep(Duration::from_millis(10));
        }
        if timer.cancel() {
            println!("Cancelled in time");
        } else {
            println!("Too late to cancel: the timer has fired");
        }
        println!("finish");
    }
    // end cell

    // cell: daemon
    {
        let mut program = Process::new("program", || {
            let _timer = Timer::daemon(Duration::from_millis(200), || {
                for test in 0.. {
                    println!("Test {test}");
                    exercises::primitive::thread::sleep(Duration::from_millis(100));
                }
            });
            for count in 0..4 {
                println!("main: {count}");
                exercises::primitive::thread::sleep(Duration::from_millis(110));
            }
            threads::shut_down();
            println!("finish");
        });
        program.start().unwrap();
        program.join().unwrap();
    }
    // end cell

    // cell: close-race
    {
        let moment = Duration::from_millis(2);
        let (rings, rang) = mpsc::channel();
        let mut cancelled = 0;
        for _ in 0..50 {
            let rings = rings.clone();
            let alarm = Alarm::start(moment, move || rings.send(()).unwrap());
            thread::sleep(moment);
            if alarm.cancel() {
                cancelled += 1;
            }
        }
        let rang = rang.try_iter().count();
        println!("{rang} rang, {cancelled} were cancelled in time");
    }
    // end cell

    // cell: mistake-flag
    {
        let cancelled = Arc::new(AtomicBool::new(false));
        let flag = cancelled.clone();
        let begin = Instant::now();
        let thread = thread::spawn(move || {
            thread::sleep(Duration::from_millis(500));
            if !flag.load(Ordering::SeqCst) {
                println!("it rings");
            }
        });
        cancelled.store(true, Ordering::SeqCst);
        thread.join().unwrap();
        println!("it has ended after {} ms", begin.elapsed().as_millis());
    }
    // end cell

    // cell: mended-flag
    {
        let begin = Instant::now();
        let alarm = Alarm::start(Duration::from_millis(500), || println!("it rings"));
        alarm.cancel();
        println!("it has ended after {} ms", begin.elapsed().as_millis());
    }
    // end cell

    // cell: mistake-too-late
    {
        let letter = Alarm::start(Duration::from_millis(10), || println!("the letter is sent"));
        thread::sleep(Duration::from_millis(60));
        letter.cancel();
        println!("cancelled, so I write another one");
    }
    // end cell

    // cell: mended-too-late
    {
        let letter = Alarm::start(Duration::from_millis(10), || println!("the letter is sent"));
        thread::sleep(Duration::from_millis(60));
        if letter.cancel() {
            println!("I write another one");
        } else {
            println!("too late: I ring up");
        }
    }
    // end cell

    // cell: how-late
    for _ in 0..5 {
        let begin = Instant::now();
        let alarm = Alarm::start(Duration::from_millis(20), move || {
            println!("{:.2} ms", begin.elapsed().as_secs_f64() * 1000.0);
        });
        alarm.join();
    }
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: in-time
        use std::sync::mpsc;
        use std::thread;
        use std::time::Duration;

        let (cancel, cancelled) = mpsc::channel();
        let timer =
            thread::spawn(
                move || match cancelled.recv_timeout(Duration::from_millis(20)) {
                    Ok(()) => println!("cancelled"),
                    Err(_) => println!("it rings"),
                },
            );
        thread::sleep(Duration::from_millis(10));
        cancel.send(()).unwrap();
        println!("main has cancelled it");
        timer.join().unwrap();
        // end cell
    };

    // cell: library-timer
    {
        let late = Timer::start(Duration::from_secs(3600), || "it rings");
        println!("cancelled in time: {}", late.cancel());
        println!("{:?}", late.join().unwrap());
        let soon = Timer::start(Duration::from_millis(10), || "it rings");
        println!("{:?}", soon.join().unwrap());
    }
    // end cell

    // cell: debounce
    struct Debounce {
        // Your fields go here.
    }

    impl Debounce {
        fn new(window: Duration, fired: Sender<char>) -> Debounce {
            // Your code goes here.
            let _ = (window, fired);
            Debounce {}
        }

        fn press(&mut self, key: char) {
            let _ = key;
        }
    }
    // end cell

    // cell: check-debounce
    fn check_debounce<D>(
        new: fn(Duration, Sender<char>) -> D,
        press: fn(&mut D, char),
    ) -> Result<(), String> {
        let window = Duration::from_millis(100);
        let (fire, fired) = mpsc::channel();
        let mut debounce = new(window, fire);
        for burst in ["abc", "d", "ef"] {
            let key = burst.chars().last().unwrap();
            // On a busy machine a burst may be too slow to be one: then it is tried again.
            let mut attempts = 0;
            let last_press = loop {
                let begin = Instant::now();
                let mut last_press = begin;
                for key in burst.chars() {
                    last_press = Instant::now();
                    press(&mut debounce, key);
                }
                if begin.elapsed() < window / 2 {
                    break last_press;
                }
                attempts += 1;
                if attempts == 10 {
                    return Err("a press does not return at once".into());
                }
                while fired.recv_timeout(2 * window).is_ok() {}
            };
            match fired.recv_timeout(Duration::from_secs(2)) {
                Err(_) => return Err(format!("{burst:?} was typed, and nothing fired")),
                Ok(other) if other != key => {
                    return Err(format!("{burst:?} was typed, and {other:?} fired"));
                }
                Ok(_) if last_press.elapsed() < window => {
                    return Err(format!("{key:?} fired before the window was over"));
                }
                Ok(_) => {}
            }
            if let Ok(other) = fired.recv_timeout(2 * window) {
                return Err(format!("after {key:?}, {other:?} fired too"));
            }
        }

        press(&mut debounce, 'g');
        drop(debounce);
        match fired.recv_timeout(Duration::from_secs(2)) {
            Ok(key) => Err(format!("it was dropped, and {key:?} fired")),
            Err(RecvTimeoutError::Timeout) => Err("it was dropped, and a thread is left".into()),
            Err(RecvTimeoutError::Disconnected) => Ok(()),
        }
    }

    match check_debounce(Debounce::new, Debounce::press) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_debounce(Debounce::new, Debounce::press).is_err());
    assert_eq!(check_debounce(Solved::new, Solved::press), Ok(()));
    assert!(check_debounce(Solved::new, fires_every_key).is_err());
    assert!(check_debounce(Solved::new, sleeps_first).is_err());

    struct Solved {
        window: Duration,
        fired: Sender<char>,
        alarm: Option<Alarm>,
    }

    impl Solved {
        fn new(window: Duration, fired: Sender<char>) -> Solved {
            Solved {
                window,
                fired,
                alarm: None,
            }
        }

        fn press(&mut self, key: char) {
            if let Some(before) = self.alarm.take() {
                before.cancel();
            }
            let fired = self.fired.clone();
            self.alarm = Some(Alarm::start(self.window, move || {
                fired.send(key).unwrap();
            }));
        }
    }

    impl Drop for Solved {
        fn drop(&mut self) {
            if let Some(last) = self.alarm.take() {
                last.cancel();
            }
        }
    }

    fn fires_every_key(debounce: &mut Solved, key: char) {
        let (window, fired) = (debounce.window, debounce.fired.clone());
        thread::spawn(move || {
            thread::sleep(window);
            let _ = fired.send(key);
        });
    }

    fn sleeps_first(debounce: &mut Solved, key: char) {
        thread::sleep(debounce.window);
        let _ = debounce.fired.send(key);
    }
}
