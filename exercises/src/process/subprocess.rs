use crate::primitive::process::ExitStatus;
use crate::primitive::program::{self, Launch, Outlet, Refusal, Running, Stream, Stuck};
use crate::primitive::time::{Deadline, Duration};
use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::PathBuf;

/// The most a program may write (each of its two outputs) where no other [limit](Subprocess::limit)
/// is given.
const MOST_OUTPUT: usize = 256 << 20;

/// The shell that [`Subprocess::shell`] asks for.
const SHELL: &str = "/bin/sh";

/// Why there is no result of a program.
///
/// A program that ran and ended badly is no error here: that is its
/// [exit code](Output::code), and only [`Subprocess::text`] minds.
#[derive(Debug, thiserror::Error)]
pub enum SubprocessError {
    /// There is no such program.
    #[error("there is no program `{0}`; check how it is written, or install it")]
    NotFound(String),
    /// The file is there, but it may not be run.
    #[error("`{0}` is not a program that may be run; is it executable?")]
    NotExecutable(String),
    /// It was to run in a folder that is not there.
    #[error("`{program}` cannot run in `{folder}`; there is no such folder")]
    NoFolder {
        /// The program.
        program: String,
        /// The folder.
        folder: String,
    },
    /// The program, and everything it had started, was killed at its time-out.
    #[error("`{program}` was killed; it had not ended after {limit:?}")]
    TimedOut {
        /// The program (the first one of a row).
        program: String,
        /// The time-out as it was given, before the time scale.
        limit: Duration,
        /// What it had written until then.
        output: Box<Output>,
    },
    /// The program was killed because it wrote more than the limit.
    #[error("`{program}` was killed; it wrote more than {limit} bytes")]
    TooMuch {
        /// The program (the first one of a row).
        program: String,
        /// The limit.
        limit: usize,
    },
    /// The program ended with another exit code than 0; only [`Subprocess::text`] says so.
    #[error("`{program}` ended with exit code {}: {}", code(.output), .output.error_text().trim_end())]
    Failed {
        /// The program (the last one of a row).
        program: String,
        /// All it wrote, and how it ended.
        output: Box<Output>,
    },
    /// The system refused.
    #[error("`{program}` cannot be run: {source}")]
    System {
        /// The program.
        program: String,
        /// Why.
        source: io::Error,
    },
}

fn code(output: &Output) -> String {
    let code = output.code();
    code.map_or_else(|| "unknown".to_owned(), |code| code.to_string())
}

/// What a program wrote, and how it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// What it wrote, byte by byte.
    pub bytes: Vec<u8>,
    /// What it wrote as errors.
    pub error_bytes: Vec<u8>,
    /// How each program of the row ended.
    pub statuses: Vec<ExitStatus>,
}

impl Output {
    /// The exit code of the last program, as Python counts it: -9 for one that was ended by signal 9.
    /// None if somebody else took it.
    pub fn code(&self) -> Option<i32> {
        self.statuses.last()?.as_python()
    }

    /// The exit codes of all programs of the row.
    pub fn codes(&self) -> Vec<Option<i32>> {
        self.statuses
            .iter()
            .map(|status| status.as_python())
            .collect()
    }

    /// Whether every program of the row ended with 0.
    pub fn is_success(&self) -> bool {
        self.statuses
            .iter()
            .all(|status| *status == ExitStatus::Code(0))
    }

    /// What it wrote as text, without the newline at the end (one, if there are several). Bytes that
    /// are no UTF-8 become `U+FFFD`; look at [`bytes`](Output::bytes) for what they were.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(without_newline(&self.bytes))
    }

    /// What it wrote as errors, as [text](Output::text).
    pub fn error_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(without_newline(&self.error_bytes))
    }
}

fn without_newline(bytes: &[u8]) -> &[u8] {
    bytes.strip_suffix(b"\n").unwrap_or(bytes)
}

/// Another program: what it is given, and then one call that runs it to its end.
///
/// - **No shell**, unless it is asked for by name ([`shell`](Subprocess::shell)): each argument
///   arrives as it is, also `"a; rm x"`. Programs are joined by [`pipe`](Subprocess::pipe).
/// - **No deadlock**: input is written and both outputs are read at the same time, whatever their
///   size.
/// - **Nothing left behind**: when a call returns (or panics, or this process is killed), the
///   program has ended and is reaped. With a [time-out](Subprocess::timeout) that also holds for
///   what the program itself has started.
/// - Its input is what [`input`](Subprocess::input) says, by default nothing: a program that reads
///   finds the end, and does not wait for a keyboard.
/// - A call returns when the program has ended *and* its outputs are closed. Something it left in
///   the background may keep them open; a time-out bounds that.
///
/// A program stands in the journal as a process of its own (fork, start, exec, join); what it
/// writes is ordered by the call: everything it did comes before what follows the call.
///
/// | | difference |
/// |---|---|
/// | `std::process::Command` | no time-out; `wait` before reading, or reading one output before the other, blocks for ever once a pipe is full; a dropped child runs on and is not reaped; the code of a killed program is `None` |
/// | Python's `subprocess` | `run(capture_output=True)` is [`output`](Subprocess::output), `check_output` is [`text`](Subprocess::text), `call` is [`status`](Subprocess::status), the same exit codes. `shell=True` is another call here, not a flag, and a time-out kills the whole group, not the shell only |
///
/// ```
/// use exercises::process::{Subprocess, SubprocessError};
///
/// let output = Subprocess::new("echo").arg("a; rm x").output().unwrap();
/// assert_eq!((output.code(), &*output.text()), (Some(0), "a; rm x"));
///
/// let counted = Subprocess::new("echo").arg("hello").pipe(Subprocess::new("wc").arg("-c"));
/// assert_eq!(counted.text().unwrap().trim(), "6");
///
/// assert_eq!(Subprocess::shell("kill -9 $$").output().unwrap().code(), Some(-9));
/// let error = Subprocess::new("no-such-program").output().unwrap_err();
/// assert!(matches!(error, SubprocessError::NotFound(_)));
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing runs before `output`, `text`, `status` or `each_line` is called"]
pub struct Subprocess {
    row: Vec<Launch>,
    input: Vec<u8>,
    timeout: Option<Duration>,
    limit: usize,
}

impl Subprocess {
    /// A program: a name that is looked for in `PATH`, or a path.
    pub fn new(program: impl AsRef<OsStr>) -> Subprocess {
        Subprocess {
            row: vec![Launch {
                program: program.as_ref().to_owned(),
                arguments: Vec::new(),
                variables: Vec::new(),
                folder: None,
            }],
            input: Vec::new(),
            timeout: None,
            limit: MOST_OUTPUT,
        }
    }

    /// A text that a shell (`/bin/sh -c`) takes apart and runs. Never build it from what somebody
    /// typed: `; rm x` is a command there.
    pub fn shell(script: impl AsRef<OsStr>) -> Subprocess {
        Subprocess::new(SHELL).arg("-c").arg(script)
    }

    /// The program that was added last: arguments and variables are for this one.
    fn change(mut self, change: impl FnOnce(&mut Launch)) -> Subprocess {
        if let Some(launch) = self.row.last_mut() {
            change(launch);
        }
        self
    }

    /// One more argument.
    pub fn arg(self, argument: impl AsRef<OsStr>) -> Subprocess {
        self.change(|launch| launch.arguments.push(argument.as_ref().to_owned()))
    }

    /// More arguments, each as it is.
    pub fn args<A: AsRef<OsStr>>(self, arguments: impl IntoIterator<Item = A>) -> Subprocess {
        let arguments = arguments.into_iter();
        self.change(|launch| {
            let all = arguments.map(|argument| argument.as_ref().to_owned());
            launch.arguments.extend(all);
        })
    }

    /// A variable of its environment; the others are ours.
    pub fn env(self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Subprocess {
        let pair = (name.as_ref().to_owned(), Some(value.as_ref().to_owned()));
        self.change(|launch| launch.variables.push(pair))
    }

    /// A variable that is not in its environment.
    pub fn env_remove(self, name: impl AsRef<OsStr>) -> Subprocess {
        let pair: (OsString, Option<OsString>) = (name.as_ref().to_owned(), None);
        self.change(|launch| launch.variables.push(pair))
    }

    /// Where it runs.
    pub fn folder(self, folder: impl Into<PathBuf>) -> Subprocess {
        self.change(|launch| launch.folder = Some(folder.into()))
    }

    /// What the first program of the row can read.
    pub fn input(mut self, bytes: impl Into<Vec<u8>>) -> Subprocess {
        self.input = bytes.into();
        self
    }

    /// How long all of it may take (by the time scale). Then it is killed, with everything it has
    /// started, and reaped.
    pub fn timeout(mut self, limit: Duration) -> Subprocess {
        self.timeout = Some(limit);
        self
    }

    /// The most bytes each of the two outputs may have; 256 MiB where nothing is said.
    pub fn limit(mut self, bytes: usize) -> Subprocess {
        self.limit = bytes;
        self
    }

    /// Joins another program (or row of programs) to this one: it reads what this one writes. They
    /// run at the same time. What was said about the input, the time-out and the limit of the other
    /// is forgotten.
    pub fn pipe(mut self, next: Subprocess) -> Subprocess {
        self.row.extend(next.row);
        self
    }

    /// Runs it and gives all it wrote.
    pub fn output(&self) -> Result<Output, SubprocessError> {
        self.run(Outlet::Captured, |_| ())
    }

    /// Runs it and gives what it wrote as text, without the newline at the end. An exit code other
    /// than 0, of any program of the row, is an error here, with all that was written.
    pub fn text(&self) -> Result<String, SubprocessError> {
        let output = self.output()?;
        if output.is_success() {
            return Ok(output.text().into_owned());
        }
        let failed = output
            .statuses
            .iter()
            .position(|status| *status != ExitStatus::Code(0));
        Err(SubprocessError::Failed {
            program: self.name(failed.unwrap_or(0)),
            output: Box::new(output),
        })
    }

    /// Runs it and gives its exit code only. What it writes goes where our own output goes.
    pub fn status(&self) -> Result<Option<i32>, SubprocessError> {
        Ok(self.run(Outlet::Ours, |_| ())?.code())
    }

    /// Runs it and hands out each line as soon as it is written, without its newline. What it wrote
    /// is also in the result.
    ///
    /// ```
    /// use exercises::process::Subprocess;
    ///
    /// let mut lines = Vec::new();
    /// let output = Subprocess::shell("echo one; echo two").each_line(|line| lines.push(line.to_owned()));
    /// assert_eq!(lines, ["one", "two"]);
    /// assert_eq!(output.unwrap().code(), Some(0));
    /// ```
    pub fn each_line(&self, mut listener: impl FnMut(&str)) -> Result<Output, SubprocessError> {
        let mut begun = 0;
        let output = self.run(Outlet::Captured, |bytes| {
            while let Some(length) = bytes[begun..].iter().position(|byte| *byte == b'\n') {
                listener(&String::from_utf8_lossy(&bytes[begun..begun + length]));
                begun += length + 1;
            }
        })?;
        if begun < output.bytes.len() {
            // The last line had no newline.
            listener(&String::from_utf8_lossy(&output.bytes[begun..]));
        }
        Ok(output)
    }

    /// Runs it; `grown` is shown the whole output each time there is more of it.
    fn run(&self, outlet: Outlet, mut grown: impl FnMut(&[u8])) -> Result<Output, SubprocessError> {
        let deadline = self.timeout.map_or(Deadline::NEVER, Deadline::after);
        let mut running = program::start(&self.row, outlet, self.timeout.is_some())
            .map_err(|(place, refusal)| self.refused(place, refusal))?;
        let mut output = Output::default();
        let listened = running.exchange(&self.input, deadline, |stream, bytes| {
            let all = match stream {
                Stream::Output => &mut output.bytes,
                Stream::Errors => &mut output.error_bytes,
            };
            all.extend_from_slice(bytes);
            if all.len() > self.limit {
                return false;
            }
            if stream == Stream::Output {
                grown(&output.bytes);
            }
            true
        });
        let ended = listened.and_then(|()| self.ended(&running, deadline));
        match ended {
            Ok(statuses) => {
                output.statuses = statuses;
                Ok(output)
            }
            Err(Stuck::TimedOut) => {
                output.statuses = running.end();
                Err(SubprocessError::TimedOut {
                    program: self.name(0),
                    limit: self.timeout.unwrap_or(Duration::MAX),
                    output: Box::new(output),
                })
            }
            Err(Stuck::Refused) => {
                running.end();
                Err(SubprocessError::TooMuch {
                    program: self.name(0),
                    limit: self.limit,
                })
            }
            Err(Stuck::System(source)) => Err(self.refused(0, Refusal::System(source))),
        }
    }

    fn ended(&self, running: &Running, deadline: Deadline) -> Result<Vec<ExitStatus>, Stuck> {
        running.wait_until(deadline)?.ok_or(Stuck::TimedOut)
    }

    fn name(&self, place: usize) -> String {
        let launch = self.row.get(place);
        launch.map_or_else(String::new, |launch| {
            launch.program.to_string_lossy().into_owned()
        })
    }

    fn refused(&self, place: usize, refusal: Refusal) -> SubprocessError {
        let program = self.name(place);
        match refusal {
            Refusal::NoProgram => SubprocessError::NotFound(program),
            Refusal::NotExecutable => SubprocessError::NotExecutable(program),
            Refusal::NoFolder => SubprocessError::NoFolder {
                folder: self.row[place]
                    .folder
                    .as_ref()
                    .map_or_else(String::new, |folder| folder.display().to_string()),
                program,
            },
            Refusal::System(source) => SubprocessError::System { program, source },
        }
    }
}
