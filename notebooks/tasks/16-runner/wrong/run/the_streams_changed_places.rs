// kind: other
// What belongs to stderr is in out, and the other way round.
fn run(argv: &[&str], input: &[u8], limit: Duration) -> io::Result<Outcome> {
    let mut child = Command::new(argv[0])
        .args(&argv[1..])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let begin = Instant::now();
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
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
            out: err.join().unwrap(),
            err: out.join().unwrap(),
        })
    })
}

fn read_all(mut from: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = from.read_to_end(&mut bytes);
    bytes
}

fn pipe(first: &[&str], second: &[&str]) -> io::Result<Vec<u8>> {
    let mut writer = Command::new(first[0]).args(&first[1..]).stdout(Stdio::piped()).spawn()?;
    let text = writer.stdout.take().unwrap();
    let output = Command::new(second[0]).args(&second[1..]).stdin(text).output();
    // Nobody reads any more: the first one ends, or is ended.
    if output.is_err() {
        writer.kill()?;
    }
    writer.wait()?;
    Ok(output?.stdout)
}
