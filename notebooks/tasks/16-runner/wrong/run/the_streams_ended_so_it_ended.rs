// kind: luck
// The end of both streams is taken for the end of the program: after it, the wait has no limit.
use std::sync::mpsc;

fn run(argv: &[&str], input: &[u8], limit: Duration) -> io::Result<Outcome> {
    let piped = Stdio::piped;
    let mut command = Command::new(argv[0]);
    let mut child = command.args(&argv[1..]).stdin(piped()).stdout(piped()).stderr(piped()).spawn()?;
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut stderr = child.stderr.take().unwrap();
    thread::scope(|s| {
        s.spawn(move || {
            let _ = stdin.write_all(input);
        });
        let (tell, told) = mpsc::channel::<()>();
        let tell_too = tell.clone();
        let out = s.spawn(move || {
            let _tell = tell;
            let mut bytes = Vec::new();
            stdout.read_to_end(&mut bytes).map(|_| bytes)
        });
        let err = s.spawn(move || {
            let _tell = tell_too;
            let mut bytes = Vec::new();
            stderr.read_to_end(&mut bytes).map(|_| bytes)
        });
        let timed_out = told.recv_timeout(limit) == Err(mpsc::RecvTimeoutError::Timeout);
        if timed_out {
            child.kill()?;
        }
        let status = child.wait()?;
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
