//! The first process of a box: ours, and the only one that hears the grader.
//!
//! It starts programs, holding each by every layer that works from inside, waits for them, and ends what they leave.
//! No program of the box can end it (the first process of a process namespace takes no signal from inside), trace it
//! (refused by the filter), or speak for it (its socket is in no other process). When the grader is gone, so is it,
//! and with it everything in the box.

use super::orders::{Ended, Order, Packet, Report, Restraints, Start, receive, send};
use super::{escape, landlock, limits, seccomp, watch};
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SigSet, SigmaskHow, Signal, kill, sigprocmask};
use nix::sys::signalfd::{SfdFlags, SignalFd};
use nix::unistd::{ForkResult, Gid, Pid, Uid, fork};
use std::ffi::CString;
use std::fs::{File, Permissions};
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::fs::{FileExt as _, PermissionsExt as _};
use std::time::{Duration, Instant};

/// How often the watched folder is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// What a helper program does: to be called by its `main` with its last argument, and by nothing else. Returns when
/// the grader is gone.
pub fn serve(word: &str) -> io::Result<()> {
    if word == escape::ATTEMPT {
        return escape::attempt();
    }
    let number: RawFd = word.parse().map_err(io::Error::other)?;
    // SAFETY: asks for the flags of a descriptor, which may be none.
    if number < 3 || unsafe { libc::fcntl(number, libc::F_SETFD, libc::FD_CLOEXEC) } != 0 {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    }
    // SAFETY: the grader starts this process with its socket as this descriptor, and nobody else has taken it.
    let socket = unsafe { OwnedFd::from_raw_fd(number) };
    // SAFETY: these calls only change flags of this process.
    unsafe {
        libc::prctl(libc::PR_SET_DUMPABLE, 0);
        libc::prctl(libc::PR_SET_CHILD_SUBREAPER, 1);
    }
    let mut watched = SigSet::empty();
    watched.add(Signal::SIGCHLD);
    sigprocmask(SigmaskHow::SIG_BLOCK, Some(&watched), None)?;
    let children = SignalFd::with_flags(&watched, SfdFlags::SFD_CLOEXEC | SfdFlags::SFD_NONBLOCK)?;
    let ready = Report::Ready {
        landlock: landlock::is_there(),
    };
    send(socket.as_fd(), &ready, &[])?;
    let mut first = First {
        socket,
        restraints: Restraints::default(),
        program: None,
        used: Used::default(),
    };
    first.work(&children)
}

#[derive(Default)]
struct Used {
    cpu_us: u64,
    peak_kb: u64,
}

struct First {
    socket: OwnedFd,
    restraints: Restraints,
    program: Option<Pid>,
    used: Used,
}

impl First {
    fn work(&mut self, children: &SignalFd) -> io::Result<()> {
        let mut looked = Instant::now();
        loop {
            let looks = self.program.is_some() && self.restraints.watched.is_some();
            let timeout = if looks {
                PollTimeout::from(LOOK.as_millis() as u16)
            } else {
                PollTimeout::NONE
            };
            let mut waited = [
                PollFd::new(self.socket.as_fd(), PollFlags::POLLIN),
                PollFd::new(children.as_fd(), PollFlags::POLLIN),
            ];
            match poll(&mut waited, timeout) {
                Ok(_) | Err(Errno::EINTR) => {}
                Err(error) => return Err(error.into()),
            }
            let happened = |place: usize| {
                waited[place]
                    .revents()
                    .is_some_and(|events| !events.is_empty())
            };
            let (ordered, died) = (happened(0), happened(1));
            if died {
                while let Ok(Some(_)) = children.read_signal() {}
                self.reap()?;
            }
            if looks && looked.elapsed() >= LOOK {
                looked = Instant::now();
                if self.is_full() {
                    self.say(&Report::Full)?;
                }
            }
            if ordered {
                match receive(self.socket.as_fd(), true)? {
                    // Whoever judges has gone: nothing of the answer may outlive it.
                    None => return self.kill_all(),
                    Some(packet) => self.obey(packet)?,
                }
            }
        }
    }

    fn say(&self, report: &Report) -> io::Result<()> {
        send(self.socket.as_fd(), report, &[])
    }

    fn obey(&mut self, packet: Packet) -> io::Result<()> {
        match packet.parse()? {
            Order::Prepare(restraints) => self.restraints = restraints,
            Order::Start(start) => {
                self.used = Used::default();
                let report = match self.start(&start, packet.descriptors) {
                    Ok(pid) => {
                        self.program = Some(pid);
                        Report::Started
                    }
                    Err(what) => Report::Refused { what },
                };
                self.say(&report)?;
            }
            Order::Put(path) => {
                let from = packet.descriptors.into_iter().next();
                let error = put(&path, from).err().map(|error| error.to_string());
                self.say(&Report::Written { error })?;
            }
            Order::Kill => {
                self.kill_all()?;
                self.say(&Report::Killed)?;
            }
            Order::Fetch(path) => {
                let bytes = packet.descriptors.into_iter().next().and_then(|to| {
                    let mut from = File::open(path).ok()?;
                    io::copy(&mut from, &mut File::from(to)).ok()
                });
                self.say(&Report::Fetched { bytes })?;
            }
        }
        Ok(())
    }

    /// Takes note of whatever has ended.
    fn reap(&mut self) -> io::Result<()> {
        while let Some((pid, ended)) = wait(libc::WNOHANG) {
            self.used.cpu_us += ended.cpu_us;
            self.used.peak_kb = self.used.peak_kb.max(ended.peak_kb);
            if self.program == Some(pid) {
                self.program = None;
                self.say(&Report::Ended(Ended {
                    cpu_us: self.used.cpu_us,
                    peak_kb: self.used.peak_kb,
                    ..ended
                }))?;
            }
        }
        Ok(())
    }

    fn kill_all(&mut self) -> io::Result<()> {
        // A process that is being made while the signal is sent gets it the next time.
        loop {
            if Pid::this() == Pid::from_raw(1) {
                match kill(Pid::from_raw(-1), Signal::SIGKILL) {
                    Ok(()) | Err(Errno::ESRCH) => {}
                    Err(error) => return Err(error.into()),
                }
            } else {
                for pid in watch::below(Pid::this().as_raw()) {
                    // It may have ended meanwhile.
                    let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
                }
            }
            match wait(0) {
                None => break,
                Some((pid, ended)) if self.program == Some(pid) => {
                    self.program = None;
                    // Nobody may be left to hear it; the others are ended all the same.
                    let _ = self.say(&Report::Ended(Ended {
                        cpu_us: self.used.cpu_us + ended.cpu_us,
                        ..ended
                    }));
                }
                Some((_, ended)) => self.used.cpu_us += ended.cpu_us,
            }
        }
        Ok(())
    }

    fn is_full(&self) -> bool {
        let Some((folder, bytes, files)) = &self.restraints.watched else {
            return false;
        };
        nix::sys::statvfs::statvfs(folder.as_str()).is_ok_and(|state| {
            let used = (state.blocks() - state.blocks_free()) * state.fragment_size();
            used >= *bytes || state.files() - state.files_free() >= *files
        })
    }

    fn start(&self, start: &Start, brought: Vec<OwnedFd>) -> Result<Pid, String> {
        let program = Prepared::new(start, &brought).map_err(|error| error.to_string())?;
        let (mut said, to_say) = io::pipe().map_err(|error| error.to_string())?;
        // SAFETY: this process has one thread, so the child may do what its parent may.
        match unsafe { fork() }.map_err(|error| format!("fork: {error}"))? {
            ForkResult::Child => {
                let error = self.become_program(&program);
                // Nobody is left to tell if this fails.
                let _ = (&to_say).write_all(error.as_bytes());
                // SAFETY: ends this process and nothing else; the parent's buffers are not written again.
                unsafe { libc::_exit(127) }
            }
            ForkResult::Parent { child } => {
                drop(to_say);
                let mut error = String::new();
                said.read_to_string(&mut error)
                    .map_err(|error| error.to_string())?;
                if error.is_empty() {
                    return Ok(child);
                }
                while let Some((pid, _)) = wait(0)
                    && pid != child
                {}
                Err(error)
            }
        }
    }

    /// Returns only if a step fails, and says which.
    fn become_program(&self, program: &Prepared) -> String {
        match self.hold_and_execute(program) {
            Ok(never) => match never {},
            Err(error) => error,
        }
    }

    fn hold_and_execute(&self, program: &Prepared) -> Result<std::convert::Infallible, String> {
        let named = |step: &'static str| move |error: nix::Error| format!("{step}: {error}");
        program.place_descriptors().map_err(named("descriptors"))?;
        // SAFETY: a call without pointers.
        Errno::result(unsafe { libc::setpgid(0, 0) }).map_err(named("group"))?;
        for (resource, value) in &self.restraints.limits {
            limits::hold(*resource, *value).map_err(named("limits"))?;
        }
        if let Some(uid) = self.restraints.uid {
            nix::unistd::setgroups(&[]).map_err(named("groups"))?;
            let (user, group) = (Uid::from_raw(uid), Gid::from_raw(uid));
            nix::unistd::setresgid(group, group, group).map_err(named("group id"))?;
            nix::unistd::setresuid(user, user, user).map_err(named("user id"))?;
        }
        nix::unistd::chdir(program.folder.as_c_str()).map_err(named("folder"))?;
        // SAFETY: a call without pointers.
        Errno::result(unsafe { libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) })
            .map_err(named("privileges"))?;
        if self.restraints.landlock {
            landlock::restrict(&self.restraints.readable, &self.restraints.writable)?;
        }
        sigprocmask(SigmaskHow::SIG_SETMASK, Some(&SigSet::empty()), None)
            .map_err(named("signals"))?;
        // SAFETY: the default action is a valid one; Rust ignores this signal, other programs expect it.
        unsafe { libc::signal(libc::SIGPIPE, libc::SIG_DFL) };
        for filter in &self.restraints.filters {
            seccompiler::apply_filter(&seccomp::unpack(filter))
                .map_err(|error| format!("filter: {error}"))?;
        }
        program.execute().map_err(named("program"))
    }
}

/// Copies what a descriptor holds into a new file, from its beginning. Several boxes may be given the same descriptor, so
/// its place is neither used nor moved.
fn put(path: &str, from: Option<OwnedFd>) -> io::Result<()> {
    let from = from
        .map(File::from)
        .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    let mut to = File::options().write(true).create_new(true).open(path)?;
    let (mut at, mut bytes) = (0, vec![0; 64 * 1024]);
    loop {
        let length = match from.read_at(&mut bytes, at) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        to.write_all(&bytes[..length])?;
        at += length as u64;
    }
    to.set_permissions(Permissions::from_mode(0o444))
}

/// Waits for any child; nothing if there is none (or none has ended, with `WNOHANG`).
fn wait(flags: i32) -> Option<(Pid, Ended)> {
    let mut status = 0;
    // SAFETY: all zeros are a valid value of these numbers.
    let mut used: libc::rusage = unsafe { std::mem::zeroed() };
    let pid = loop {
        // SAFETY: both places are ours.
        let pid = unsafe { libc::wait4(-1, &mut status, flags, &mut used) };
        if pid >= 0 || Errno::last() != Errno::EINTR {
            break pid;
        }
    };
    if pid <= 0 {
        return None;
    }
    let micros = |time: libc::timeval| time.tv_sec as u64 * 1_000_000 + time.tv_usec as u64;
    let signaled = libc::WIFSIGNALED(status);
    let ended = Ended {
        code: (!signaled).then(|| libc::WEXITSTATUS(status)),
        signal: signaled.then(|| libc::WTERMSIG(status)),
        cpu_us: micros(used.ru_utime) + micros(used.ru_stime),
        peak_kb: used.ru_maxrss as u64,
    };
    Some((Pid::from_raw(pid), ended))
}

/// Everything a program needs, made before the fork.
struct Prepared<'a> {
    path: Option<CString>,
    arguments: Vec<CString>,
    environment: Vec<CString>,
    folder: CString,
    channel: bool,
    brought: &'a [OwnedFd],
    nothing: File,
}

/// The first descriptor that is no program's business.
const BEYOND: RawFd = 64;

impl Prepared<'_> {
    fn new<'a>(start: &Start, brought: &'a [OwnedFd]) -> io::Result<Prepared<'a>> {
        let expected = 2 + usize::from(start.channel) + usize::from(start.program.is_none());
        if brought.len() != expected {
            return Err(io::Error::other(format!(
                "{} descriptors came, {expected} were announced",
                brought.len()
            )));
        }
        let text = |text: &str| CString::new(text).map_err(io::Error::other);
        let all = |texts: &[String]| {
            let texts: io::Result<Vec<CString>> = texts.iter().map(|one| text(one)).collect();
            texts
        };
        let environment = start
            .environment
            .iter()
            .map(|(name, value)| text(&format!("{name}={value}")))
            .collect::<io::Result<_>>()?;
        Ok(Prepared {
            path: start.program.as_deref().map(text).transpose()?,
            arguments: all(&start.arguments).and_then(|all| {
                if all.is_empty() {
                    Err(io::Error::other("a program needs its name"))
                } else {
                    Ok(all)
                }
            })?,
            environment,
            folder: text(&start.folder)?,
            channel: start.channel,
            brought,
            nothing: File::open("/dev/null")?,
        })
    }

    /// 0 is empty, 1 and 2 are pipes, 3 is the channel or closed; nothing else stays open after the program begins.
    /// The pipe on which a failure is told is above 3, because this process was started with 0 to 2 open.
    fn place_descriptors(&self) -> Result<(), Errno> {
        // First far away, so that no place is taken by one that is still to be moved.
        let away = |from: BorrowedFd<'_>| {
            // SAFETY: makes a new descriptor, which lives until the program ends.
            Errno::result(unsafe { libc::fcntl(from.as_raw_fd(), libc::F_DUPFD_CLOEXEC, BEYOND) })
        };
        let mut sources = vec![away(self.nothing.as_fd())?];
        for brought in self.brought {
            sources.push(away(brought.as_fd())?);
        }
        let program = if self.path.is_none() {
            sources.pop()
        } else {
            None
        };
        for (place, source) in sources.iter().enumerate() {
            // SAFETY: a call without pointers; what was at that place belonged to the parent's side of the fork.
            Errno::result(unsafe { libc::dup2(*source, place as RawFd) })?;
        }
        let first_free = if self.channel { 4 } else { 3 };
        // SAFETY: calls without pointers.
        unsafe {
            Errno::result(libc::syscall(
                libc::SYS_close_range,
                first_free,
                u32::MAX,
                libc::CLOSE_RANGE_CLOEXEC,
            ))?;
            if let Some(program) = program {
                // The place from which the program is executed.
                Errno::result(libc::dup3(program, BEYOND - 1, libc::O_CLOEXEC))?;
            }
        }
        Ok(())
    }

    fn execute(&self) -> Result<std::convert::Infallible, Errno> {
        match &self.path {
            Some(path) => nix::unistd::execve(path, &self.arguments, &self.environment),
            None => nix::unistd::execveat(
                // SAFETY: put there by `place_descriptors`.
                unsafe { BorrowedFd::borrow_raw(BEYOND - 1) },
                c"",
                &self.arguments,
                &self.environment,
                nix::fcntl::AtFlags::AT_EMPTY_PATH,
            ),
        }
    }
}
