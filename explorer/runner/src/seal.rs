//! From here on this process starts no other, whatever the program in it tries.
use std::io;

/// Puts a filter of system calls in force, for good. Each instruction is a number: the code in the highest 16 bits, then
/// 8 for each of the two jumps, then the operand.
pub fn close(instructions: &[u64]) -> io::Result<()> {
    if instructions.is_empty() {
        return Ok(());
    }
    let mut filter: Vec<libc::sock_filter> = instructions
        .iter()
        .map(|&number| libc::sock_filter {
            code: (number >> 48) as u16,
            jt: (number >> 40) as u8,
            jf: (number >> 32) as u8,
            k: number as u32,
        })
        .collect();
    let program = libc::sock_fprog {
        len: u16::try_from(filter.len()).map_err(io::Error::other)?,
        filter: filter.as_mut_ptr(),
    };
    // SAFETY: asks that a filter be obeyed, which is an array of as many instructions as it says; the kernel copies it.
    let refused = unsafe {
        libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
            || libc::prctl(
                libc::PR_SET_SECCOMP,
                libc::SECCOMP_MODE_FILTER,
                &raw const program,
            ) != 0
    };
    if refused {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}
