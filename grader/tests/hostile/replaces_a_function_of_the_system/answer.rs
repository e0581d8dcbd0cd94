#[unsafe(no_mangle)]
pub extern "C" fn send(_: i32, _: *const u8, length: usize, _: i32) -> isize {
    length as isize
}

fn square(n: u64) -> u64 {
    n * n
}
