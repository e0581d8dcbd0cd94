fn square(n: u64) -> u64 {
    unsafe { std::ptr::read(&n) * n }
}
