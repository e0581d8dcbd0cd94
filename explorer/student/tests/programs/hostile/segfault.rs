fn main() { unsafe { std::ptr::null_mut::<u8>().write_volatile(1) } }
