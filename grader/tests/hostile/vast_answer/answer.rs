fn square(n: u64) -> Vec<u64> {
    vec![n; 2_000_000]
}
