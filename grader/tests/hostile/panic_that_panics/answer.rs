struct Again;

impl Drop for Again {
    fn drop(&mut self) {
        panic!("again");
    }
}

fn square(_: u64) -> u64 {
    std::panic::panic_any(Again)
}
