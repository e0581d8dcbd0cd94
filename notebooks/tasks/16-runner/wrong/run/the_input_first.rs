// kind: deadlock
// First all input, then the output: with more than the pipes hold, both wait for each other.
fn run(argv: &[&str], input: &[u8], limit: Duration) -> io::Result<Outcome> {
    let begin = Instant::now();
    let piped = Stdio::piped;
    let mut command = Command::new(argv[0]);
    let mut child = command.args(&argv[1..]).stdin(piped()).stdout(piped()).stderr(piped()).spawn()?;
    let _ = child.stdin.take().unwrap().write_all(input);
    let (mut stdout, mut stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    thread::scope(|s| {
        let out = s.spawn(move || {
            let mut bytes = Vec::new();
            stdout.read_to_end(&mut bytes).map(|_| bytes)
        });
        let err = s.spawn(move || {
            let mut bytes = Vec::new();
            stderr.read_to_end(&mut bytes).map(|_| bytes)
        });
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
        let (out, err) = (out.join().unwrap()?, err.join().unwrap()?);
        Ok(Outcome { code: status.code(), signal: status.signal(), timed_out, out, err })
    })
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
