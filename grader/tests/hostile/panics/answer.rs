fn square(n: u64) -> u64 {
    let all: Vec<u64> = Vec::new();
    all[n as usize]
}
