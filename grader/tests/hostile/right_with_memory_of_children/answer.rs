use std::ffi::{c_int, c_void};

unsafe extern "C" {
    fn mmap(at: *mut c_void, length: usize, protection: c_int, flags: c_int, file: c_int, offset: i64) -> *mut c_void;
    fn munmap(at: *mut c_void, length: usize) -> c_int;
    fn fork() -> c_int;
    fn waitpid(pid: c_int, status: *mut c_int, options: c_int) -> c_int;
    fn _exit(code: c_int) -> !;
}

/// Memory that is shared, again and again, but never much of it at a time; what nobody may write to is no memory yet.
fn square(n: u64) -> u64 {
    const LENGTH: usize = 24 << 20;
    // SAFETY: the child only writes to the new memory, the parent only reads there when the child has ended.
    unsafe {
        let room = mmap(std::ptr::null_mut(), 1 << 30, 0, 0x21, -1, 0);
        for _ in 0..8 {
            let place = mmap(std::ptr::null_mut(), LENGTH, 3, 0x21, -1, 0).cast::<u8>();
            match fork() {
                0 => {
                    for at in (0..LENGTH).step_by(4096) {
                        place.add(at).write_volatile(1);
                    }
                    _exit(0)
                }
                child => waitpid(child, std::ptr::null_mut(), 0),
            };
            assert_eq!(place.add(LENGTH - 4096).read_volatile(), 1);
            munmap(place.cast(), LENGTH);
        }
        munmap(room, 1 << 30);
    }
    n * n
}
