unsafe extern "C" {
    fn send(socket: i32, from: *const u8, length: usize, flags: i32) -> isize;
}

fn square(_: u64) -> u64 {
    let packet = [2u8; 64];
    // SAFETY: the buffer has this length.
    unsafe { send(3, packet.as_ptr(), packet.len(), 0) };
    1
}
