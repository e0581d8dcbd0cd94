use super::*;
use std::mem::{offset_of, size_of};
use std::os::fd::AsRawFd as _;

#[test]
fn numbers_and_layouts_are_those_of_the_c_library() {
    for (ours, theirs) in [
        (number::READ, libc::SYS_read),
        (number::CLOSE, libc::SYS_close),
        (number::FSTAT, libc::SYS_fstat),
        (number::MMAP, libc::SYS_mmap),
        (number::MUNMAP, libc::SYS_munmap),
        (number::MADVISE, libc::SYS_madvise),
        (number::PREAD, libc::SYS_pread64),
        (number::FACCESSAT, libc::SYS_faccessat),
        (O_CLOEXEC, libc::O_CLOEXEC.into()),
        (R_OK, libc::R_OK.into()),
        (X_OK, libc::X_OK.into()),
        (number::GETPID, libc::SYS_getpid),
        (number::EXIT, libc::SYS_exit),
        (number::FCNTL, libc::SYS_fcntl),
        (number::GETPPID, libc::SYS_getppid),
        (number::PRCTL, libc::SYS_prctl),
        (number::GETTID, libc::SYS_gettid),
        (number::FUTEX, libc::SYS_futex),
        (number::EXIT_GROUP, libc::SYS_exit_group),
        (number::TGKILL, libc::SYS_tgkill),
        (number::OPENAT, libc::SYS_openat),
        (number::PPOLL, libc::SYS_ppoll),
        (number::GETRUSAGE, libc::SYS_getrusage),
        (number::EXECVEAT, libc::SYS_execveat),
        (RUSAGE_THREAD, libc::RUSAGE_THREAD.into()),
        (CLONE_VM.into(), libc::CLONE_VM.into()),
        (CLONE_THREAD.into(), libc::CLONE_THREAD.into()),
        (O_NONBLOCK, libc::O_NONBLOCK.into()),
        (F_GETFL, libc::F_GETFL.into()),
        (MADV_WIPEONFORK, libc::MADV_WIPEONFORK.into()),
        (MADV_REMOVE, libc::MADV_REMOVE.into()),
        (PROT_READ_WRITE, (libc::PROT_READ | libc::PROT_WRITE).into()),
        (
            MAP_PRIVATE_ANONYMOUS,
            (libc::MAP_PRIVATE | libc::MAP_ANONYMOUS).into(),
        ),
        (EINTR.into(), libc::EINTR.into()),
        (EAGAIN.into(), libc::EAGAIN.into()),
        (EBUSY.into(), libc::EBUSY.into()),
        (ENOSYS.into(), libc::ENOSYS.into()),
        (POLLIN.into(), libc::POLLIN.into()),
        (POLLOUT.into(), libc::POLLOUT.into()),
        (WNOHANG.into(), libc::WNOHANG.into()),
        (PR_SET_NAME.into(), libc::PR_SET_NAME.into()),
        (MSG_DONTWAIT.into(), libc::MSG_DONTWAIT.into()),
        (0o2_000_002, (libc::O_RDWR | libc::O_CLOEXEC).into()),
        (AT_FDCWD, libc::AT_FDCWD.into()),
    ] {
        assert_eq!(ours, theirs);
    }
    assert_eq!(RTLD_NEXT, libc::RTLD_NEXT);
    assert_eq!(size_of::<Timespec>(), size_of::<libc::timespec>());
    assert_eq!(size_of::<Part>(), size_of::<libc::iovec>());
    assert_eq!(offset_of!(Part, length), offset_of!(libc::iovec, iov_len));
    assert_eq!(size_of::<Polled>(), size_of::<libc::pollfd>());
    assert_eq!(
        offset_of!(Polled, happened),
        offset_of!(libc::pollfd, revents)
    );
    assert_eq!(offset_of!(libc::stat, st_size), 48);
    assert_eq!(offset_of!(libc::stat, st_ino), 8);
    assert!(size_of::<libc::stat>() <= 256);
    assert_eq!(size_of::<libc::rusage>(), 8 * USAGE_WORDS);
    assert_eq!(offset_of!(libc::rusage, ru_nvcsw), 8 * USAGE_WAITS);
}

#[test]
fn a_pipe_is_the_same_channel_at_both_ends_and_a_file_is_none() {
    let (reader, mut writer) = std::io::pipe().unwrap();
    let identity = channel(reader.as_raw_fd());
    assert!(identity.is_some());
    assert_eq!(identity, channel(writer.as_raw_fd()));
    assert_eq!(
        channel(std::fs::File::open("/dev/null").unwrap().as_raw_fd()),
        None
    );
    assert_eq!(channel(-1), None);
    assert!(blocks(reader.as_raw_fd()) && !blocks(-1));
    assert!(!is_ready(reader.as_raw_fd(), POLLIN));
    std::io::Write::write_all(&mut writer, b"x").unwrap();
    assert!(is_ready(reader.as_raw_fd(), POLLIN));
}

#[test]
fn a_thread_that_waits_counts_its_waits() {
    let (sender, receiver) = std::sync::mpsc::channel::<()>();
    let tid = std::sync::Arc::new(std::sync::atomic::AtomicI32::new(0));
    let waiter = std::thread::spawn({
        let tid = tid.clone();
        move || {
            let before = waits();
            tid.store(gettid(), std::sync::atomic::Ordering::Release);
            let _ = receiver.recv();
            waits() - before
        }
    });
    let asleep = || {
        let tid = tid.load(std::sync::atomic::Ordering::Acquire);
        let stat = std::fs::read_to_string(format!("/proc/self/task/{tid}/stat"));
        tid != 0 && stat.is_ok_and(|stat| stat.contains(") S "))
    };
    while !asleep() {
        std::thread::yield_now();
    }
    drop(sender);
    assert!(waiter.join().unwrap() > 0);
}

#[test]
fn errors_are_told_as_c_functions_do() {
    assert_eq!(as_c(-i64::from(EBUSY)), -1);
    assert_eq!(errno(), EBUSY);
    assert_eq!(as_c(7), 7);
    assert_eq!(
        (getpid(), getppid()),
        (
            std::process::id() as i32,
            std::os::unix::process::parent_id() as i32
        )
    );
}
