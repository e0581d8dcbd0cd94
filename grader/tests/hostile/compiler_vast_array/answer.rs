static VAST: [u64; 1 << 40] = [7; 1 << 40];

fn square(n: u64) -> u64 {
    n * n + VAST[n as usize]
}
