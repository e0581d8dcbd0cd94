//! A program that serves this one and ends with it, for example a Redis of our own.
//!
//! It reads its configuration from its standard input and says nothing; it is ended by SIGKILL when its [`Service`]
//! is dropped, and by the kernel when the thread that started it dies. It is no participant of a lesson, so it has no
//! lane in the journal.

use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use super::time::{Duration, Instant};

/// How often it is looked at while its end is waited for.
const LOOK: Duration = Duration::from_millis(1);

/// A running program.
#[derive(Debug)]
pub struct Service {
    child: Child,
}

impl Service {
    /// Starts a program that is looked for in `PATH`, and hands it its configuration. `NotFound` where it is not
    /// installed.
    pub fn start(program: &str, arguments: &[&str], configuration: &str) -> io::Result<Service> {
        let parent = super::process::getpid();
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        // SAFETY: between fork and exec only prctl and getppid are called, which are async-signal-safe.
        unsafe {
            command.pre_exec(move || {
                if libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) != 0 {
                    return Err(io::Error::last_os_error());
                }
                // Who died before that will not send the signal.
                if libc::getppid() != parent {
                    return Err(io::ErrorKind::Interrupted.into());
                }
                Ok(())
            });
        }
        let child = command.spawn()?;
        // From here on it is ended by `drop`.
        let mut service = Service { child };
        if let Some(mut stdin) = service.child.stdin.take() {
            stdin.write_all(configuration.as_bytes())?;
        }
        Ok(service)
    }

    /// Whether it ends by itself within this (real) time.
    pub fn ends_within(&mut self, limit: Duration) -> io::Result<bool> {
        let begin = Instant::now();
        loop {
            if self.child.try_wait()?.is_some() {
                return Ok(true);
            }
            let left = limit.saturating_sub(begin.elapsed());
            if left.is_zero() {
                return Ok(false);
            }
            std::thread::sleep(left.min(LOOK));
        }
    }

    /// Its process id.
    pub fn pid(&self) -> i32 {
        // The kernel's numbers have 22 bits at most.
        self.child.id() as i32
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // Both fail only if it has ended and was waited for already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
