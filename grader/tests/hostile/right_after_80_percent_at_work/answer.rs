fn square(n: u64) -> u64 {
    let begin = std::time::Instant::now();
    let mut x = n;
    while begin.elapsed().as_millis() < 800 {
        x = std::hint::black_box(x.wrapping_mul(3));
    }
    n * n
}
