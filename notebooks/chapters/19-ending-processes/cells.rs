//! The cells of chapter 19, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::process::{self, Lock, Process, Queue, Semaphore, Signal};
    use std::thread;
    use std::time::Duration;
    // end cell

    // cell: smallest-std
    for script in ["exit 0", "exit 3", "kill -TERM $$"] {
        let mut shell = std::process::Command::new("sh");
        println!("{script}: {}", shell.args(["-c", script]).status().unwrap());
    }
    // end cell

    // cell: smallest
    {
        let mut good = Process::new("good", || 0);
        let mut strange = Process::new("strange", || 3);
        let mut long = Process::new("long", || thread::sleep(Duration::from_secs(60)));
        for process in [&mut good, &mut strange, &mut long] {
            process.start().unwrap();
        }
        long.terminate().unwrap();
        for process in [&good, &strange, &long] {
            println!("{}: {:?}", process.name(), process.join().unwrap());
        }
    }
    // end cell

    // cell: background
    fn count(name: &str, numbers: &[u32], pause: Duration) {
        println!("Starting {name}");
        for number in numbers {
            println!("--> {number}");
            thread::sleep(pause);
        }
        println!("Exiting {name}");
    }

    fn even(pause: u64) -> Process<'static> {
        let pause = Duration::from_millis(pause);
        let work = move || count("background_process", &[0, 2, 4, 6, 8], pause);
        let mut process = Process::new("background", work).daemon(true);
        process.start().unwrap();
        process
    }

    fn odd(pause: u64) -> Process<'static> {
        let pause = Duration::from_millis(pause);
        let work = move || count("normal_process", &[1, 3, 5, 7, 9], pause);
        let mut process = Process::new("normal", work);
        process.start().unwrap();
        process
    }

    {
        // The background process is the slower one.
        let (background, normal) = (even(60), odd(30));
        normal.join().unwrap();
        background.terminate().unwrap();
        println!(
            "exit code of the background process: {:?}",
            background.join().unwrap()
        );
    }
    // end cell

    // cell: both
    {
        let (background, normal) = (even(30), odd(30));
        background.join().unwrap();
        normal.join().unwrap();
    }
    // end cell

    // cell: one-after-the-other
    even(10).join().unwrap();
    odd(10).join().unwrap();
    // end cell

    // cell: mistake-silent
    {
        let mut background =
            Process::new("background", || println!("you can read me")).daemon(true);
        background.start().unwrap();
        background.join().unwrap();
    }
    // end cell

    // cell: terminate
    fn counting() -> Process<'static> {
        Process::new("counting", || {
            println!("Starting function");
            for i in 0..10 {
                println!("--> {i}");
                thread::sleep(Duration::from_millis(40));
            }
            println!("Finished function");
        })
    }

    fn life(process: &Process) -> &'static str {
        if process.is_alive() {
            "alive"
        } else {
            "not alive"
        }
    }

    fn end_after(before: Duration, after: Duration) {
        let mut process = counting();
        println!("Process before execution: {}", life(&process));
        process.start().unwrap();
        println!("Process running: {}", life(&process));
        thread::sleep(before);
        process.terminate().unwrap();
        thread::sleep(after);
        println!("Process terminated: {}", life(&process));
        process.join().unwrap();
        println!("Process joined: {}", life(&process));
        println!("exit code: {:?}", process.exit_code());
    }

    end_after(Duration::ZERO, Duration::ZERO);
    // end cell

    // cell: terminate-later
    end_after(Duration::from_millis(200), Duration::ZERO);
    // end cell

    // cell: ask-later
    end_after(Duration::ZERO, Duration::from_millis(200));
    // end cell

    // cell: honking
    fn honking(stubborn: bool) -> Process<'static> {
        println!("I'm main, process ID {}", process::id());
        let ready = Semaphore::new(0).unwrap();
        let is_ready = ready.clone();
        let mut process = Process::new("loopy", move || {
            if stubborn {
                process::ignore(Signal::SIGTERM).unwrap();
            }
            println!("I'm loopy, process ID {}", process::id());
            is_ready.release();
            for number in 1..=100 {
                println!("    Number {number} of 100. Honk!");
                thread::sleep(Duration::from_millis(40));
            }
        });
        process.start().unwrap();
        // From here on it is as stubborn as it wants to be.
        ready.acquire().unwrap();
        process
    }

    {
        let loopy = honking(false);
        thread::sleep(Duration::from_millis(100));
        println!("main: terminate");
        loopy.terminate().unwrap();
        let state = if loopy.is_alive() {
            "is still alive"
        } else {
            "has ended"
        };
        println!("main: it {state}");
        loopy.join().unwrap();
        println!("over");
    }
    // end cell

    // cell: exit-code
    {
        let loopy = honking(false);
        thread::sleep(Duration::from_millis(100));
        println!("main: terminate");
        loopy.terminate().unwrap();
        println!("exit code {:?}", loopy.join().unwrap());
    }
    // end cell

    // cell: stubborn
    {
        let loopy = honking(true);
        thread::sleep(Duration::from_millis(100));
        println!("main: terminate");
        loopy.terminate().unwrap();
        let ended = loopy.join_timeout(Duration::from_millis(200)).unwrap();
        let state = if ended { "has ended" } else { "is still alive" };
        println!("main: it {state}");
        println!("main: kill");
        loopy.kill().unwrap();
        println!("exit code {:?}", loopy.join().unwrap());
    }
    // end cell

    // cell: mistake-lock
    {
        let lock = Lock::new().unwrap();
        let owned = Semaphore::new(0).unwrap();
        let (its_lock, its_owned) = (lock.clone(), owned.clone());
        let mut process = Process::new("owner", move || {
            let _guard = its_lock.lock().unwrap();
            its_owned.release();
            thread::sleep(Duration::from_secs(60));
        });
        process.start().unwrap();
        // Wait until the process really owns the lock.
        owned.acquire().unwrap();
        process.terminate().unwrap();
        process.join().unwrap();
        match lock.lock() {
            Ok(_) => println!("the lock is free"),
            Err(error) => println!("the lock says: {error}"),
        };
    }
    // end cell

    // cell: mended-ask
    {
        let lock = Lock::new().unwrap();
        let please_stop = Semaphore::new(0).unwrap();
        let (its_lock, its_stop) = (lock.clone(), please_stop.clone());
        let mut process = Process::new("owner", move || {
            let _guard = its_lock.lock().unwrap();
            its_stop.acquire().unwrap();
        });
        process.start().unwrap();
        please_stop.release();
        println!("exit code: {:?}", process.join().unwrap());
        println!("the lock is free: {}", lock.lock().is_ok());
    }
    // end cell

    // cell: mistake-empty
    fn sends_slowly(results: &Queue<u32>) -> Process<'static> {
        let sender = results.clone();
        let mut process = Process::new("sender", move || {
            for number in 0..3 {
                thread::sleep(Duration::from_millis(20));
                sender.put(number).unwrap();
            }
            sender.close();
        });
        process.start().unwrap();
        process
    }

    {
        let results = Queue::unbounded().unwrap();
        let process = sends_slowly(&results);
        let mut read = 0;
        while results.try_get().is_ok() {
            read += 1;
        }
        println!("read {read} results of 3");
        process.join().unwrap();
    }
    // end cell

    // cell: mended-empty
    {
        let results = Queue::unbounded().unwrap();
        let process = sends_slowly(&results);
        let mut read = 0;
        // None means: closed, and nothing is left.
        while results.get().unwrap().is_some() {
            read += 1;
        }
        println!("read {read} results of 3");
        process.join().unwrap();
    }
    // end cell

    // cell: stop
    fn stop(child: &Process, grace: Duration) -> Option<i32> {
        // Your code goes here.
        let _ = grace;
        child.exit_code()
    }
    // end cell

    // cell: check-stop
    unsafe extern "C" {
        fn signal(number: i32, action: usize) -> usize;
    }

    /// A process that, once it is ready, lives long; a stubborn one ignores signal 15.
    fn long_life(stubborn: bool) -> Process<'static> {
        let ready = Semaphore::new(0).unwrap();
        let is_ready = ready.clone();
        let mut process = Process::new("long life", move || {
            if stubborn {
                // SAFETY: 1 stands for "ignore"; no code of ours runs in a handler.
                unsafe { signal(15, 1) };
            }
            is_ready.release();
            thread::sleep(Duration::from_secs(20));
        });
        process.start().unwrap();
        ready.acquire().unwrap();
        process
    }

    fn check_stop(stop: fn(&Process, Duration) -> Option<i32>) -> Result<(), String> {
        let mut finished = Process::new("finished", || 0);
        finished.start().unwrap();
        finished.join().unwrap();
        let cases = [
            ("a polite process", long_life(false), -15),
            ("a stubborn process", long_life(true), -9),
            ("a process that has ended", finished, 0),
        ];
        let mut result = Ok(());
        for (name, process, expected) in &cases {
            let code = stop(process, Duration::from_millis(100));
            if code != Some(*expected) && result.is_ok() {
                result = Err(format!("{name}: exit code {code:?} in place of {expected}"));
            }
            if process.is_alive() {
                if result.is_ok() {
                    result = Err(format!("{name} is still alive"));
                }
                process.kill().unwrap();
                process.join().unwrap();
            }
        }
        result
    }

    match check_stop(stop) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_stop(stop).is_err());
    assert_eq!(check_stop(solved_stop), Ok(()));
    assert!(check_stop(impatient_stop).is_err());

    fn solved_stop(child: &Process, grace: Duration) -> Option<i32> {
        if child.is_alive() {
            child.terminate().unwrap();
            if !child.join_timeout(grace).unwrap() {
                child.kill().unwrap();
            }
        }
        child.join().unwrap()
    }

    fn impatient_stop(child: &Process, _: Duration) -> Option<i32> {
        if child.is_alive() {
            child.kill().unwrap();
        }
        child.join().unwrap()
    }
}
