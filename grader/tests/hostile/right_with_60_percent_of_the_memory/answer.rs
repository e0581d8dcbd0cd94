fn square(n: u64) -> u64 {
    let all = vec![1u8; 76 << 20];
    n * n + u64::from(all[n as usize]) - 1
}
