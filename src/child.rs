//! Other programs asked for an answer: every wait for one has a bound.

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a program answered.
#[derive(Debug)]
pub struct Answer {
    /// How it ended; `None` if it had to be stopped because its time was over.
    pub status: Option<ExitStatus>,
    /// What it wrote to stdout.
    pub stdout: String,
    /// What it wrote to stderr.
    pub stderr: String,
}

impl Answer {
    /// Whether it ended by itself and well.
    pub fn success(&self) -> bool {
        self.status.is_some_and(|status| status.success())
    }

    /// The last line it wrote to stderr or stdout: the cause of most failures.
    pub fn last_words(&self) -> String {
        let last = |text: &str| {
            text.lines()
                .rev()
                .map(str::trim)
                .find(|line| !line.is_empty())
                .map(str::to_owned)
        };
        last(&self.stderr)
            .or_else(|| last(&self.stdout))
            .unwrap_or_default()
    }
}

/// Runs a program to its end, or until `limit` is over.
pub fn ask(command: &mut Command, limit: Duration) -> std::io::Result<Answer> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let stdout = child.stdout.take().map(read_all);
    let stderr = child.stderr.take().map(read_all);
    let deadline = Instant::now() + limit;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if Instant::now() >= deadline {
            child.kill()?;
            child.wait()?;
            break None;
        }
        thread::sleep(Duration::from_millis(10));
    };
    // A grandchild may hold the pipes open long after the program itself has ended; what was
    // written until then is the answer.
    let collect = |reader: Option<Reading>| reader.map(Reading::so_far).unwrap_or_default();
    Ok(Answer {
        status,
        stdout: collect(stdout),
        stderr: collect(stderr),
    })
}

struct Reading {
    bytes: std::sync::Arc<std::sync::Mutex<Vec<u8>>>,
    thread: thread::JoinHandle<()>,
}

impl Reading {
    fn so_far(self) -> String {
        let deadline = Instant::now() + Duration::from_secs(1);
        while !self.thread.is_finished() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(2));
        }
        let bytes = self
            .bytes
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// The most that is kept of an answer.
const ANSWER_LIMIT: usize = 1 << 20;

fn read_all(mut from: impl Read + Send + 'static) -> Reading {
    let bytes = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let into = std::sync::Arc::clone(&bytes);
    let thread = thread::spawn(move || {
        let mut buffer = [0; 8192];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            let mut into = into
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            // Beyond the limit it is still read, so that the program is not held up.
            if into.len() < ANSWER_LIMIT {
                into.extend_from_slice(&buffer[..count]);
            }
        }
    });
    Reading { bytes, thread }
}

/// The first executable of this name in the folders of `PATH`.
pub fn on_path(name: &str) -> Option<PathBuf> {
    std::env::var_os("PATH").and_then(|path| in_folders(&path, name))
}

fn in_folders(path: &OsStr, name: &str) -> Option<PathBuf> {
    std::env::split_paths(path)
        .map(|folder| folder.join(name))
        .find(|file| is_executable(file))
}

/// Whether this is a file that may be executed.
pub fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_holds_both_streams_and_the_status() {
        let answer = ask(
            Command::new("sh").args(["-c", "echo out; echo why >&2; exit 3"]),
            Duration::from_secs(10),
        )
        .unwrap();
        assert_eq!(answer.status.and_then(|status| status.code()), Some(3));
        assert_eq!(answer.stdout, "out\n");
        assert_eq!(answer.last_words(), "why");
    }

    #[test]
    fn a_program_that_does_not_end_is_stopped() {
        let start = Instant::now();
        let answer = ask(Command::new("sleep").arg("60"), Duration::from_millis(50)).unwrap();
        assert!(answer.status.is_none());
        assert!(start.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_grandchild_with_the_pipe_does_not_hold_the_answer_up() {
        let start = Instant::now();
        let answer = ask(
            Command::new("sh").args(["-c", "sleep 30 & echo done"]),
            Duration::from_secs(10),
        )
        .unwrap();
        assert!(answer.success());
        assert_eq!(answer.stdout, "done\n");
        assert!(start.elapsed() < Duration::from_secs(10));
    }
}
