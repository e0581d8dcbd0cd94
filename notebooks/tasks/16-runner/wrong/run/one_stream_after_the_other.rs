// kind: deadlock
// stdout to its end, and only then stderr: a program that fills stderr first waits for ever.
fn run(argv: &[&str], input: &[u8], limit: Duration) -> io::Result<Outcome> {
    let begin = Instant::now();
    let piped = Stdio::piped;
    let mut command = Command::new(argv[0]);
    let mut child = command.args(&argv[1..]).stdin(piped()).stdout(piped()).stderr(piped()).spawn()?;
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut stderr = child.stderr.take().unwrap();
    thread::scope(|s| {
        s.spawn(move || {
            let _ = stdin.write_all(input);
        });
        let both = s.spawn(move || {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            stdout.read_to_end(&mut out)?;
            stderr.read_to_end(&mut err)?;
            io::Result::Ok((out, err))
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
        let (out, err) = both.join().unwrap()?;
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
