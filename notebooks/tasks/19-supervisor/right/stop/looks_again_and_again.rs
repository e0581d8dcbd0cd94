// It looks every few milliseconds until the grace is over.
use std::time::Instant;

fn stop(child: &Process, grace: Duration) -> Option<i32> {
    let end = Instant::now() + grace;
    if let Some(code) = child.exit_code() {
        return Some(code);
    }
    child.terminate().expect("it can be asked");
    loop {
        if let Some(code) = child.exit_code() {
            return Some(code);
        }
        let rest = end.saturating_duration_since(Instant::now());
        if rest.is_zero() {
            child.kill().expect("it can be killed");
            return child.join().expect("it is ours");
        }
        thread::sleep(rest.min(Duration::from_millis(3)));
    }
}
