// kind: deadlock
// It waits for the end and reads then: a program that writes more than a pipe holds does not come to its end.
fn run(argv: &[&str], input: &[u8], limit: Duration) -> io::Result<Outcome> {
    let begin = Instant::now();
    let piped = Stdio::piped;
    let mut command = Command::new(argv[0]);
    let mut child = command.args(&argv[1..]).stdin(piped()).stdout(piped()).stderr(piped()).spawn()?;
    let (mut stdin, input) = (child.stdin.take().unwrap(), input.to_vec());
    let feeder = thread::spawn(move || {
        let _ = stdin.write_all(&input);
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
    feeder.join().unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    child.stdout.take().unwrap().read_to_end(&mut out)?;
    child.stderr.take().unwrap().read_to_end(&mut err)?;
    Ok(Outcome { code: status.code(), signal: status.signal(), timed_out, out, err })
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
