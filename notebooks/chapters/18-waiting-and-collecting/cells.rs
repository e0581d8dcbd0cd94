//! The cells of chapter 18, and a solution of its task.

fn main() {
    // cell: imports
    use exercises::process::{Barrier, Process, Queue, Semaphore};
    use std::thread;
    use std::time::{Duration, Instant};
    // end cell

    // cell: smallest-std
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    {
        let mut numbers = Command::new("seq");
        let mut child = numbers
            .args(["0", "2"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            println!("{}", line.unwrap());
        }
        child.wait().unwrap();
    }
    // end cell

    // cell: smallest
    {
        let numbers = Queue::<u32>::unbounded().unwrap();
        let sender = numbers.clone();
        let mut child = Process::new("child", move || {
            for number in 0..3 {
                sender.put(number).unwrap();
            }
            sender.close();
        });
        child.start().unwrap();
        while let Some(number) = numbers.get().unwrap() {
            println!("{number}");
        }
        child.join().unwrap();
    }
    // end cell

    // cell: joined
    fn speak(i: u32, pause: Duration) {
        println!("calling func from process: {i}");
        thread::sleep(pause);
        for j in 0..i {
            println!("func output of process {i}: {j}");
        }
    }

    for i in 0..4 {
        let mut child = Process::new(format!("process {i}"), move || speak(i, Duration::ZERO));
        child.start().unwrap();
        child.join().unwrap();
    }
    // end cell

    // cell: together
    {
        let mut children = Vec::new();
        for i in 0..4 {
            let pause = Duration::from_millis(40);
            let mut child = Process::new(format!("process {i}"), move || speak(i, pause));
            child.start().unwrap();
            children.push(child);
        }
        for child in children {
            child.join().unwrap();
        }
    }
    // end cell

    // cell: semaphore
    {
        let one_at_a_time = Semaphore::new(1).unwrap();
        let mut children = Vec::new();
        for i in 0..4 {
            let semaphore = one_at_a_time.clone();
            let mut child = Process::new(format!("process {i}"), move || {
                println!("calling func from process: {i}");
                let _permit = semaphore.permit().unwrap();
                for j in 0..i {
                    println!("func output of process {i}: {j}");
                    thread::sleep(Duration::from_millis(10));
                }
            });
            child.start().unwrap();
            children.push(child);
        }
        for child in children {
            child.join().unwrap();
        }
    }
    // end cell

    // cell: counting
    fn counting(number: u32, last: u32) -> Process<'static> {
        let mut process = Process::new(format!("process {number}"), move || {
            println!(
                "process {number} runs with process ID {}",
                std::process::id()
            );
            for count in 1..=last {
                println!("process {number}: {count}");
                thread::sleep(Duration::from_millis(20));
            }
        });
        process.start().unwrap();
        process
    }

    {
        let processes = [1, 2].map(|number| counting(number, 5));
        println!("Processes started");
        for process in processes {
            process.join().unwrap();
        }
    }
    // end cell

    // cell: looked-at
    {
        let life = |process: &Process| {
            if process.is_alive() {
                "alive"
            } else {
                "not alive"
            }
        };
        let process = counting(1, 1000);
        let id = process.pid().unwrap();
        println!("process {id} while it runs: {}", life(&process));
        thread::sleep(Duration::from_millis(90));
        process.terminate().unwrap();
        println!("exit code {:?}", process.join().unwrap());
        println!("process {id} after terminate and join: {}", life(&process));
    }
    // end cell

    // cell: until-all-have-ended
    {
        for process in [1, 2].map(|number| counting(number, 3)) {
            process.join().unwrap();
        }
        println!("All processes have ended");
    }
    // end cell

    // cell: list-of-processes
    fn rounds(number: u32) -> Process<'static> {
        let mut process = Process::new(format!("process {number}"), move || {
            for round in 1..=3 {
                thread::sleep(Duration::from_millis(20));
                println!("process {number}: round {round}");
            }
        });
        process.start().unwrap();
        process
    }

    {
        let begin = Instant::now();
        for process in [1, 2, 3].map(rounds) {
            process.join().unwrap();
        }
        println!(
            "All processes have ended, {} ms",
            begin.elapsed().as_millis()
        );
    }
    // end cell

    // cell: join-in-the-loop
    {
        let begin = Instant::now();
        for number in 1..=3 {
            rounds(number).join().unwrap();
        }
        println!(
            "All processes have ended, {} ms",
            begin.elapsed().as_millis()
        );
    }
    // end cell

    // cell: nobody-waits
    {
        let processes = [1, 2, 3].map(rounds);
        println!("All processes have ended");
        // Later, so that nothing is left of them.
        for process in processes {
            process.join().unwrap();
        }
    }
    // end cell

    // cell: mistake-join-first
    fn sends_five(results: &Queue<u32>) -> Process<'static> {
        let sender = results.clone();
        let mut child = Process::new("child", move || {
            for number in 0..5 {
                sender.put(number).unwrap();
            }
            sender.close();
        });
        child.start().unwrap();
        child
    }

    {
        let results = Queue::bounded(2).unwrap();
        let child = sends_five(&results);
        let ended = child.join_timeout(Duration::from_millis(200)).unwrap();
        println!("the child has ended: {ended}");
        child.kill().unwrap();
        child.join().unwrap();
    }
    // end cell

    // cell: mended-collect-first
    {
        let results = Queue::bounded(2).unwrap();
        let child = sends_five(&results);
        let mut collected = Vec::new();
        while let Some(number) = results.get().unwrap() {
            collected.push(number);
        }
        println!("{collected:?}, exit code {:?}", child.join().unwrap());
    }
    // end cell

    // cell: mistake-release
    {
        let semaphore = Semaphore::new(1).unwrap();
        for _ in 0..4 {
            let _permit = semaphore.permit().unwrap();
            // One too many: the permit gives itself back at the end of the block.
            semaphore.release();
        }
        println!("permits: {}", semaphore.permits());
    }
    // end cell

    // cell: mended-release
    {
        let semaphore = Semaphore::new(1).unwrap();
        for _ in 0..4 {
            let _permit = semaphore.permit().unwrap();
        }
        println!("permits: {}", semaphore.permits());
    }
    // end cell

    // cell: one-queue-each
    {
        let begin = Instant::now();
        let mut children = Vec::new();
        for i in 0..3 {
            let lines = Queue::<String>::unbounded().unwrap();
            let sender = lines.clone();
            let mut child = Process::new(format!("process {i}"), move || {
                thread::sleep(Duration::from_millis(100));
                sender.put(format!("process {i}, line 1")).unwrap();
                sender.put(format!("process {i}, line 2")).unwrap();
                sender.close();
            });
            child.start().unwrap();
            children.push((child, lines));
        }
        for (child, lines) in children {
            while let Some(line) = lines.get().unwrap() {
                println!("{line}");
            }
            child.join().unwrap();
        }
        println!("{} ms", begin.elapsed().as_millis());
    }
    // end cell

    // cell: score
    /// What the choir sings. Before the first line, each singer waits for the others.
    #[derive(Clone)]
    struct Score {
        together: Barrier,
    }

    impl Score {
        fn new(singers: usize) -> Score {
            Score {
                together: Barrier::new(singers).unwrap(),
            }
        }

        fn sing(&self, singer: usize, line: usize) -> String {
            let alone = line == 0 && self.together.wait_timeout(Duration::from_secs(1)).is_err();
            let song = if alone { "alone" } else { "la" };
            format!("{singer} {line} {}", song.repeat(500))
        }
    }
    // end cell

    // cell: choir
    fn choir(singers: usize, lines: usize, score: &Score) -> Vec<String> {
        // Your code goes here.
        let _ = (singers, lines, score);
        Vec::new()
    }
    // end cell

    // cell: check-choir
    fn check_choir(choir: fn(usize, usize, &Score) -> Vec<String>) -> Result<(), String> {
        for (singers, lines) in [(1, 1), (3, 2), (4, 200)] {
            let text = choir(singers, lines, &Score::new(singers));
            if text.len() != singers * lines {
                return Err(format!(
                    "{singers} times {lines} lines: there are {}",
                    text.len()
                ));
            }
            for (place, line) in text.iter().enumerate() {
                let (singer, number) = (place / lines, place % lines);
                if !line.starts_with(&format!("{singer} {number} ")) {
                    return Err(format!(
                        "line {number} of singer {singer} is not in its place"
                    ));
                }
                if line.ends_with("alone") {
                    return Err(format!("singer {singer} had to begin alone"));
                }
            }
        }
        Ok(())
    }

    match check_choir(choir) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_choir(choir).is_err());
    assert_eq!(check_choir(solved_choir), Ok(()));

    fn solved_choir(singers: usize, lines: usize, score: &Score) -> Vec<String> {
        let mut voices = Vec::new();
        for singer in 0..singers {
            let voice = Queue::<String>::unbounded().unwrap();
            let (sender, score) = (voice.clone(), score.clone());
            let mut process = Process::new(format!("singer {singer}"), move || {
                for line in 0..lines {
                    sender.put(score.sing(singer, line)).unwrap();
                }
                sender.close();
            });
            process.start().unwrap();
            voices.push((process, voice));
        }
        let mut text = Vec::new();
        for (process, voice) in voices {
            while let Some(line) = voice.get().unwrap() {
                text.push(line);
            }
            process.join().unwrap();
        }
        text
    }
}
