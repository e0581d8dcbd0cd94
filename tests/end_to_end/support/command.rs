//! A command with a time limit, whose whole family of processes is ended.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long processes may take to disappear once their command has ended.
const GRACE: Duration = Duration::from_secs(5);

/// One command a test is about to run.
pub struct Step {
    command: Command,
    shown: String,
    tag: String,
    limit: Duration,
}

impl Step {
    pub(super) fn new<A: AsRef<OsStr>>(
        program: &OsStr,
        arguments: &[A],
        folder: &Path,
        environment: &BTreeMap<OsString, OsString>,
        tag: &str,
    ) -> Self {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(folder)
            .env_clear()
            .envs(environment)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0);
        let mut shown = program.to_string_lossy().into_owned();
        for argument in arguments {
            shown.push(' ');
            shown.push_str(&argument.as_ref().to_string_lossy());
        }
        Step {
            command,
            shown,
            tag: tag.to_owned(),
            limit: super::MINUTE,
        }
    }

    /// The time after which the command is killed and the test fails.
    pub fn within(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// One more variable of the environment, for this command only.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Starts it; it is killed when the returned value goes.
    pub fn start(mut self) -> Running {
        let mut child = self
            .command
            .spawn()
            .unwrap_or_else(|why| panic!("{} did not start: {why}", self.shown));
        let stdout = collect(child.stdout.take().expect("stdout is a pipe"));
        let stderr = collect(child.stderr.take().expect("stderr is a pipe"));
        Running {
            child,
            shown: self.shown,
            tag: self.tag,
            began: Instant::now(),
            limit: self.limit,
            stdout: Stream {
                arriving: stdout,
                bytes: Vec::new(),
                ended: false,
            },
            stderr: Stream {
                arriving: stderr,
                bytes: Vec::new(),
                ended: false,
            },
        }
    }

    /// Runs it to its end.
    pub fn run(self) -> Finished {
        self.start().wait()
    }
}

fn collect(mut pipe: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut piece = [0; 65536];
        while let Ok(n) = pipe.read(&mut piece) {
            if n == 0 || sender.send(piece[..n].to_vec()).is_err() {
                break;
            }
        }
    });
    receiver
}

struct Stream {
    arriving: Receiver<Vec<u8>>,
    bytes: Vec<u8>,
    ended: bool,
}

impl Stream {
    fn take(&mut self, wait: Duration) {
        use std::sync::mpsc::RecvTimeoutError::{Disconnected, Timeout};
        let mut wait = wait;
        while !self.ended {
            match self.arriving.recv_timeout(wait) {
                Ok(piece) => self.bytes.extend(piece),
                Err(Timeout) => break,
                Err(Disconnected) => self.ended = true,
            }
            wait = Duration::ZERO;
        }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// A command under way.
pub struct Running {
    child: Child,
    shown: String,
    tag: String,
    began: Instant,
    limit: Duration,
    stdout: Stream,
    stderr: Stream,
}

impl Running {
    /// The process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has ended by itself.
    pub fn ended(&mut self) -> bool {
        self.child
            .try_wait()
            .expect("a child can be asked")
            .is_some()
    }

    /// Waits until the text it has printed so far satisfies `enough`.
    pub fn until_printed(&mut self, enough: impl Fn(&str) -> bool) -> String {
        loop {
            self.stdout.take(Duration::from_millis(20));
            self.stderr.take(Duration::ZERO);
            let text = format!("{}{}", self.stdout.text(), self.stderr.text());
            if enough(&text) {
                return text;
            }
            if self.began.elapsed() > self.limit || (self.ended() && self.stdout.ended) {
                panic!("{} did not print what was waited for:\n{text}", self.shown);
            }
        }
    }

    /// Sends a signal by name (`INT`, `TERM`) to the process alone.
    pub fn signal(&self, name: &str) {
        send(name, &self.pid().to_string());
    }

    /// Waits for its end, and for that of every process it left behind.
    pub fn wait(mut self) -> Finished {
        let status = loop {
            self.stdout.take(Duration::from_millis(2));
            self.stderr.take(Duration::ZERO);
            if let Some(status) = self.child.try_wait().expect("a child can be waited for") {
                break status;
            }
            if self.began.elapsed() > self.limit {
                let (stdout, stderr) = (self.stdout.text(), self.stderr.text());
                let family = describe(&family(&self.tag));
                let shown = self.shown.clone();
                drop(self);
                panic!(
                    "{shown} took longer than its limit and was killed\n\
                     still alive:\n{family}--- stdout\n{stdout}\n--- stderr\n{stderr}"
                );
            }
        };
        let elapsed = self.began.elapsed();
        let patience = Instant::now() + GRACE;
        while !(self.stdout.ended && self.stderr.ended) && Instant::now() < patience {
            self.stdout.take(Duration::from_millis(10));
            self.stderr.take(Duration::from_millis(10));
        }
        let mut left = family(&self.tag);
        while !left.is_empty() && Instant::now() < patience {
            thread::sleep(Duration::from_millis(50));
            left = family(&self.tag);
        }
        let left = describe(&left);
        Finished {
            status,
            elapsed,
            shown: self.shown.clone(),
            stdout: self.stdout.text(),
            stderr: self.stderr.text(),
            left,
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for (pid, _) in family(&self.tag) {
            send("KILL", &pid.to_string());
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn send(signal: &str, target: &str) {
    let _ = Command::new("kill")
        .args([&format!("-{signal}"), target])
        .stderr(Stdio::null())
        .status();
}

/// The living processes that carry a test's tag in their environment.
fn family(tag: &str) -> Vec<(u32, String)> {
    let wanted = format!("WEFT_TEST_TAG={tag}");
    let Ok(processes) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    processes
        .flatten()
        .filter_map(|entry| {
            let pid: u32 = entry.file_name().to_str()?.parse().ok()?;
            let environment = std::fs::read(entry.path().join("environ")).ok()?;
            let tagged = environment
                .split(|b| *b == 0)
                .any(|v| v == wanted.as_bytes());
            let words = std::fs::read(entry.path().join("cmdline")).ok()?;
            let words = String::from_utf8_lossy(&words).replace('\0', " ");
            (tagged && !words.is_empty()).then_some((pid, words))
        })
        .collect()
}

fn describe(family: &[(u32, String)]) -> String {
    family
        .iter()
        .map(|(pid, words)| format!("{pid} {words}\n"))
        .collect()
}

/// A command that has ended.
pub struct Finished {
    status: ExitStatus,
    left: String,
    /// The command line, for messages.
    pub shown: String,
    /// How long it ran.
    pub elapsed: Duration,
    /// What it wrote to descriptor 1.
    pub stdout: String,
    /// What it wrote to descriptor 2.
    pub stderr: String,
}

impl Finished {
    /// The exit code; minus the signal where a signal ended it.
    pub fn code(&self) -> i32 {
        self.status
            .code()
            .unwrap_or_else(|| -self.status.signal().unwrap_or(0))
    }

    /// Fails the test unless it ended with this code and left nobody behind.
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.code(),
            code,
            "exit code of: {}\n--- stdout\n{}\n--- stderr\n{}",
            self.shown,
            self.stdout,
            self.stderr
        );
        assert_eq!(self.left, "", "{} left processes behind", self.shown);
        self
    }

    /// Its standard output as one JSON document.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|why| {
            panic!(
                "{} must print one JSON document: {why}\n{}",
                self.shown, self.stdout
            )
        })
    }
}
