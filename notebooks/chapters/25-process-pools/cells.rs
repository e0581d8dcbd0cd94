//! The cells of chapter 25, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::process::{self, Pool, PoolError};
    use std::thread;
    use std::time::{Duration, Instant, SystemTime};
    // end cell

    // cell: smallest-std
    {
        let inputs = [1, 2, 3, 4];
        let square_all = |half: &[u32]| -> Vec<u32> { half.iter().map(|n| n * n).collect() };
        let squares = thread::scope(|s| {
            let (first, second) = inputs.split_at(2);
            let workers = [first, second].map(|half| s.spawn(move || square_all(half)));
            workers.map(|worker| worker.join().unwrap()).concat()
        });
        println!("{squares:?}");
    }
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
        let squares = Pool::map(2, &[0, 1, 2, 3, 4, 5], slow_square).unwrap();
        println!("map returned after {} ms", begin.elapsed().as_millis());
        for square in squares {
            println!("--> {square}");
        }
    }
    // end cell

    // cell: squares
    fn squares(workers: usize) {
        let squares = Pool::map(workers, &[1, 2, 3, 4, 5], |n: &u32| {
            println!("Worker process id for {n}: {}", process::id());
            n * n
        });
        println!("{:?}", squares.unwrap());
    }

    squares(thread::available_parallelism().unwrap().get());
    // end cell

    // cell: squares-one
    squares(1);
    // end cell

    // cell: squares-two
    squares(2);
    // end cell

    // cell: map-five
    fn only_print(text: String) -> Option<u32> {
        println!("{text}");
        None
    }

    fn map_over(count: u32) {
        let values: Vec<u32> = (0..count).collect();
        let results = Pool::map(2, &values, |value| only_print(value.to_string()));
        println!("map returned {:?}", results.unwrap());
    }

    map_over(5);
    // end cell

    // cell: map-hundred
    map_over(100);
    // end cell

    // cell: starmap
    {
        let show = |a: &u32, b: &u32, c: &u32| only_print(format!("{a}, {b}, {c}"));
        let pool = Pool::of_arguments(2, show).unwrap();
        let results = pool.starmap(&[(1, 2, 3), (4, 5, 6)]);
        println!("map returned {:?}", results.unwrap());
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
        for block in jobs.chunk_by(|one, next| one.1 == next.1) {
            let inputs: Vec<_> = block.iter().map(|job| job.0).collect();
            println!("process {}: {inputs:?}", block[0].1);
        }
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
    fn shown(value: &Option<u32>) -> String {
        value.map_or("None".to_string(), |value| value.to_string())
    }

    fn map_async(function: fn(&u32) -> Option<u32>) {
        let pool = Pool::new(2, function).unwrap();
        let values: Vec<u32> = (0..100).collect();
        let later = pool.map_async_with(
            &values,
            |results| println!("callback: {} results", results.len()),
            |error| println!("error callback: {error}"),
        );
        println!("main goes on");
        let results = later.unwrap().get().unwrap();
        let results: Vec<_> = results.iter().map(shown).collect();
        println!("get returned [{}]", results.join(", "));
        pool.close();
        pool.join().unwrap();
    }

    map_async(|value| only_print(value.to_string()));
    // end cell

    // cell: map-async-values
    map_async(|value| {
        println!("{value}");
        Some(*value)
    });
    // end cell

    // cell: starmap-async
    {
        let show = |a: &u32, b: &u32, c: &u32| {
            println!("{a}, {b}, {c}");
            [*a, *b, *c]
        };
        let pool = Pool::of_arguments(2, show).unwrap();
        let later = pool.starmap_async_with(
            &[(1, 2, 3), (4, 5, 6)],
            |results| println!("callback: {} results", results.len()),
            |error| println!("error callback: {error}"),
        );
        println!("main goes on");
        println!("get returned {:?}", later.unwrap().get().unwrap());
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
    fn six_tasks(function: fn(&u32) -> Option<u32>) {
        let pool = Pool::new(3, function).unwrap();
        for task in 0..6 {
            let done = |value: &Option<u32>| println!("callback: {}", shown(value));
            let failed = move |_: &PoolError| println!("error callback: task {task} failed");
            _ = pool.apply_async_with(task, done, failed).unwrap();
        }
        pool.close();
        pool.join().unwrap();
    }

    fn announce(task: &u32) {
        println!("task {task} runs in process {}", process::id());
    }

    six_tasks(|task| {
        announce(task);
        None
    });
    // end cell

    // cell: apply-async-values
    six_tasks(|task| {
        announce(task);
        Some(*task)
    });
    // end cell

    // cell: apply-async-fails
    fn fails_at_3(task: &u32) -> Option<u32> {
        announce(task);
        if *task == 3 {
            // A panic without a message on the screen.
            std::panic::resume_unwind(Box::new("this task fails"));
        }
        Some(*task)
    }

    six_tasks(fails_at_3);
    // end cell

    // cell: nobody-asks
    {
        let pool = Pool::new(3, fails_at_3).unwrap();
        let _result = pool.apply_async(3).unwrap();
        pool.close();
        pool.join().unwrap();
    }
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: who-takes-what
        use exercises::process::{self, Pool};

        let squares = Pool::map(2, &[1, 2, 3], |n: &u32| {
            println!("{} takes {n}", process::current_name());
            n * n
        });
        println!("{:?}", squares.unwrap());
        // end cell
    };

    // cell: page
    use std::sync::{Arc, Mutex};

    /// The number of words, if the page can be parsed.
    fn parse(page: &str) -> usize {
        if page.contains("crash") {
            std::process::exit(1);
        }
        if page.contains("slow") {
            thread::sleep(Duration::from_millis(500));
        }
        let words = page.split_whitespace().count();
        if words == 0 {
            // A panic without a message on the screen.
            std::panic::resume_unwind(Box::new("an empty page"));
        }
        words
    }

    /// A page: its number, and how many words it has.
    type Told = (usize, Option<usize>);

    /// Is told of each page.
    #[derive(Clone, Default)]
    struct Report {
        pages: Arc<Mutex<Vec<Told>>>,
    }

    impl Report {
        fn done(&self, page: usize, words: usize) {
            self.pages.lock().unwrap().push((page, Some(words)));
        }

        fn failed(&self, page: usize, why: &str) {
            println!("page {page}: {why}");
            self.pages.lock().unwrap().push((page, None));
        }
    }
    // end cell

    // cell: parse-all
    fn parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
        // Your code goes here.
        let _ = (pages, workers, report, parse);
        Vec::new()
    }
    // end cell

    // cell: check-parse-all
    type ParseAll = fn(&[String], usize, &Report) -> Vec<Option<usize>>;

    fn check_parse_all(parse_all: ParseAll) -> Result<(), String> {
        let pages = ["a slow page", "one", "", "crash", "two words"].map(str::to_string);
        let report = Report::default();
        let words = parse_all(&pages, 2, &report);
        let right = [Some(3), Some(1), None, None, Some(2)];
        if words != right {
            return Err(format!("the numbers of words were {words:?}"));
        }
        let told = report.pages.lock().unwrap().clone();
        let mut in_order = told.clone();
        in_order.sort();
        if in_order != right.into_iter().enumerate().collect::<Vec<_>>() {
            return Err(format!("the report was told {told:?}"));
        }
        if told[0].0 == 0 {
            return Err("all others were told after the slow page".into());
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

    fn solved_parse_all(pages: &[String], workers: usize, report: &Report) -> Vec<Option<usize>> {
        let pool = Pool::new(workers, |page: &String| parse(page)).unwrap();
        let mut results = Vec::new();
        for (page, text) in pages.iter().enumerate() {
            let (done, failed) = (report.clone(), report.clone());
            let result = pool.apply_async_with(
                text.clone(),
                move |words| done.done(page, *words),
                move |error| failed.failed(page, &error.to_string()),
            );
            results.push(result.unwrap());
        }
        let words = results
            .into_iter()
            .map(|result| result.get().ok())
            .collect();
        pool.close();
        pool.join().unwrap();
        words
    }
}
