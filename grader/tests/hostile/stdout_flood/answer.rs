fn square(n: u64) -> u64 {
    for _ in 0..100_000_000 {
        println!("all work and no play");
    }
    n * n
}
