use std::ffi::{c_int, c_void};

unsafe extern "C" {
    fn mmap(at: *mut c_void, length: usize, protection: c_int, flags: c_int, file: c_int, offset: i64) -> *mut c_void;
    fn fork() -> c_int;
    fn waitpid(pid: c_int, status: *mut c_int, options: c_int) -> c_int;
    fn _exit(code: c_int) -> !;
}

/// Memory that is shared, written to by a child that has ended: it is in no process that is left.
fn square(_: u64) -> u64 {
    const LENGTH: usize = 24 << 20;
    loop {
        // SAFETY: hostile code needs none; the child only writes to the new memory.
        unsafe {
            let place = mmap(std::ptr::null_mut(), LENGTH, 3, 0x21, -1, 0).cast::<u8>();
            if place as isize == -1 {
                continue;
            }
            match fork() {
                0 => {
                    for at in (0..LENGTH).step_by(4096) {
                        place.add(at).write_volatile(1);
                    }
                    _exit(0)
                }
                child => waitpid(child, std::ptr::null_mut(), 0),
            };
        }
    }
}
