fn square(n: u64) -> u64 {
    thread::spawn(move || {
        thread::sleep(std::time::Duration::from_millis(1));
        n * n
    })
    .join()
    .unwrap()
}
