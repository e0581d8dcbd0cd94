use std::ffi::{c_int, c_long, c_void};

unsafe extern "C" {
    fn syscall(number: c_long, ...) -> c_long;
    fn ptrace(request: c_int, ...) -> c_long;
    fn unshare(flags: c_int) -> c_int;
    fn socket(family: c_int, kind: c_int, protocol: c_int) -> c_int;
    fn setuid(user: u32) -> c_int;
    fn chroot(path: *const i8) -> c_int;
}

fn square(n: u64) -> u64 {
    let nothing = std::ptr::null::<c_void>();
    // SAFETY: hostile code needs none; the pointers are null.
    let got = unsafe {
        [
            ptrace(0, 0, nothing, nothing) >= 0,
            ptrace(16, 1, nothing, nothing) >= 0,
            unshare(0x1000_0000) >= 0,
            syscall(425, 1, nothing) >= 0,
            syscall(321, 0, nothing, 0) >= 0,
            syscall(298, nothing, 0, -1, -1, 0) >= 0,
            syscall(323, 0) >= 0,
            socket(16, 3, 0) >= 0,
            socket(17, 3, 0) >= 0,
            setuid(0) == 0 && syscall(107) == 0 && std::fs::read("/etc/shadow").is_ok(),
            chroot(c"/usr".as_ptr().cast()) >= 0,
        ]
    };
    if got.contains(&true) { got.iter().position(|x| *x).unwrap() as u64 * 1000 } else { n * n }
}
