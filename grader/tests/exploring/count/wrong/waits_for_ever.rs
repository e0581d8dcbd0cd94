// found: deadlock
fn count(_: u64, _: u64) -> u64 {
    loop {
        thread::park();
    }
}
