fn square(n: u64) -> u64 {
    std::thread::spawn(|| std::thread::sleep(std::time::Duration::from_secs(1000)));
    n * n
}
