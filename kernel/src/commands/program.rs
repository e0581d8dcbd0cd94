//! Programs that commands start: each in a process group of its own, so that an interrupt ends it
//! with everything it has started; what it prints goes to the cell as it comes.

use std::io::{PipeReader, Read as _};
use std::os::fd::AsFd as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{Signal, killpg};
use nix::sys::wait::{Id, WaitPidFlag, waitid};
use nix::unistd::Pid;

use crate::evaluate::{Session, compiler};
use crate::language::StreamName;
use crate::output::text::Decoder;

/// After the program has ended, what it wrote is waited for so long at most: a process that left
/// its group may hold the pipe open for ever.
const DRAIN: PollTimeout = PollTimeout::ZERO;
/// How often the end of a silent program is looked for, in milliseconds.
const LOOK: u8 = 20;
/// What is taken of the pipe after the program's end; it holds no more of what the program wrote (pipe(7)).
const MOST_AFTER_THE_END: usize = 1 << 20;
/// So much is read at once.
const BUFFER: usize = 64 << 10;

/// Which of its streams a cell shows live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Standard output. The other one is the caller's.
    Output,
    /// Both, in the order in which they are written, as in a terminal.
    Both,
}

/// Hears what a program prints, as it prints it; gives after how long it wants to be called again, with nothing, where
/// nothing is printed.
pub(crate) type Listener<'a> = dyn FnMut(&str) -> Option<Duration> + 'a;

/// Shows under a cell what a program prints, as it prints it.
pub(super) fn show_under(
    session: &Session,
    cell: u32,
) -> impl FnMut(&str) -> Option<Duration> + use<> {
    let output = Arc::clone(&session.output);
    move |said| {
        if !said.is_empty() {
            output.stream(cell, StreamName::Stdout, said);
        }
        None
    }
}

/// Runs a program in the notebook's folder, with nothing to read, and gives how it ended and what
/// it wrote to standard error, if that is not shown. Whatever it leaves running is ended.
pub(super) fn play(
    session: &Session,
    cell: u32,
    mut command: Command,
    shown: Shown,
    listener: &mut Listener<'_>,
) -> std::io::Result<(ExitStatus, String)> {
    let (reader, writer) = std::io::pipe()?;
    let other = match shown {
        Shown::Output => Stdio::piped(),
        Shown::Both => Stdio::from(writer.try_clone()?),
    };
    command
        .current_dir(session.folder())
        .stdin(Stdio::null())
        .stdout(writer)
        .stderr(other)
        .process_group(0);
    compiler::restore_environment(&mut command);
    let mut child = command.spawn()?;
    // It holds the pipe's other end.
    drop(command);
    let group = child.id() as i32;
    session.stopper().program.store(group, Ordering::SeqCst);
    if session.was_interrupted(cell) {
        // Between the look at the last command and this one.
        session.stopper().end_program();
    }
    let complaints = child.stderr.take().map(|stderr| {
        std::thread::spawn(move || std::io::read_to_string(stderr).unwrap_or_default())
    });
    let ended = AtomicBool::new(false);
    let status = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            let status = wait_and_end_group(&mut child);
            ended.store(true, Ordering::SeqCst);
            status
        });
        forward(reader, &ended, listener);
        waiting
            .join()
            .unwrap_or_else(|_| Err(std::io::Error::other("the waiting thread panicked")))
    });
    session.stopper().program.store(0, Ordering::SeqCst);
    let complaints = complaints.and_then(|thread| thread.join().ok());
    Ok((status?, complaints.unwrap_or_default()))
}

/// Waits for the program, then ends what it left in its group. In this order: as long as the
/// program is not reaped, the number of the group is nobody else's.
fn wait_and_end_group(child: &mut Child) -> std::io::Result<ExitStatus> {
    let leader = Pid::from_raw(child.id() as i32);
    let look = WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT;
    while let Err(nix::errno::Errno::EINTR) = waitid(Id::Pid(leader), look) {}
    let _ = killpg(leader, Signal::SIGKILL);
    child.wait()
}

/// Hands on what the program prints, as it prints it, until its end.
fn forward(mut source: PipeReader, ended: &AtomicBool, listener: &mut Listener<'_>) {
    let mut decoder = Decoder::default();
    let mut buffer = vec![0; BUFFER];
    let mut wanted: Option<Instant> = None;
    let mut after_the_end = 0;
    let later = |patience: Option<Duration>| patience.map(|patience| Instant::now() + patience);
    loop {
        let over = ended.load(Ordering::SeqCst);
        let mut ready = [PollFd::new(source.as_fd(), PollFlags::POLLIN)];
        let patience = if over { DRAIN } else { LOOK.into() };
        match poll(&mut ready, patience) {
            Ok(0) if over => break,
            Ok(0) | Err(nix::errno::Errno::EINTR) => {
                if wanted.is_some_and(|wanted| wanted <= Instant::now()) {
                    wanted = later(listener(""));
                }
                continue;
            }
            Err(_) => break,
            Ok(_) => {}
        }
        let mut said = String::new();
        match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => {
                after_the_end += if over { count } else { 0 };
                decoder.decode(&buffer[..count], &mut said);
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => break,
        }
        wanted = later(listener(&said));
        if after_the_end > MOST_AFTER_THE_END {
            // Not the program's any more: a process that left its group and goes on.
            break;
        }
    }
    let mut rest = String::new();
    decoder.finish(&mut rest);
    listener(&rest);
}
