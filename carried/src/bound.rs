//! Processes that do not outlive whoever waits for them.
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// Makes the command's process the first of a group of its own, which a Ctrl-C in the terminal does not reach and
/// [`end_group`] does; and one that is ended by the system when the thread that starts it is no more.
pub fn bind(command: &mut Command) {
    command.process_group(0);
    let parent = std::process::id();
    // SAFETY: between fork and exec only system calls are made.
    unsafe {
        command.pre_exec(move || end_with(parent));
    }
}

/// For a process between its fork and its exec: it ends with its parent, and does not begin if that is gone already.
///
/// # Errors
/// Where the system refuses, or the parent is gone.
pub fn end_with(parent: u32) -> io::Result<()> {
    // SAFETY: a number is stored with the process.
    if unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) } != 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: asks for a number.
    if u32::try_from(unsafe { libc::getppid() }) != Ok(parent) {
        return Err(io::Error::from_raw_os_error(libc::ESRCH));
    }
    Ok(())
}

/// Ends a process group that was started here, and whose leader has not been waited for.
pub fn end_group(leader: u32) {
    let Ok(leader) = i32::try_from(leader) else {
        return;
    };
    // SAFETY: sends a signal to a group whose number is still its own, because nobody has waited for its leader.
    unsafe {
        libc::kill(-leader, libc::SIGKILL);
    }
}
