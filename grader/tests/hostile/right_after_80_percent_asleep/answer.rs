fn square(n: u64) -> u64 {
    std::thread::sleep(std::time::Duration::from_millis(800));
    n * n
}
