//! The cells of chapter 15, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::sync::{Future, ThreadPool, as_completed};
    use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex, mpsc};
    use std::thread;
    use std::time::{Duration, Instant};
    // end cell

    // cell: handle
    {
        let sum = thread::spawn(|| (1..=10).sum::<u32>());
        println!("I do something else meanwhile");
        println!("the sum is {}", sum.join().unwrap());
    }
    // end cell

    // cell: by-hand
    /// Does `job` for each of the inputs, by so many workers.
    fn map_by_hand(workers: usize, inputs: &[u64], job: fn(u64) -> u64) -> Vec<u64> {
        let waiting = Mutex::new(inputs.iter().enumerate());
        let results = Mutex::new(vec![0; inputs.len()]);
        thread::scope(|s| {
            for _ in 0..workers {
                s.spawn(|| {
                    loop {
                        let next = waiting.lock().unwrap().next();
                        let Some((place, input)) = next else { return };
                        let result = job(*input);
                        results.lock().unwrap()[place] = result;
                    }
                });
            }
        });
        results.into_inner().unwrap()
    }
    // end cell

    // cell: by-hand-run
    {
        let begin = Instant::now();
        let squares = map_by_hand(2, &[1, 2, 3, 4], |x| {
            thread::sleep(Duration::from_millis(50));
            x * x
        });
        println!("{squares:?} after {} ms", begin.elapsed().as_millis());
    }
    // end cell

    // cell: pool
    {
        let pool = ThreadPool::new(2).unwrap();
        let six = pool.submit(|| 2 * 3);
        let word = pool.submit(|| "ready".to_string());
        println!("{:?} {:?}", word.result(), six.result());
    }
    // end cell

    // cell: one-worker
    /// The square root, to four places.
    fn root(x: f64, millis: u64) -> f64 {
        println!("Job {x} begins");
        thread::sleep(Duration::from_millis(millis));
        (x.sqrt() * 10_000.0).round() / 10_000.0
    }

    fn whole_job(x: f64) -> f64 {
        let root = root(x, 50);
        println!("Job {x} ends");
        root
    }

    fn roots_with(workers: usize) {
        let pool = ThreadPool::new(workers).unwrap();
        let begin = Instant::now();
        let values = [1.0, 2.0, 3.0, 4.0, 5.0];
        let results: Vec<_> = pool.map(values, whole_job).collect();
        for (x, result) in values.into_iter().zip(results) {
            println!("The square root of {x} is {}", result.unwrap());
        }
        println!("after {} ms", begin.elapsed().as_millis());
    }

    roots_with(1);
    // end cell

    // cell: three-workers
    roots_with(3);
    // end cell

    // cell: five-workers
    roots_with(5);
    // end cell

    // cell: equal-jobs
    /// Hands in five jobs; the number of each tells how long it takes and whether it fails.
    fn five_jobs(pool: &ThreadPool, millis: fn(u64) -> u64, fails: u64) -> Vec<Future<f64>> {
        (1..=5)
            .map(|number| {
                pool.submit(move || {
                    let root = root(number as f64, millis(number));
                    if number == fails {
                        // A panic, without its message on the screen.
                        resume_unwind(Box::new("it does not feel well"));
                    }
                    root
                })
            })
            .collect()
    }

    {
        let pool = ThreadPool::new(3).unwrap();
        for (place, result) in as_completed(five_jobs(&pool, |_| 50, 0)) {
            println!("The square root of {} is {}", place + 1, result.unwrap());
        }
    }
    // end cell

    // cell: falling-jobs
    {
        let pool = ThreadPool::new(3).unwrap();
        for (place, result) in as_completed(five_jobs(&pool, |number| (6 - number) * 20, 0)) {
            println!("The square root of {} is {}", place + 1, result.unwrap());
        }
    }
    // end cell

    // cell: one-fails
    {
        let pool = ThreadPool::new(3).unwrap();
        for (place, result) in as_completed(five_jobs(&pool, |_| 50, 3)) {
            match result {
                Ok(root) => println!("The square root of {} is {root}", place + 1),
                Err(error) => println!("Job {} failed: {error}", place + 1),
            }
        }
    }
    // end cell

    // cell: mistake-nobody-asks
    {
        let pool = ThreadPool::new(3).unwrap();
        drop(five_jobs(&pool, |_| 10, 3));
        pool.shutdown();
        println!("all jobs are done");
    }
    // end cell

    // cell: mended-nobody-asks
    {
        let pool = ThreadPool::new(3).unwrap();
        let futures = five_jobs(&pool, |_| 10, 3);
        let results: Vec<_> = futures.into_iter().map(|future| future.result()).collect();
        let failed = results.iter().filter(|result| result.is_err()).count();
        println!("{} jobs are done, {failed} failed", results.len());
    }
    // end cell

    // cell: mistake-at-once
    {
        let pool = ThreadPool::new(4).unwrap();
        let begin = Instant::now();
        for x in [1.0, 4.0, 9.0, 16.0] {
            let future = pool.submit(move || root(x, 50));
            print!("{} ", future.result().unwrap());
        }
        println!("after {} ms", begin.elapsed().as_millis());
    }
    // end cell

    // cell: mended-at-once
    {
        let pool = ThreadPool::new(4).unwrap();
        let begin = Instant::now();
        let futures = [1.0, 4.0, 9.0, 16.0].map(|x| pool.submit(move || root(x, 50)));
        for future in futures {
            print!("{} ", future.result().unwrap());
        }
        println!("after {} ms", begin.elapsed().as_millis());
    }
    // end cell

    // cell: mistake-inner
    {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let same_pool = pool.clone();
        let outer = pool.submit(move || {
            let inner = same_pool.submit(|| 42);
            match inner.result_timeout(Duration::from_millis(300)) {
                Ok(result) => println!("the inner job says {result:?}"),
                Err(_) => println!("the inner job has not even begun"),
            }
        });
        outer.result().unwrap();
    }
    // end cell

    // cell: mended-inner
    {
        let pool = ThreadPool::new(1).unwrap();
        let first = pool.submit(|| 6).result().unwrap();
        let second = pool.submit(move || first * 7).result();
        println!("the second job says {second:?}");
    }
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: completed-and-in-order
        use std::sync::mpsc;
        use std::thread;

        let (report, completed) = mpsc::channel();
        let jobs = [1, 2, 3].map(|number| {
            let report = report.clone();
            thread::spawn(move || {
                report.send(number).unwrap();
                number * number
            })
        });
        drop(report);
        for number in completed {
            println!("job {number} is done");
        }
        for job in jobs {
            println!("result {}", job.join().unwrap());
        }
        // end cell
    };

    // cell: job
    type Job = Box<dyn FnOnce() -> u32 + Send>;
    // end cell

    // cell: first
    fn first(k: usize, jobs: Vec<Job>, workers: usize) -> Vec<(usize, Option<u32>)> {
        // Your code goes here.
        let _ = (k, jobs, workers);
        Vec::new()
    }

    fn map_in_order(jobs: Vec<Job>, workers: usize) -> Vec<Option<u32>> {
        // And here.
        let _ = (jobs, workers);
        Vec::new()
    }
    // end cell

    // cell: check-first
    type First = fn(usize, Vec<Job>, usize) -> Vec<(usize, Option<u32>)>;

    /// How many jobs have begun, how many run, and how many ran at the same time.
    #[derive(Default)]
    struct Counts {
        begun: AtomicUsize,
        running: AtomicUsize,
        most: AtomicUsize,
    }

    impl Counts {
        fn job(self: &Arc<Counts>, work: impl FnOnce() -> u32 + Send + 'static) -> Job {
            let counts = self.clone();
            Box::new(move || {
                counts.begun.fetch_add(1, Ordering::SeqCst);
                let running = counts.running.fetch_add(1, Ordering::SeqCst) + 1;
                counts.most.fetch_max(running, Ordering::SeqCst);
                let result = catch_unwind(AssertUnwindSafe(work));
                counts.running.fetch_sub(1, Ordering::SeqCst);
                result.unwrap_or_else(|panic| resume_unwind(panic))
            })
        }
    }

    /// Calls `first` in a thread of its own, for it may never return.
    fn call_first(
        first: First,
        k: usize,
        jobs: Vec<Job>,
        workers: usize,
    ) -> Result<Vec<(usize, Option<u32>)>, String> {
        let (done, results) = mpsc::channel();
        thread::spawn(move || done.send(first(k, jobs, workers)));
        results
            .recv_timeout(Duration::from_secs(5))
            .map_err(|_| format!("k = {k}, {workers} workers: it did not return"))
    }

    fn check_first(first: First) -> Result<(), String> {
        // Four jobs, which end in the order 3, 1, 0, 2; and job 1 fails.
        let in_order = || {
            let counts = Arc::new(Counts::default());
            let (mut shots, gates): (Vec<_>, Vec<_>) = (0..4)
                .map(|_| mpsc::channel::<()>())
                .map(|(shot, gate)| (Some(shot), gate))
                .unzip();
            // Job 3 waits for nobody: its gate opens at once.
            drop(shots[3].take());
            let mut after = [shots[2].take(), shots[0].take(), None, shots[1].take()];
            let jobs = gates.into_iter().enumerate().map(|(number, gate)| {
                let next = after[number].take();
                counts.job(move || {
                    let _ = gate.recv();
                    thread::sleep(Duration::from_millis(30));
                    drop(next);
                    if number == 1 {
                        resume_unwind(Box::new("it fails"));
                    }
                    10 * number as u32
                })
            });
            let results = call_first(first, 3, jobs.collect(), 4)?;
            if counts.running.load(Ordering::SeqCst) > 0 {
                return Err("it has returned, and a job is still running".to_string());
            }
            if results != [(3, Some(30)), (1, None), (0, Some(0))] {
                return Err(format!(
                    "they ended as 3, 1 (failed), 0; you say {results:?}"
                ));
            }
            Ok(())
        };
        // On a busy machine two of them may change places: then it is tried again.
        in_order().or_else(|_| in_order()).or_else(|_| in_order())?;

        for (jobs, k, workers) in [(20, 2, 2), (3, 10, 2), (5, 5, 1), (0, 1, 1)] {
            let case = format!("{jobs} jobs, k = {k}, {workers} workers");
            let counts = Arc::new(Counts::default());
            let work = || {
                thread::sleep(Duration::from_millis(5));
                7
            };
            let list = (0..jobs).map(|_| counts.job(work)).collect();
            let mut results = call_first(first, k, list, workers)?;
            let begun = counts.begun.load(Ordering::SeqCst);
            if results.len() != k.min(jobs) {
                return Err(format!("{case}: it returned {}", results.len()));
            }
            results.dedup_by_key(|result| result.0);
            if results.len() != k.min(jobs) || results.iter().any(|result| result.1 != Some(7)) {
                return Err(format!("{case}: it returned {results:?}"));
            }
            if begun > k + 3 * workers {
                return Err(format!("{case}: {begun} jobs have begun"));
            }
            if counts.most.load(Ordering::SeqCst) > workers {
                return Err(format!("{case}: too many ran at the same time"));
            }
            thread::sleep(Duration::from_millis(30));
            if counts.begun.load(Ordering::SeqCst) > begun {
                return Err(format!("{case}: it had returned, and a job began"));
            }
        }
        Ok(())
    }

    type MapInOrder = fn(Vec<Job>, usize) -> Vec<Option<u32>>;

    fn check_map(map_in_order: MapInOrder) -> Result<(), String> {
        let counts = Arc::new(Counts::default());
        let jobs = (0..6).map(|number| {
            counts.job(move || {
                thread::sleep(Duration::from_millis(30 - 5 * u64::from(number)));
                if number == 1 {
                    resume_unwind(Box::new("it fails"));
                }
                10 * number
            })
        });
        let results = map_in_order(jobs.collect(), 3);
        if results != [Some(0), None, Some(20), Some(30), Some(40), Some(50)] {
            return Err(format!(
                "six jobs, of which job 1 fails: it returned {results:?}"
            ));
        }
        match counts.most.load(Ordering::SeqCst) {
            3 => Ok(()),
            most => Err(format!("3 workers, and {most} ran at the same time")),
        }
    }

    match check_first(first).and_then(|()| check_map(map_in_order)) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_first(first).is_err());
    assert_eq!(check_first(solved_first), Ok(()));
    assert!(check_first(does_all_and_takes_k).is_err());
    assert!(check_first(a_thread_for_each).is_err());
    assert!(check_map(map_in_order).is_err());
    assert_eq!(check_map(solved_map), Ok(()));
    assert!(check_map(|jobs, _| solved_map(jobs, 6)).is_err());
    assert!(check_map(in_the_order_of_the_end).is_err());

    fn in_the_order_of_the_end(jobs: Vec<Job>, workers: usize) -> Vec<Option<u32>> {
        let ended = solved_first(jobs.len(), jobs, workers);
        ended.into_iter().map(|(_, result)| result).collect()
    }

    fn solved_map(jobs: Vec<Job>, workers: usize) -> Vec<Option<u32>> {
        let mut ended = solved_first(jobs.len(), jobs, workers);
        ended.sort();
        ended.into_iter().map(|(_, result)| result).collect()
    }

    fn solved_first(k: usize, jobs: Vec<Job>, workers: usize) -> Vec<(usize, Option<u32>)> {
        let waiting = Mutex::new(jobs.into_iter().enumerate());
        let ended = Mutex::new(Vec::new());
        thread::scope(|s| {
            for _ in 0..workers {
                s.spawn(|| {
                    while ended.lock().unwrap().len() < k {
                        let next = waiting.lock().unwrap().next();
                        let Some((place, job)) = next else { return };
                        let result = catch_unwind(AssertUnwindSafe(job)).ok();
                        ended.lock().unwrap().push((place, result));
                    }
                });
            }
        });
        let mut ended = ended.into_inner().unwrap();
        ended.truncate(k);
        ended
    }

    fn does_all_and_takes_k(k: usize, jobs: Vec<Job>, workers: usize) -> Vec<(usize, Option<u32>)> {
        let pool = ThreadPool::new(workers).unwrap();
        let futures = jobs.into_iter().map(|job| pool.submit(job)).collect();
        as_completed(futures)
            .take(k)
            .map(|(place, result)| (place, result.ok()))
            .collect()
    }

    fn a_thread_for_each(k: usize, jobs: Vec<Job>, _workers: usize) -> Vec<(usize, Option<u32>)> {
        let workers = jobs.len();
        solved_first(k, jobs, workers)
    }
}
