unsafe extern "C" {
    fn fork() -> i32;
}

fn square(n: u64) -> u64 {
    // SAFETY: hostile code needs none; both go on, in the same place.
    let pid = unsafe { fork() };
    if pid != 0 {
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
    n * n
}
