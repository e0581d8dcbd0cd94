// One thread waits for the program behind a lock; whoever watches the clock looks in and kills.
use std::sync::{Condvar, Mutex};

fn run(argv: &[&str], input: &[u8], limit: Duration) -> io::Result<Outcome> {
    let (program, arguments) = argv.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let piped = || Stdio::piped();
    let mut child =
        Command::new(program).args(arguments).stdin(piped()).stdout(piped()).stderr(piped()).spawn()?;
    let mut stdin = child.stdin.take().unwrap();
    let (mut stdout, mut stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let mut outcome = Outcome::default();
    let (over, ended) = (Mutex::new(false), Condvar::new());
    let child = Mutex::new(child);
    let (out, err) = (&mut outcome.out, &mut outcome.err);
    let (status, timed_out) = thread::scope(|s| {
        s.spawn(move || {
            let _ = stdin.write_all(input);
        });
        s.spawn(move || stdout.read_to_end(out));
        s.spawn(move || stderr.read_to_end(err));
        let watch = s.spawn(|| {
            let guard = over.lock().unwrap();
            let (guard, waited) = ended.wait_timeout_while(guard, limit, |over| !*over).unwrap();
            let late = waited.timed_out() && !*guard;
            if late {
                let _ = child.lock().unwrap().kill();
            }
            late
        });
        let status = loop {
            if let Some(status) = child.lock().unwrap().try_wait()? {
                break status;
            }
            thread::park_timeout(Duration::from_millis(2));
        };
        *over.lock().unwrap() = true;
        ended.notify_all();
        io::Result::Ok((status, watch.join().unwrap()))
    })?;
    outcome.timed_out = timed_out && status.signal() == Some(9);
    outcome.code = status.code();
    outcome.signal = status.signal();
    Ok(outcome)
}

// A thread carries what the first one writes to the second.
fn pipe(first: &[&str], second: &[&str]) -> io::Result<Vec<u8>> {
    let mut reader =
        Command::new(second[0]).args(&second[1..]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut to = reader.stdin.take().unwrap();
    let writer = Command::new(first[0]).args(&first[1..]).stdout(Stdio::piped()).spawn();
    let Ok(mut writer) = writer else {
        drop(to);
        reader.wait()?;
        return Err(writer.unwrap_err());
    };
    let mut from = writer.stdout.take().unwrap();
    let carrier = thread::spawn(move || {
        // When the second one reads no more, the first one has nobody to write to: `from` goes here.
        let _ = io::copy(&mut from, &mut to);
    });
    let output = reader.wait_with_output()?;
    carrier.join().unwrap();
    writer.wait()?;
    Ok(output.stdout)
}
