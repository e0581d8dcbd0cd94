// kind: other
// Nobody looks at the clock.
fn run(argv: &[&str], input: &[u8], _limit: Duration) -> io::Result<Outcome> {
    let piped = Stdio::piped;
    let mut command = Command::new(argv[0]);
    let mut child = command.args(&argv[1..]).stdin(piped()).stdout(piped()).stderr(piped()).spawn()?;
    let (mut stdin, input) = (child.stdin.take().unwrap(), input.to_vec());
    let feeder = thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let all = child.wait_with_output()?;
    feeder.join().unwrap();
    let (code, signal) = (all.status.code(), all.status.signal());
    Ok(Outcome { code, signal, timed_out: false, out: all.stdout, err: all.stderr })
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
