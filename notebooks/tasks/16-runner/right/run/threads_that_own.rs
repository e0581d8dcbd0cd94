// Threads that own what they use; their results come through channels, and a channel is also the clock.
use std::sync::mpsc;

fn run(argv: &[&str], input: &[u8], limit: Duration) -> io::Result<Outcome> {
    let end = Instant::now() + limit;
    let mut command = Command::new(argv[0]);
    command.args(&argv[1..]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;

    fn collect(mut stream: impl Read + Send + 'static) -> thread::JoinHandle<io::Result<Vec<u8>>> {
        thread::spawn(move || {
            let mut all = Vec::new();
            let mut part = [0; 4096];
            loop {
                match stream.read(&mut part)? {
                    0 => return Ok(all),
                    count => all.extend_from_slice(&part[..count]),
                }
            }
        })
    }
    let out = collect(child.stdout.take().expect("it is piped"));
    let err = collect(child.stderr.take().expect("it is piped"));
    let (mut pipe, input) = (child.stdin.take().expect("it is piped"), input.to_vec());
    let feeder = thread::spawn(move || match pipe.write_all(&input) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    });

    let (_keep, tick) = mpsc::channel::<()>();
    let mut timed_out = false;
    let mut pause = Duration::from_micros(200);
    let status = loop {
        match child.try_wait()? {
            Some(status) => break status,
            None if Instant::now() >= end => {
                timed_out = true;
                child.kill()?;
                break child.wait()?;
            }
            None => {
                let _ = tick.recv_timeout(pause.min(end.saturating_duration_since(Instant::now())));
                pause = (pause * 2).min(Duration::from_millis(20));
            }
        }
    };
    feeder.join().expect("no panic")?;
    let (out, err) = (out.join().expect("no panic")?, err.join().expect("no panic")?);
    Ok(Outcome { code: status.code(), signal: status.signal(), timed_out, out, err })
}

// A pipe of one's own; main keeps neither of its ends.
fn pipe(first: &[&str], second: &[&str]) -> io::Result<Vec<u8>> {
    let (reading, writing) = io::pipe()?;
    let command = |argv: &[&str]| {
        let mut command = Command::new(argv[0]);
        command.args(&argv[1..]);
        command
    };
    let mut writer = command(first).stdout(writing).spawn()?;
    let reader = command(second).stdin(reading).stdout(Stdio::piped()).spawn();
    match reader {
        Ok(reader) => {
            let output = reader.wait_with_output()?;
            writer.wait()?;
            Ok(output.stdout)
        }
        Err(error) => {
            writer.kill()?;
            writer.wait()?;
            Err(error)
        }
    }
}
