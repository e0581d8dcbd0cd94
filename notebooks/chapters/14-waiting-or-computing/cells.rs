//! The cells of chapter 14, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::gil::Gil;
    use exercises::process::{self, Process};
    use std::hint::black_box;
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::thread;
    use std::time::{Duration, Instant};
    // end cell

    // cell: two-kinds
    const LIMIT: u32 = 1_000_000;

    fn wait() {
        thread::sleep(Duration::from_millis(50));
    }

    fn count() {
        for i in 0..LIMIT {
            // Or the compiler would see that nobody needs the loop.
            black_box(i);
        }
    }

    fn millis(work: impl FnOnce()) -> f64 {
        let begin = Instant::now();
        work();
        begin.elapsed().as_secs_f64() * 1000.0
    }

    fn tell(name: &str, work: impl FnOnce()) {
        println!("{name}: {:.1} ms", millis(work));
    }

    fn one_after_another(n: usize, work: impl Fn()) {
        for _ in 0..n {
            work();
        }
    }

    fn in_threads(n: usize, work: impl Fn() + Sync) {
        thread::scope(|s| {
            for i in 1..=n {
                let named = thread::Builder::new().name(format!("Thread-{i}"));
                named.spawn_scoped(s, &work).unwrap();
            }
        });
    }
    // end cell

    // cell: four-waits
    tell("one after another", || one_after_another(4, wait));
    tell("in four threads", || in_threads(4, wait));
    // end cell

    // cell: cores
    println!("{} cores", thread::available_parallelism().unwrap());
    // end cell

    // cell: four-counts
    tell("one after another", || one_after_another(4, count));
    tell("in four threads", || in_threads(4, count));
    // end cell

    // cell: waits-serial
    fn place() -> String {
        let (id, process) = (process::id(), process::current_name());
        let thread = thread::current();
        let thread = thread.name().unwrap_or("main");
        format!("PID: {id}, process name: {process}, thread name: {thread}")
    }

    fn wait_here() {
        println!("{}", place());
        wait();
    }

    fn in_processes(n: usize, work: impl Fn() + Copy + 'static) {
        let mut children = Vec::new();
        for i in 1..=n {
            let mut child = Process::new(format!("Process-{i}"), work);
            child.start().unwrap();
            children.push(child);
        }
        for child in children {
            child.join().unwrap();
        }
    }

    tell("Time", || one_after_another(4, wait_here));
    // end cell

    // cell: waits-threads
    tell("Time", || in_threads(4, wait_here));
    // end cell

    // cell: waits-processes
    tell("Time", || in_processes(4, wait_here));
    // end cell

    // cell: counts-serial
    fn counted(count: impl FnOnce()) {
        count();
        println!("{}, counted to {LIMIT}", place());
    }

    tell("Time", || one_after_another(4, || counted(count)));
    // end cell

    // cell: counts-threads
    tell("Time", || in_threads(4, || counted(count)));
    // end cell

    // cell: counts-gil
    fn count_in_turn(gil: &Gil) {
        let mut python = gil.enter();
        for i in 0..LIMIT {
            black_box(i);
            python.checkpoint();
        }
    }

    {
        let gil = Gil::new();
        let work = || counted(|| count_in_turn(&gil));
        tell("Time", || in_threads(4, work));
    }
    // end cell

    // cell: counts-processes
    {
        let work = || counted(|| count_in_turn(&Gil::new()));
        tell("Time", || in_processes(4, work));
    }
    // end cell

    // cell: side-by-side
    {
        type FourTimes = fn(fn());
        let versions: [(&str, FourTimes); 3] = [
            ("one after another", |work| one_after_another(4, work)),
            ("threads", |work| in_threads(4, work)),
            ("processes", |work| in_processes(4, work)),
        ];
        println!("{:17} {:>10} {:>10}", "", "waiting", "computing");
        for (version, four_times) in versions {
            let waiting = millis(|| four_times(wait));
            let computing = millis(|| four_times(|| (0..10).for_each(|_| count())));
            println!("{version:17} {waiting:7.0} ms {computing:7.0} ms");
        }
    }
    // end cell

    // cell: gil-model
    {
        let gil = Gil::new();
        let count = || count_in_turn(&gil);
        tell("counting, one after another", || {
            one_after_another(4, count)
        });
        tell("counting, in four threads", || in_threads(4, count));
        let wait = || {
            let mut python = gil.enter();
            python.without(|| thread::sleep(Duration::from_millis(20)));
        };
        tell("waiting, one after another", || one_after_another(4, wait));
        tell("waiting, in four threads", || in_threads(4, wait));
    }
    // end cell

    // cell: mistake-safe
    {
        let gil = Gil::new();
        let total = AtomicU32::new(0);
        in_threads(4, || {
            let mut python = gil.enter();
            for _ in 0..5 {
                let read = total.load(Ordering::SeqCst);
                python.without(|| thread::sleep(Duration::from_millis(1)));
                total.store(read + 1, Ordering::SeqCst);
            }
        });
        println!("20 times 1 was added, the total is {}", total.into_inner());
    }
    // end cell

    // cell: mended-safe
    {
        let total = Mutex::new(0);
        in_threads(4, || {
            for _ in 0..5 {
                let mut total = total.lock().unwrap();
                let read = *total;
                thread::sleep(Duration::from_millis(1));
                *total = read + 1;
            }
        });
        println!(
            "20 times 1 was added, the total is {}",
            total.into_inner().unwrap()
        );
    }
    // end cell

    // cell: mistake-more
    for threads in [1, 2, 4, 16, 64] {
        let piece = || {
            for i in 0..2_000_000 / threads {
                black_box(i);
            }
        };
        let millis = millis(|| in_threads(threads, piece));
        println!("threads: {threads}, {millis:.1} ms");
    }
    // end cell

    // cell: mended-more
    for threads in [4, 40] {
        let millis = millis(|| in_threads(threads, wait));
        println!("{threads} threads wait: {millis:.0} ms");
    }
    // end cell

    // cell: mistake-called
    {
        let work = || {
            wait();
            || ()
        };
        let time = millis(|| {
            let first = thread::spawn(work());
            let second = thread::spawn(work());
            first.join().unwrap();
            second.join().unwrap();
        });
        println!("two workers: {time:.0} ms");
    }
    // end cell

    // cell: mended-called
    {
        let time = millis(|| {
            let first = thread::spawn(wait);
            let second = thread::spawn(wait);
            first.join().unwrap();
            second.join().unwrap();
        });
        println!("two workers: {time:.0} ms");
    }
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: two-steps-two-locks
        use std::sync::Mutex;
        use std::thread;

        let sum = Mutex::new(0);
        thread::scope(|s| {
            for _ in 0..2 {
                s.spawn(|| {
                    let read = *sum.lock().unwrap();
                    *sum.lock().unwrap() = read + 1;
                });
            }
        });
        println!("the sum is {}", sum.lock().unwrap());
        // end cell
    };

    // cell: kind
    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Kind {
        Waits,
        Computes,
    }
    // end cell

    // cell: judge
    fn judge(job: &(dyn Fn() -> u64 + Sync)) -> (Kind, bool) {
        // Your code goes here.
        let _ = job;
        (Kind::Waits, false)
    }
    // end cell

    // cell: check-judge
    fn check_judge(judge: fn(&(dyn Fn() -> u64 + Sync)) -> (Kind, bool)) -> Result<(), String> {
        // How many steps this machine computes in a millisecond.
        let steps = 200_000;
        let compute = |steps: u64| (0..steps).for_each(|i| _ = black_box(i));
        let per_milli = (steps as f64 / millis(|| compute(steps))) as u64;
        let sleep = |millis| thread::sleep(Duration::from_millis(millis));

        // Milliseconds of waiting, and of computing; whether it is made for threads.
        for (number, (waits, computes, safe)) in [
            (15, 0, true),
            (0, 15, true),
            (18, 2, false),
            (2, 18, false),
            (30, 0, false),
            (0, 30, true),
            (27, 3, true),
            (3, 27, false),
        ]
        .into_iter()
        .enumerate()
        {
            let kind = if waits > computes {
                Kind::Waits
            } else {
                Kind::Computes
            };
            let right = (kind, safe);
            let at_work = AtomicU32::new(0);
            let job = || {
                let others = at_work.fetch_add(1, Ordering::SeqCst);
                sleep(waits);
                compute(computes * per_milli);
                at_work.fetch_sub(1, Ordering::SeqCst);
                waits + if safe { 0 } else { u64::from(others) }
            };
            // A busy machine can spoil a measurement: then it is measured again.
            let mut said = Vec::new();
            while said.len() < 12 && !said.contains(&right) {
                said.push(judge(&job));
            }
            if !said.contains(&right) {
                return Err(format!(
                    "job {number} was judged {said:?}, right is {right:?}"
                ));
            }
        }
        Ok(())
    }

    match check_judge(judge) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_judge(judge).is_err());
    assert_eq!(check_judge(solved_judge), Ok(()));
    assert!(check_judge(|_| (Kind::Computes, true)).is_err());
    assert!(check_judge(|job| (solved_judge(job).0, true)).is_err());

    fn solved_judge(job: &(dyn Fn() -> u64 + Sync)) -> (Kind, bool) {
        let threads = 4 * thread::available_parallelism().unwrap().get();
        let fastest = |work: &mut dyn FnMut()| {
            let first = millis(&mut *work);
            first.min(millis(work))
        };
        let (mut alone, mut others) = (0, Vec::new());
        let one = fastest(&mut || alone = job());
        let many = fastest(&mut || {
            thread::scope(|s| {
                let handles: Vec<_> = (0..threads).map(|_| s.spawn(job)).collect();
                others.extend(handles.into_iter().map(|handle| handle.join().unwrap()));
            });
        });
        let kind = if many < 2.5 * one {
            Kind::Waits
        } else {
            Kind::Computes
        };
        (kind, others.iter().all(|other| *other == alone))
    }
}
