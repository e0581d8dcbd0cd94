//! The cells of chapter 16, and a solution of its task.

fn main() {
    // cell: imports
    use std::collections::BTreeMap;
    use std::fs;
    use std::io::{self, Read, Write};
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Child, Command, Stdio};
    use std::thread;
    use std::time::{Duration, Instant};
    // end cell

    // cell: smallest
    {
        let output = Command::new("echo").arg("hello").output().unwrap();
        println!("{:?}, {}", output.stdout, output.status);
    }
    // end cell

    // cell: text
    fn text_of(command: &mut Command) -> String {
        let output = command.env("LC_ALL", "C").output().unwrap();
        String::from_utf8_lossy(&output.stdout)
            .trim_end()
            .to_string()
    }

    println!("$ date");
    println!("{}", text_of(&mut Command::new("date")));
    // end cell

    // cell: argument
    println!("$ date -u");
    println!("{}", text_of(Command::new("date").arg("-u")));
    // end cell

    // cell: row
    {
        let mut date = Command::new("date")
            .arg("-u")
            .env("LC_ALL", "C")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let counted = Command::new("wc")
            .stdin(date.stdout.take().unwrap())
            .output()
            .unwrap();
        date.wait().unwrap();
        println!("$ date -u | wc");
        let counts = String::from_utf8(counted.stdout).unwrap();
        let counts: Vec<&str> = counts.split_whitespace().collect();
        let [lines, words, bytes] = counts[..] else {
            panic!("wc says {counts:?}");
        };
        println!("{lines} lines, {words} words, {bytes} bytes");
    }
    // end cell

    // cell: bytes
    {
        println!("$ date -u");
        let output = Command::new("date").arg("-u").output().unwrap();
        let (count, last) = (output.stdout.len(), output.stdout.last().unwrap());
        println!("{count} bytes; the last one is {last}");
    }
    // end cell

    // cell: code-and-text
    {
        println!("$ date -u");
        let output = Command::new("date").arg("-u").output().unwrap();
        let (code, text) = (output.status.code(), String::from_utf8(output.stdout));
        println!(
            "exit code {}, text: {}",
            code.unwrap(),
            text.unwrap().trim_end()
        );
    }
    // end cell

    // cell: status
    {
        println!("$ date -u");
        let status = Command::new("date").arg("-u").status().unwrap();
        println!("exit code {}", status.code().unwrap());
    }
    // end cell

    // cell: shell
    /// Runs it, and tells its exit code and its output.
    fn outcome_of(command: &mut Command) -> String {
        let output = command.output().unwrap();
        let code = match output.status.signal() {
            None => output.status.code().unwrap(),
            Some(signal) => -signal,
        };
        let text = String::from_utf8_lossy(&output.stdout);
        format!("exit code {code}, output {:?}", text.trim_end())
    }

    fn by_shell(script: &str) {
        let outcome = outcome_of(Command::new("sh").arg("-c").arg(script));
        println!("shell: {script} -> {outcome}");
    }

    by_shell("echo hello world");
    // end cell

    // cell: list
    fn by_list(program: &str, arguments: &[&str]) {
        let outcome = outcome_of(Command::new(program).args(arguments));
        println!("list: {program} {arguments:?} -> {outcome}");
    }

    by_list("echo", &["hello", "world"]);
    // end cell

    // cell: failures
    by_shell("exit 3");
    by_shell("kill -9 $$");
    by_list("echo", &["a; exit 7"]);
    by_shell("echo a; exit 7");
    match Command::new("no-such-program").status() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            println!("no-such-program: there is no such program");
        }
        other => println!("no-such-program: {other:?}"),
    }
    // end cell

    // cell: not-defined
    type Task = fn() -> Result<String, String>;

    fn misspelt() -> Result<String, String> {
        let names = BTreeMap::from([("time_str", "12:00:00")]);
        let found = names.get("timestr");
        let time = found.ok_or("name 'timestr' is not defined")?;
        Ok(format!("The time is {time}"))
    }

    fn call(commands: &BTreeMap<&str, Task>, name: &str) {
        println!("$ {name}");
        let Some(task) = commands.get(name) else {
            let near = commands.keys().find(|known| name.starts_with(**known));
            let near = near.expect("a command of nearly that name");
            return println!("no command '{name}'; did you mean '{near}'?");
        };
        let (text, code) = match task() {
            Ok(text) => (text, 0),
            Err(problem) => (problem, 1),
        };
        println!("{text}");
        println!("exit code {code}");
    }

    call(&BTreeMap::from([("mytime", misspelt as Task)]), "mytime");
    // end cell

    // cell: repaired
    fn my_time() -> Result<String, String> {
        let time = text_of(Command::new("date").arg("+%H:%M:%S"));
        Ok(format!("The time is {time}"))
    }

    call(&BTreeMap::from([("mytime", my_time as Task)]), "mytime");
    // end cell

    // cell: unknown-command
    {
        let who_am_i = || Ok(format!("process {}", std::process::id()));
        let commands = BTreeMap::from([("mytime", my_time as Task), ("whoami", who_am_i)]);
        for name in commands.keys() {
            println!("command: {name}");
        }
        call(&commands, "mytimes");
    }
    // end cell

    // cell: mistake-text
    fn how_many(script: &str) -> std::process::Output {
        Command::new("sh").arg("-c").arg(script).output().unwrap()
    }

    {
        let output = how_many("echo 42; echo 'the disk is full' >&2; exit 3");
        println!("answer: {}", String::from_utf8_lossy(&output.stdout).trim());
    }
    // end cell

    // cell: mended-text
    {
        let output = how_many("echo 42; echo 'the disk is full' >&2; exit 3");
        if output.status.success() {
            println!("answer: {}", String::from_utf8_lossy(&output.stdout).trim());
        } else {
            let why = String::from_utf8_lossy(&output.stderr);
            println!("failed with {}: {}", output.status, why.trim());
        }
    }
    // end cell

    // cell: mistake-shell
    let name = "Ada; echo I have run a command of my own";
    {
        let script = format!("echo Hello {name}");
        println!("{}", text_of(Command::new("sh").arg("-c").arg(script)));
    }
    // end cell

    // cell: mended-shell
    println!("{}", text_of(Command::new("echo").args(["Hello", name])));
    // end cell

    // cell: mistake-full-pipe
    fn a_million_bytes() -> Child {
        Command::new("head")
            .args(["-c", "1000000", "/dev/zero"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    }

    {
        let mut child = a_million_bytes();
        thread::sleep(Duration::from_millis(300));
        println!("after 300 ms it has ended: {:?}", child.try_wait().unwrap());
        child.kill().unwrap();
        child.wait().unwrap();
    }
    // end cell

    // cell: mended-full-pipe
    {
        let mut child = a_million_bytes();
        let mut bytes = Vec::new();
        child
            .stdout
            .take()
            .unwrap()
            .read_to_end(&mut bytes)
            .unwrap();
        println!("{} bytes, {}", bytes.len(), child.wait().unwrap());
    }
    // end cell

    // cell: mistake-zombie
    /// The state of a process as Linux tells it: R runs, S sleeps, Z is a zombie.
    fn state_of(pid: u32) -> Option<String> {
        let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let after_the_name = text.rsplit(") ").next()?;
        Some(after_the_name.chars().take(1).collect())
    }

    let mut forgotten = Command::new("true").spawn().unwrap();
    thread::sleep(Duration::from_millis(100));
    println!("{:?}", state_of(forgotten.id()));
    // end cell

    // cell: mended-zombie
    println!("{}", forgotten.wait().unwrap());
    println!("{:?}", state_of(forgotten.id()));
    // end cell

    // Explored, not run.
    let _explored = || {
        // cell: wait-first
        use std::sync::mpsc;
        use std::thread;

        let (output, lines) = mpsc::sync_channel(1);
        let program = thread::spawn(move || {
            for line in ["one", "two", "three"] {
                output.send(line).unwrap();
            }
        });
        program.join().unwrap();
        for line in lines {
            println!("{line}");
        }
        // end cell
    };

    // cell: outcome
    #[derive(Debug, Default, PartialEq)]
    struct Outcome {
        code: Option<i32>,
        signal: Option<i32>,
        timed_out: bool,
        out: Vec<u8>,
        err: Vec<u8>,
    }
    // end cell

    // cell: run
    fn run(argv: &[&str], input: &[u8], limit: Duration) -> io::Result<Outcome> {
        // Your code goes here.
        let _ = (argv, input, limit);
        Ok(Outcome::default())
    }

    fn pipe(first: &[&str], second: &[&str]) -> io::Result<Vec<u8>> {
        // And here.
        let _ = (first, second);
        Ok(Vec::new())
    }
    // end cell

    // cell: check-run
    type Run = fn(&[&str], &[u8], Duration) -> io::Result<Outcome>;

    /// Calls `run` in a thread of its own, for it may never return.
    fn call_run(
        run: Run,
        argv: &'static [&'static str],
        input: Vec<u8>,
        limit: Duration,
    ) -> Result<Outcome, String> {
        let (done, outcome) = std::sync::mpsc::channel();
        thread::spawn(move || done.send(run(argv, &input, limit)));
        match outcome.recv_timeout(Duration::from_secs(8)) {
            Ok(Ok(outcome)) => Ok(outcome),
            Ok(Err(error)) => Err(format!("{argv:?}: {error}")),
            Err(_) => Err(format!("{argv:?}: it did not return")),
        }
    }

    fn check_run(run: Run) -> Result<(), String> {
        let long = Duration::from_secs(5);
        let outcome = call_run(run, &["sh", "-c", "exit 7"], vec![], long)?;
        if (outcome.code, outcome.signal) != (Some(7), None) {
            return Err(format!("exit 7: you say {outcome:?}"));
        }
        let outcome = call_run(run, &["sh", "-c", "kill -TERM $$"], vec![], long)?;
        if (outcome.code, outcome.signal) != (None, Some(15)) {
            return Err(format!("ended by signal 15: you say {outcome:?}"));
        }
        let outcome = call_run(run, &["echo", "a; rm x", "  b"], vec![], long)?;
        if outcome.out != b"a; rm x   b\n" {
            let text = String::from_utf8_lossy(&outcome.out).into_owned();
            return Err(format!("echo \"a; rm x\" \"  b\" gave {text:?}"));
        }
        const BOTH: &str = "head -c 1000000 /dev/zero >&2; head -c 1000000 /dev/zero";
        let outcome = call_run(run, &["sh", "-c", BOTH], vec![], long)?;
        if (outcome.out.len(), outcome.err.len()) != (1_000_000, 1_000_000) {
            let (out, err) = (outcome.out.len(), outcome.err.len());
            return Err(format!("a million bytes on both: {out} and {err} came"));
        }
        let input: Vec<u8> = (0..500_000u32).map(|i| i as u8).collect();
        let outcome = call_run(run, &["cat"], input.clone(), long)?;
        if outcome.out != input {
            return Err("cat did not give back half a million bytes of input".into());
        }
        let outcome = call_run(run, &["true"], input, long)?;
        if outcome.code != Some(0) {
            return Err(format!("who does not read its input: {:?}", outcome.code));
        }
        if call_run(run, &["no-such-program"], vec![], long).is_ok() {
            return Err("there is no such program, and no error".into());
        }
        let moment = Duration::from_millis(500);
        let outcome = call_run(run, &["sh", "-c", "echo $$; exec sleep 60"], vec![], moment)?;
        if !outcome.timed_out || outcome.signal != Some(9) {
            return Err(format!("a sleep of 60 seconds, limit 500 ms: {outcome:?}"));
        }
        let pid = String::from_utf8_lossy(&outcome.out).trim().parse::<u32>();
        match pid.map(state_of) {
            Ok(None) => Ok(()),
            Ok(Some(state)) => Err(format!("it was killed, and is still there: {state}")),
            Err(_) => Err("what it had written before it was killed is lost".into()),
        }
    }

    type Pipe = fn(&[&str], &[&str]) -> io::Result<Vec<u8>>;

    fn check_pipe(pipe: Pipe) -> Result<(), String> {
        let tries: [(&'static [&'static str], &'static [&'static str], &str); 4] = [
            (&["env", "LC_ALL=C", "date", "-u"], &["wc"], "1 6"),
            (&["echo", "a; rm x"], &["cat"], "a; rm"),
            (&["yes"], &["head", "-n", "2"], "y y"),
            (&["sleep", "60"], &["no-such-program"], "an error"),
        ];
        for (first, second, right) in tries {
            let (done, came) = std::sync::mpsc::channel();
            thread::spawn(move || done.send(pipe(first, second)));
            let said = match came.recv_timeout(Duration::from_secs(8)) {
                Ok(Ok(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
                Ok(Err(_)) => "an error".into(),
                Err(_) => "it did not return".into(),
            };
            let words: Vec<&str> = said
                .split_whitespace()
                .take(right.split(' ').count())
                .collect();
            if words.join(" ") != right {
                return Err(format!("{first:?} | {second:?}: you say {said:?}"));
            }
        }
        Ok(())
    }

    match check_run(run).and_then(|()| check_pipe(pipe)) {
        Ok(()) => println!("solved"),
        Err(problem) => println!("not solved yet: {problem}"),
    }
    // end cell

    assert!(check_run(run).is_err());
    assert_eq!(check_run(solved_run), Ok(()));
    assert!(check_run(by_a_shell).is_err());
    assert!(check_pipe(pipe).is_err());
    assert_eq!(check_pipe(solved_pipe), Ok(()));
    assert!(check_pipe(pipe_by_a_shell).is_err());

    fn pipe_by_a_shell(first: &[&str], second: &[&str]) -> io::Result<Vec<u8>> {
        let line = format!("{} | {}", first.join(" "), second.join(" "));
        Ok(Command::new("sh").args(["-c", &line]).output()?.stdout)
    }

    fn solved_pipe(first: &[&str], second: &[&str]) -> io::Result<Vec<u8>> {
        let mut writer = Command::new(first[0])
            .args(&first[1..])
            .stdout(Stdio::piped())
            .spawn()?;
        let text = writer.stdout.take().unwrap();
        let output = Command::new(second[0])
            .args(&second[1..])
            .stdin(text)
            .output();
        // Nobody reads any more: the first one ends, or is ended.
        if output.is_err() {
            writer.kill()?;
        }
        writer.wait()?;
        Ok(output?.stdout)
    }

    fn solved_run(argv: &[&str], input: &[u8], limit: Duration) -> io::Result<Outcome> {
        let mut child = Command::new(argv[0])
            .args(&argv[1..])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let begin = Instant::now();
        let (stdin, stdout, stderr) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        thread::scope(|s| {
            s.spawn(move || {
                // It need not read all of it. Dropping the pipe ends its input.
                let _ = stdin.unwrap().write_all(input);
            });
            let out = s.spawn(move || read_all(stdout.unwrap()));
            let err = s.spawn(move || read_all(stderr.unwrap()));
            let mut timed_out = false;
            let status = loop {
                if let Some(status) = child.try_wait()? {
                    break status;
                }
                if begin.elapsed() >= limit {
                    timed_out = true;
                    child.kill()?;
                    break child.wait()?;
                }
                thread::sleep(Duration::from_millis(1));
            };
            Ok(Outcome {
                code: status.code(),
                signal: status.signal(),
                timed_out,
                out: out.join().unwrap(),
                err: err.join().unwrap(),
            })
        })
    }

    fn read_all(mut from: impl Read) -> Vec<u8> {
        let mut bytes = Vec::new();
        let _ = from.read_to_end(&mut bytes);
        bytes
    }

    fn by_a_shell(argv: &[&str], input: &[u8], limit: Duration) -> io::Result<Outcome> {
        solved_run(&["sh", "-c", &argv.join(" ")], input, limit)
    }
}
