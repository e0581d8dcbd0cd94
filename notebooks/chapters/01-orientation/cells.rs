//! The cells of chapter 1, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::process::{Lock, Process};
    use std::fs::{self, File, OpenOptions};
    use std::os::unix::fs::FileExt;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::thread;
    use std::time::{Duration, Instant};
    // end cell

    // cell: who
    println!(
        "process {}, {:?}",
        std::process::id(),
        thread::current().id()
    );
    // end cell

    // cell: who-thread
    {
        let who = || (std::process::id(), thread::current().id());
        let here = who();
        let there = thread::spawn(who).join().unwrap();
        println!("the same process: {}", here.0 == there.0);
        println!("the same thread: {}", here.1 == there.1);
    }
    // end cell

    // cell: who-process
    {
        let here = std::process::id();
        let mut child = Process::new("child", move || {
            println!("the same process: {}", here == std::process::id());
            let parent = std::os::unix::process::parent_id();
            println!("started by that process: {}", here == parent);
        });
        child.start().unwrap();
        child.join().unwrap();
    }
    // end cell

    // cell: memory
    {
        let number = Arc::new(AtomicU32::new(1));
        let (for_thread, for_child) = (number.clone(), number.clone());
        let thread = thread::spawn(move || for_thread.store(100, Ordering::SeqCst));
        thread.join().unwrap();
        println!("after the thread: {}", number.load(Ordering::SeqCst));

        let mut child = Process::new("child", move || for_child.store(500, Ordering::SeqCst));
        child.start().unwrap();
        child.join().unwrap();
        println!("after the process: {}", number.load(Ordering::SeqCst));
    }
    // end cell

    // cell: both-wait
    {
        let begin = Instant::now();
        thread::scope(|s| {
            for _ in 0..2 {
                s.spawn(|| thread::sleep(Duration::from_millis(100)));
            }
        });
        println!("{} ms", begin.elapsed().as_millis());
    }
    // end cell

    // cell: cores
    println!("{} cores", thread::available_parallelism().unwrap());
    // end cell

    // cell: cost
    {
        let begin = Instant::now();
        for _ in 0..100 {
            thread::spawn(|| {}).join().unwrap();
        }
        println!("a thread: {} µs", begin.elapsed().as_micros() / 100);

        let begin = Instant::now();
        for _ in 0..20 {
            let mut child = Process::new("child", || {});
            child.start().unwrap();
            child.join().unwrap();
        }
        println!("a process: {} µs", begin.elapsed().as_micros() / 20);
    }
    // end cell

    // cell: mistake-file
    fn add_one(file: &File) {
        let mut text = [0; 4];
        file.read_exact_at(&mut text, 0).unwrap();
        let number: u32 = String::from_utf8_lossy(&text).trim().parse().unwrap();
        // Long enough for the others to read the same number.
        thread::sleep(Duration::from_millis(5));
        let next = format!("{:4}", number + 1);
        file.write_all_at(next.as_bytes(), 0).unwrap();
    }

    fn count_in_a_file(lock: Option<&Lock>) -> String {
        let path = std::env::temp_dir().join(format!("weft-count-{}", std::process::id()));
        fs::write(&path, "   0").unwrap();
        let mut children = Vec::new();
        for i in 0..4 {
            let (path, lock) = (path.clone(), lock.cloned());
            let mut child = Process::new(format!("child {i}"), move || {
                let file = OpenOptions::new()
                    .read(true)
                    .write(true)
                    .open(&path)
                    .unwrap();
                for _ in 0..3 {
                    let _guard = lock.as_ref().map(|lock| lock.lock().unwrap());
                    add_one(&file);
                }
            });
            child.start().unwrap();
            children.push(child);
        }
        for child in children {
            child.join().unwrap();
        }
        let text = fs::read_to_string(&path).unwrap();
        fs::remove_file(&path).unwrap();
        text.trim().to_string()
    }

    println!("12 times 1, and the file says {}", count_in_a_file(None));
    // end cell

    // cell: mended-file
    {
        let lock = Lock::new().unwrap();
        println!(
            "12 times 1, and the file says {}",
            count_in_a_file(Some(&lock))
        );
    }
    // end cell

    // cell: timeline
    {
        let pause = |ms| thread::sleep(Duration::from_millis(ms));
        let short = thread::spawn(move || {
            pause(20);
            println!("short: ready");
        });
        let long = thread::spawn(move || {
            pause(60);
            println!("long: ready");
        });
        short.join().unwrap();
        long.join().unwrap();
        println!("main: both are back");
    }
    // end cell

    // cell: from-rust
    use exercises::catalogue;
    use exercises::lesson::Scene;
    use exercises::run::{Request, run};

    /// What happened in a run.
    struct Record {
        lines: Vec<String>,
        guaranteed: Vec<String>,
        likely: Vec<String>,
    }

    /// Plays an exercise, twenty times as fast.
    fn play(id: &str, scenario: i64, n: i64) -> Record {
        let lesson = catalogue::find(id).unwrap();
        let mut request = Request::new(lesson, Scene::from_number(scenario).unwrap());
        for count in lesson.parameters {
            request.params.insert(count.name.to_string(), n);
        }
        request.time_scale = Some(0.05);
        let played = run(request, &mut |_| {}).unwrap();
        let lines = played.lines.into_iter();
        let guaranteed = played.order.guaranteed.into_iter();
        let likely = played.order.likely.into_iter();
        Record {
            lines: lines
                .map(|line| format!("{}: {}", line.line.who, line.line.what))
                .collect(),
            guaranteed: guaranteed.map(|rule| rule.rule).collect(),
            likely: likely.map(|rule| rule.rule).collect(),
        }
    }

    {
        let record = play("s1e1", 2, 3);
        println!("lines: {:?}", record.lines);
        println!("guaranteed: {:?}", record.guaranteed);
        println!("only likely: {:?}", record.likely);
    }
    // end cell

    // cell: wishes
    {
        println!("exercise s9e9: {}", catalogue::find("s9e9").is_some());
        println!("scenario 9: {}", Scene::from_number(9).is_some());
        let lesson = catalogue::find("s1e1").unwrap();
        let mut request = Request::new(lesson, Scene::First);
        request.params.insert("n_threads".to_string(), -5);
        if let Err(error) = run(request, &mut |_| {}) {
            println!("-5 threads: {error}");
        }
    }
    // end cell

    // cell: card-type
    #[derive(Debug, PartialEq)]
    struct Card {
        lines: usize,
        promised: bool,
    }
    // end cell

    // cell: card
    fn card(id: &str, scenario: i64, n: i64) -> Card {
        // Your code goes here.
        let _ = (id, scenario, n);
        Card {
            lines: 0,
            promised: false,
        }
    }
    // end cell

    // cell: check-card
    fn check_card(card: fn(&str, i64, i64) -> Card) -> Result<(), String> {
        let promised = [
            ("s1e1", [true, false, false]),
            ("s2e5", [true, false, false]),
            ("s4e4", [false, true, false]),
            ("s4e8", [false, true, false]),
        ];
        for (n, (id, promised)) in (2..).zip(promised) {
            for (scenario, promised) in (1..).zip(promised) {
                let lines = play(id, scenario, n).lines.len();
                let right = Card { lines, promised };
                let yours = card(id, scenario, n);
                if yours != right {
                    return Err(format!(
                        "{id}, scenario {scenario}, n = {n}: your card says {yours:?}"
                    ));
                }
            }
        }
        Ok(())
    }

    match check_card(card) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_card(card).is_err());
    assert_eq!(check_card(solved_card), Ok(()));
    assert!(check_card(believes_its_eyes).is_err());

    fn solved_card(id: &str, scenario: i64, n: i64) -> Card {
        let record = play(id, scenario, n);
        let mut guaranteed = record.guaranteed.iter();
        Card {
            lines: record.lines.len(),
            promised: guaranteed.any(|rule| rule.starts_with("sequential")),
        }
    }

    /// The mistake of the chapter: an order that was seen is taken for one that was promised.
    fn believes_its_eyes(id: &str, scenario: i64, n: i64) -> Card {
        let record = play(id, scenario, n);
        Card {
            lines: record.lines.len(),
            promised: record.lines.is_sorted(),
        }
    }
}
