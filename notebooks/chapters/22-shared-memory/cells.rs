//! The cells of chapter 22, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::process::{
        Array, Barrier, FileLock, Lock, Process, Queue, ReentrantLock, Value,
    };
    use std::cell::Cell;
    use std::f64::consts::PI;
    use std::mem;
    use std::thread;
    use std::time::{Duration, Instant};
    // end cell

    // cell: smallest-std
    use std::process::Command;
    use std::{env, fs};

    {
        let shared = env::temp_dir().join(format!("shared-{}", std::process::id()));
        let own = Cell::new("1");
        fs::write(&shared, "1").unwrap();
        let mut child = Command::new("sh");
        child.arg("-c").arg("own=42; printf 42 > \"$shared\"");
        child.env("shared", &shared).env("own", own.get());
        child.status().unwrap();
        let seen = fs::read_to_string(&shared).unwrap();
        println!("shared: {seen}, not shared: {}", own.get());
        fs::remove_file(shared).unwrap();
    }
    // end cell

    // cell: smallest
    {
        let shared = Value::new(1).unwrap();
        let own = Cell::new(1);
        let mut child = Process::borrowing("child", || {
            shared.set(42);
            own.set(42);
        });
        child.start().unwrap();
        child.join().unwrap();
        println!("shared: {}, not shared: {}", shared.get(), own.get());
    }
    // end cell

    // cell: shared
    fn seen_by(who: &str, value: f64, array: &[i32]) {
        println!("value seen by {who}: {value}\narray seen by {who}: {array:?}");
    }

    {
        let pi = Value::new(0.0).unwrap();
        let numbers = Array::new(&[0, 1, 2, 3, 4]).unwrap();
        let mut child = Process::borrowing("child", || {
            pi.set(PI);
            for place in 0..numbers.len() {
                numbers.update(place, |number| -number);
            }
            seen_by("child", pi.get(), &numbers.to_vec());
        });
        child.start().unwrap();
        child.join().unwrap();
        seen_by("main", pi.get(), &numbers.to_vec());
    }
    // end cell

    // cell: copied
    {
        let mut pi = 0.0;
        let mut numbers = vec![0, 1, 2, 3, 4];
        let mut child = Process::borrowing("child", || {
            pi = PI;
            for number in &mut numbers {
                *number = -*number;
            }
            seen_by("child", pi, &numbers);
        });
        child.start().unwrap();
        child.join().unwrap();
        drop(child);
        seen_by("main", pi, &numbers);
    }
    // end cell

    // cell: two-writers
    fn start_and_join(mut children: Vec<Process>) {
        for child in &mut children {
            child.start().unwrap();
        }
        for child in &children {
            child.join().unwrap();
        }
    }

    /// Two processes do `add` a thousand times each, at the same time.
    fn two_writers(how: &str, add: fn(&Value<u32>)) {
        let total = &Value::new(0).unwrap();
        let both_are_here = &Barrier::new(2).unwrap();
        let writer = |name| {
            Process::borrowing(name, move || {
                both_are_here.wait().unwrap();
                for _ in 0..1000 {
                    add(total);
                }
                println!("{name} has added 1000 times, {how}");
            })
        };
        start_and_join(vec![writer("writer 1"), writer("writer 2")]);
        println!("{how}: {} of 2000", total.get());
    }

    two_writers("in separate steps", |total| {
        let seen = total.get();
        thread::yield_now();
        total.set(seen + 1);
    });
    two_writers("holding the lock", |total| {
        _ = total.lock().unwrap().update(|seen| seen + 1);
    });
    two_writers("atomically", |total| _ = total.fetch_add(1));
    // end cell

    // cell: never-released
    {
        let lock = Lock::new().unwrap();
        let mut holder = Process::borrowing("holder", || {
            let guard = lock.lock().unwrap();
            println!("the holder has the lock");
            // On purpose: the guard is never dropped.
            mem::forget(guard);
        });
        holder.start().unwrap();
        holder.join().unwrap();
        match lock.lock() {
            Ok(_guard) => println!("main has the lock"),
            Err(error) => println!("main is told: {error}"),
        }
        println!("and after that it is free: {}", lock.lock().is_ok());
    }
    // end cell

    // cell: re-entrant
    {
        let lock = ReentrantLock::new().unwrap();
        let moment = Duration::from_millis(200);
        let outer = lock.lock().unwrap();
        let inner = lock.lock().unwrap();
        drop(inner);
        let mut other = Process::borrowing("other", || {
            let taken = lock.lock_timeout(moment).unwrap();
            println!("the other process has it: {}", taken.is_some());
        });
        other.start().unwrap();
        other.join().unwrap();
        drop(outer);
    }
    // end cell

    // cell: file-lock
    {
        let lock = FileLock::new().unwrap();
        let mut holder = Process::borrowing("holder", || {
            mem::forget(lock.lock().unwrap());
        });
        holder.start().unwrap();
        holder.join().unwrap();
        println!("main has the lock: {}", lock.lock().is_ok());
    }
    // end cell

    // cell: pause-inside
    fn fill(play: fn(&Lock, &dyn Fn(), &dyn Fn())) {
        let (array, lock) = (&Array::zeroed(10).unwrap(), &Lock::new().unwrap());
        let begin = Instant::now();
        let child = |i: usize| {
            let millis = 50 - 5 * i as u64;
            let pause = move || {
                println!("process {i} begins");
                thread::sleep(Duration::from_millis(millis));
            };
            let write = move || {
                array.set(i, millis);
                println!("process {i} has written {millis}");
            };
            Process::borrowing(format!("process {i}"), move || play(lock, &pause, &write))
        };
        start_and_join((0..10).map(child).collect());
        println!("The array: {:?}", array.to_vec());
        let millis = begin.elapsed().as_millis();
        println!("All processes have ended after {millis} ms");
    }

    fill(|lock, pause, write| {
        let _guard = lock.lock().unwrap();
        pause();
        write();
    });
    // end cell

    // cell: no-lock
    fill(|_, pause, write| {
        pause();
        write();
    });
    // end cell

    // cell: pause-outside
    fill(|lock, pause, write| {
        pause();
        let _guard = lock.lock().unwrap();
        write();
    });
    // end cell

    // cell: mistake-own-lock
    /// Four processes add 25 times each, under the lock that each of them is given.
    fn four_processes(lock_of: impl Fn() -> Lock) -> u32 {
        let total = Value::new(0).unwrap();
        let all_are_here = Barrier::new(4).unwrap();
        let children = (0..4).map(|i| {
            let (total, all_are_here, lock) = (&total, &all_are_here, lock_of());
            Process::borrowing(format!("process {i}"), move || {
                all_are_here.wait().unwrap();
                for _ in 0..25 {
                    let _guard = lock.lock().unwrap();
                    let seen = total.get();
                    thread::sleep(Duration::from_micros(100));
                    total.set(seen + 1);
                }
            })
        });
        start_and_join(children.collect());
        total.get()
    }

    println!("{} of 100", four_processes(|| Lock::new().unwrap()));
    // end cell

    // cell: mended-own-lock
    {
        let lock = Lock::new().unwrap();
        println!("{} of 100", four_processes(|| lock.clone()));
    }
    // end cell

    // cell: mistake-reader
    /// One process moves fifty coins; main looks a hundred times meanwhile. How many different sums?
    fn sums(look: fn(&Array<i32>) -> i32) -> Vec<i32> {
        let coins = Array::new(&[100, 0]).unwrap();
        let mut mover = Process::borrowing("mover", || {
            for _ in 0..50 {
                let mut coins = coins.lock().unwrap();
                coins.update(0, |count| count - 1);
                thread::sleep(Duration::from_micros(500));
                coins.update(1, |count| count + 1);
            }
        });
        mover.start().unwrap();
        let mut sums = Vec::new();
        for _ in 0..100 {
            sums.push(look(&coins));
            thread::sleep(Duration::from_micros(200));
        }
        mover.join().unwrap();
        sums.sort();
        sums.dedup();
        sums
    }

    let found = sums(|coins| coins.get(0) + coins.get(1));
    println!("sums found: {found:?}");
    // end cell

    // cell: mended-reader
    let found = sums(|coins| {
        let coins = coins.lock().unwrap();
        coins.get(0) + coins.get(1)
    });
    println!("sums found: {found:?}");
    // end cell

    // cell: hall
    struct Hall {
        totals: Array<u64>,
        present: Queue<(u32, bool)>,
        all_are_here: Barrier,
    }

    impl Hall {
        fn new(candidates: usize, workers: usize) -> Hall {
            Hall {
                totals: Array::zeroed(candidates).unwrap(),
                present: Queue::unbounded().unwrap(),
                all_are_here: Barrier::new(workers).unwrap(),
            }
        }

        /// Waits for the others, and notes which process is here.
        fn sign_in(&self) {
            let limit = Duration::from_secs(1);
            let together = self.all_are_here.wait_timeout(limit).is_ok();
            self.present.put((std::process::id(), together)).unwrap();
        }
    }
    // end cell

    // cell: count
    fn count(votes: &[usize], workers: usize, hall: &Hall) {
        // Your code goes here.
        let _ = (votes, workers, hall);
    }
    // end cell

    // cell: check-count
    fn check_count(count: fn(&[usize], usize, &Hall)) -> Result<(), String> {
        for (votes, workers) in [(7, 1), (100_000, 4), (10, 3), (0, 2)] {
            let case = format!("{votes} votes, {workers} processes");
            let votes: Vec<usize> = (0..votes).map(|i| i * i % 7 % 5).collect();
            let hall = Hall::new(5, workers);
            count(&votes, workers, &hall);
            hall.present.close();
            let (mut pids, mut together) = (Vec::new(), true);
            for one in &hall.present {
                let (pid, with_the_others) = one.unwrap();
                pids.push(pid);
                together &= with_the_others;
            }
            pids.sort();
            pids.dedup();
            if pids.len() != workers || pids.contains(&std::process::id()) {
                return Err(format!("{case}: {} processes have signed in", pids.len()));
            }
            if !together {
                return Err(format!("{case}: somebody had to begin without the others"));
            }
            let mut right = vec![0; 5];
            votes.iter().for_each(|vote| right[*vote] += 1);
            let totals = hall.totals.to_vec();
            if totals != right {
                return Err(format!(
                    "{case}: you counted {totals:?}, right is {right:?}"
                ));
            }
        }
        Ok(())
    }

    match check_count(count) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_count(count).is_err());
    assert_eq!(check_count(solved_count), Ok(()));
    assert!(check_count(main_counts_alone).is_err());

    fn solved_count(votes: &[usize], workers: usize, hall: &Hall) {
        let mut children: Vec<_> = (0..workers)
            .map(|worker| {
                Process::borrowing(format!("worker {worker}"), move || {
                    hall.sign_in();
                    let mut own = vec![0; hall.totals.len()];
                    for vote in votes.iter().skip(worker).step_by(workers) {
                        own[*vote] += 1;
                    }
                    for (candidate, count) in own.into_iter().enumerate() {
                        hall.totals.fetch_add(candidate, count);
                    }
                })
            })
            .collect();
        for child in &mut children {
            child.start().unwrap();
        }
        for child in &children {
            child.join().unwrap();
        }
    }

    fn main_counts_alone(votes: &[usize], _workers: usize, hall: &Hall) {
        hall.sign_in();
        for vote in votes {
            hall.totals.fetch_add(*vote, 1);
        }
    }
}
