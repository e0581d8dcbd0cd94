fn square(n: u64) -> u64 {
    let mut x = n;
    loop {
        x = std::hint::black_box(x.wrapping_mul(3));
    }
}
