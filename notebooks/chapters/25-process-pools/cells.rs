//! The cells of chapter 25, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::process::{self, Pool, PoolError};
    use std::thread;
    use std::time::{Duration, Instant, SystemTime};
    // end cell

    // cell: smallest
    {
        let squares = Pool::map(2, &[1, 2, 3, 4], |n: &u32| n * n).unwrap();
        println!("{squares:?}");
    }
    // end cell

    // cell: collect
    fn slow_square(n: &u64) -> u64 {
        // The smaller the number, the slower the job.
        thread::sleep(Duration::from_millis(60 - 10 * n));
        n * n
    }

    for square in Pool::map(2, &[0, 1, 2, 3, 4, 5], slow_square).unwrap() {
        println!("--> {square}");
    }
    // end cell

    // cell: print-inside
    Pool::map(2, &[0, 1, 2, 3, 4, 5], |n: &u64| {
        let square = slow_square(n);
        println!("--> {square} (process {})", process::id());
    })
    .unwrap();
    // end cell

    // cell: map-waits
    {
        let begin = Instant::now();
        let squares = Pool::map(2, &[0, 1, 2, 3], slow_square).unwrap();
        println!("map returned after {} ms", begin.elapsed().as_millis());
        println!("{squares:?}");
    }
    // end cell

    // cell: starmap
    {
        let pool = Pool::of_arguments(2, |a: &u32, b: &u32, c: &u32| a + b + c).unwrap();
        println!("{:?}", pool.starmap(&[(1, 2, 3), (4, 5, 6)]).unwrap());
    }
    // end cell

    // cell: mistake-late
    /// Input, worker, and the moment of completion in milliseconds.
    fn timed_jobs() -> Vec<(u64, i32, u128)> {
        let begin = SystemTime::now();
        Pool::map_chunked(2, 1, &[0, 1, 2, 3, 4, 5], move |n: &u64| {
            slow_square(n);
            (*n, process::id(), begin.elapsed().unwrap().as_millis())
        })
        .unwrap()
    }

    {
        let mut jobs = timed_jobs();
        jobs.sort_by_key(|job| job.1);
        println!("{:?}", jobs.iter().map(|job| job.0).collect::<Vec<_>>());
    }
    // end cell

    // cell: mended-time
    {
        let mut jobs = timed_jobs();
        jobs.sort_by_key(|job| job.2);
        for (input, worker, moment) in jobs {
            println!("{moment} ms: input {input}, process {worker}");
        }
    }
    // end cell

    // cell: workers
    for workers in [1, 2, 3, 6, 12] {
        let begin = Instant::now();
        Pool::map_chunked(workers, 1, &[0; 6], |_: &u32| {
            thread::sleep(Duration::from_millis(50));
        })
        .unwrap();
        println!("{workers} workers: {} ms", begin.elapsed().as_millis());
    }
    // end cell

    // cell: failing
    {
        let answer = Pool::map(2, &[1, 0, 2], |n: &u32| {
            if *n == 0 {
                // A panic without a message on the screen.
                std::panic::resume_unwind(Box::new("no zero, please"));
            }
            100 / n
        });
        println!("map failed: {}", answer.is_err());
    }
    // end cell

    // cell: results
    {
        let answers = Pool::map(2, &[1, 0, 2], |n: &u32| {
            100u32.checked_div(*n).ok_or("zero".to_string())
        });
        println!("{:?}", answers.unwrap());
    }
    // end cell

    // cell: map-async
    {
        let pool = Pool::new(2, slow_square).unwrap();
        let later = pool
            .map_async_with(
                &[0, 1, 2, 3],
                |squares| println!("callback: {squares:?}"),
                |error| println!("error callback: {error}"),
            )
            .unwrap();
        println!("main goes on");
        println!("get: {:?}", later.get().unwrap());
        pool.close();
        pool.join().unwrap();
    }
    // end cell

    // cell: mistake-drop
    {
        let pool = Pool::new(2, |_: &u32| thread::sleep(Duration::from_secs(60))).unwrap();
        let later = pool
            .map_async_with(
                &[1, 2],
                |_| println!("callback"),
                |error| println!("error callback: {error}"),
            )
            .unwrap();
        drop(pool);
        println!("a result: {}", later.get().is_ok());
    }
    // end cell

    // cell: apply-async
    {
        let pool = Pool::new(2, |n: &u32| {
            if *n == 0 {
                // A panic without a message on the screen.
                std::panic::resume_unwind(Box::new("no zero, please"));
            }
            100 / n
        })
        .unwrap();
        let mut results = Vec::new();
        for n in [1, 0, 2] {
            let done = move |answer: &u32| println!("callback for {n}: {answer}");
            let failed = move |_: &PoolError| println!("error callback for {n}");
            results.push(pool.apply_async_with(n, done, failed).unwrap());
        }
        results.push(pool.apply_async(0).unwrap());
        pool.close();
        pool.join().unwrap();
        println!("{} tasks are over", results.len());
    }
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: who-takes-what
        use std::sync::atomic::{AtomicUsize, Ordering};
        use std::thread;

        let next = AtomicUsize::new(0);
        let worker = |name: &str| {
            let mut done = Vec::new();
            loop {
                let job = next.fetch_add(1, Ordering::SeqCst);
                if job >= 3 {
                    return done;
                }
                println!("worker {name} takes job {job}");
                done.push((job, job * job));
            }
        };
        let mut results = thread::scope(|s| {
            let workers = [s.spawn(|| worker("A")), s.spawn(|| worker("B"))];
            workers.map(|worker| worker.join().unwrap()).concat()
        });
        results.sort();
        println!("{results:?}");
        // end cell
    };

    // cell: page
    fn parse(page: &str) -> usize {
        let words = page.split_whitespace().count();
        if words == 0 {
            std::panic::resume_unwind(Box::new("an empty page"));
        }
        words
    }
    // end cell

    // cell: parse-all
    fn parse_all(pages: &[String], workers: usize) -> Vec<Result<(usize, i32), String>> {
        // Your code goes here.
        let _ = (pages, workers, parse);
        Vec::new()
    }
    // end cell

    // cell: check-parse-all
    type ParseAll = fn(&[String], usize) -> Vec<Result<(usize, i32), String>>;

    fn check_parse_all(parse_all: ParseAll) -> Result<(), String> {
        let pages: Vec<String> = ["one", "two words", "", "three words here"]
            .map(str::to_string)
            .into();
        let parsed = parse_all(&pages, 2);
        let words: Vec<Option<usize>> = parsed
            .iter()
            .map(|page| page.as_ref().ok().map(|page| page.0))
            .collect();
        if words != [Some(1), Some(2), None, Some(3)] {
            return Err(format!("the numbers of words were {words:?}"));
        }
        let mut workers: Vec<i32> = parsed.iter().flatten().map(|page| page.1).collect();
        workers.sort();
        workers.dedup();
        if workers.len() > 2 || workers.contains(&process::id()) {
            return Err(format!(
                "two workers were asked for, the pages were parsed by {workers:?}"
            ));
        }
        Ok(())
    }

    match check_parse_all(parse_all) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_parse_all(parse_all).is_err());
    assert_eq!(check_parse_all(solved_parse_all), Ok(()));

    fn solved_parse_all(pages: &[String], workers: usize) -> Vec<Result<(usize, i32), String>> {
        Pool::map(workers, pages, |page: &String| {
            std::panic::catch_unwind(|| (parse(page), process::id()))
                .map_err(|_| "the parser panicked".to_string())
        })
        .unwrap()
    }
}
