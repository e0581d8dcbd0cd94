//! The process that explores: started with bounds, listened to, ended.
use crate::limits::{self, Limits};
use crate::{Compiled, Error, NotModelled, Workshop};
use carried::end_group;
use explorer::MAX_WORKERS;
use explorer::Spent;
use explorer::job::{Done, Explored, Job, Line, Untried};
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

/// After its budget the process may count what it found for so long.
const GRACE: Duration = Duration::from_secs(10);
/// After an interrupt it may tell what it found for so long.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often an interrupt is looked for.
const LOOK: Duration = Duration::from_millis(20);
/// As long as an answer may be.
const MAX_ANSWER: u64 = 64 << 20;
/// What is kept of its stderr.
const MAX_WORDS: u64 = 16 << 10;
/// The exploration's own bound on memory is so much smaller than the process's.
const ADDRESSES_PER_BYTE: u64 = 3;
/// Lines that wait to be read.
const LINES: usize = 64;

/// As many processes as this one may have processors: what [`Job::workers`] is where nothing else is wanted.
#[must_use]
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().min(MAX_WORKERS))
}

/// Whoever waits.
pub struct Watch<'a> {
    /// Hears how far it is: classes, and time.
    pub progress: &'a mut dyn FnMut(u64, Duration),
    /// Says whether to stop.
    pub interrupted: &'a dyn Fn() -> bool,
}

impl Workshop {
    /// Explores compiled programs. `job.libraries` and `job.seal` are filled in here.
    ///
    /// # Errors
    /// Where the process ended without an answer, or had to be ended.
    pub fn explore(
        &self,
        programs: &[&Compiled],
        mut job: Job,
        watch: &mut Watch<'_>,
    ) -> Result<Done, Error> {
        job.libraries = programs.iter().map(|one| one.library.clone()).collect();
        if job.workers > 1 {
            job.seal = limits::seal().map_err(Error::file(&self.runner()))?;
        }
        match self.explore_once(&job, watch) {
            Err(Error::Ended { said }) if said.contains("error while loading shared libraries") => {
                self.mend(&[], watch.interrupted)?;
                self.explore_once(&job, watch)
            }
            Err(Error::File { path, .. }) if path == self.runner() => {
                self.mend(&[], watch.interrupted)?;
                self.explore_once(&job, watch)
            }
            outcome => outcome,
        }
        .map(|done| without_what_is_unseen(done, programs))
        .and_then(|done| match done {
            Done::NotLoaded { reason } => Err(Error::NotLoaded { reason }),
            Done::Misfit { reason } => Err(Error::Misfit { reason }),
            Done::Stuck { after } => Err(Error::Stuck { after }),
            Done::NotModelled { what, line } => Err(Error::NotModelled {
                what: vec![NotModelled {
                    what: what.id().to_owned(),
                    line,
                }],
            }),
            done => Ok(done),
        })
    }

    fn explore_once(&self, job: &Job, watch: &mut Watch<'_>) -> Result<Done, Error> {
        let runner = self.runner();
        let mut command = Command::new(&runner);
        let path = std::env::join_paths(self.search_path()).unwrap_or_default();
        command
            .env_clear()
            .env("LD_LIBRARY_PATH", path)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let helpers = if job.workers > 1 { job.workers + 1 } else { 0 };
        let limits = Limits {
            address_space: job.memory_bytes.saturating_mul(ADDRESSES_PER_BYTE),
            processor: job.budget + GRACE,
            helpers,
        };
        limits::bound(&mut command, limits).map_err(Error::file(&runner))?;
        let child = command.spawn().map_err(Error::file(&runner))?;
        let mut explorer = Explorer { child };
        explorer.give(job);
        explorer.listen(job, watch)
    }
}

/// Of a program that the model does not see all of, nothing is proved.
fn without_what_is_unseen(mut done: Done, programs: &[&Compiled]) -> Done {
    if let Done::Explored {
        explored,
        comparison,
    } = &mut done
    {
        let second = comparison.as_mut().map(|compared| &mut compared.explored);
        let all = std::iter::once(&mut **explored).chain(second);
        for (explored, program) in all.zip(programs) {
            if !program.remarks().is_empty() {
                explored.verdict = explored.verdict.not_all_seen();
            }
        }
    }
    done
}

/// What a process said before its answer.
#[derive(Default)]
struct Told {
    /// What the search found in each program.
    found: Vec<Explored>,
    /// The answer, but for spurious wake-ups.
    calm: Option<Done>,
}

/// A process that explores. It is ended, with its group, when this is dropped.
struct Explorer {
    child: Child,
}

impl Explorer {
    /// Gives it the job. If it does not listen, its end tells why.
    fn give(&mut self, job: &Job) {
        if let Some(mut stdin) = self.child.stdin.take() {
            let _ = serde_json::to_writer(&mut stdin, job);
            let _ = stdin.flush();
        }
    }

    fn listen(mut self, job: &Job, watch: &mut Watch<'_>) -> Result<Done, Error> {
        let words = self.child.stderr.take().map(|mut stderr| {
            std::thread::spawn(move || {
                let mut said = Vec::new();
                let _ = (&mut stderr).take(MAX_WORDS).read_to_end(&mut said);
                // What comes after is read and forgotten, so that nobody waits for room in the pipe.
                let _ = std::io::copy(&mut stderr, &mut std::io::sink());
                String::from_utf8_lossy(&said).into_owned()
            })
        });
        let (sender, lines) = sync_channel(LINES);
        if let Some(stdout) = self.child.stdout.take() {
            std::thread::spawn(move || {
                for line in BufReader::new(stdout.take(MAX_ANSWER)).lines() {
                    let Ok(line) = line else { break };
                    if sender.send(line).is_err() {
                        break;
                    }
                }
            });
        }
        let mut told = Told::default();
        let outcome = self.wait(&lines, job, watch, &mut told);
        let end = self.end();
        let said = words
            .and_then(|words| words.join().ok())
            .unwrap_or_default();
        let outcome = outcome.unwrap_or_else(|| Err(ended(end, said, job)));
        if let Some(calm) = told.calm {
            // Whatever a spurious wake-up did, what was found without stays found.
            let untried = match outcome {
                Ok(Done::Stuck { .. }) => Untried::Stuck,
                Err(Error::Interrupted) => Untried::Interrupted,
                Err(Error::Overdue { .. }) => Untried::Time,
                Err(Error::OutOfMemory { .. }) => Untried::Memory,
                Err(Error::Crashed { .. } | Error::Ended { .. }) => Untried::Crashed,
                outcome => return outcome,
            };
            return Ok(calm.undisturbed(untried));
        }
        outcome.or_else(|error| {
            // What was found stays found, though not everything that follows from it is known.
            let why = match error {
                Error::Interrupted => Spent::Interrupted,
                Error::Overdue { .. } => Spent::Time,
                Error::OutOfMemory { .. } => Spent::Memory,
                error => return Err(error),
            };
            Done::cut_short(told.found, job.libraries.len(), why).ok_or(error)
        })
    }

    /// `None` where it ended without an answer. What it said before that goes to `told`.
    fn wait(
        &mut self,
        lines: &Receiver<String>,
        job: &Job,
        watch: &mut Watch<'_>,
        told: &mut Told,
    ) -> Option<Result<Done, Error>> {
        let begun = Instant::now();
        let mut asked_to_stop = None;
        loop {
            match lines.recv_timeout(LOOK) {
                Ok(line) => match serde_json::from_str(&line) {
                    Ok(Line::Progress { classes, elapsed }) => (watch.progress)(classes, elapsed),
                    Ok(Line::Found(explored)) => told.found.push(*explored),
                    Ok(Line::Calm(done)) => told.calm = Some(*done),
                    Ok(Line::Done(done)) => return Some(Ok(*done)),
                    // The program wrote to our descriptor, which only unsafe code can.
                    Err(_) => {}
                },
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
            if asked_to_stop.is_none() && (watch.interrupted)() {
                asked_to_stop = Some(Instant::now());
                signal(self.child.id() as i32, libc::SIGINT);
            }
            if asked_to_stop.is_some_and(|asked| asked.elapsed() > PATIENCE) {
                return Some(Err(Error::Interrupted));
            }
            if begun.elapsed() > job.budget + GRACE {
                return Some(Err(Error::Overdue { grace: GRACE }));
            }
        }
    }

    fn end(&mut self) -> Option<ExitStatus> {
        // Who ends by itself is given the time to.
        let begun = Instant::now();
        while begun.elapsed() < LOOK {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Some(status);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        end_group(self.child.id());
        self.child.wait().ok()
    }
}

impl Drop for Explorer {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            end_group(self.child.id());
            let _ = self.child.wait();
        }
    }
}

/// What the end of a process without an answer means.
fn ended(status: Option<ExitStatus>, said: String, job: &Job) -> Error {
    use std::os::unix::process::ExitStatusExt as _;
    if said.contains("memory allocation of") || said.contains("capacity overflow") {
        return Error::OutOfMemory {
            bytes: job.memory_bytes,
        };
    }
    match status.and_then(|status| status.signal()) {
        Some(libc::SIGXCPU) => Error::Overdue { grace: GRACE },
        Some(signal) => Error::Crashed { signal, said },
        None => Error::Ended { said },
    }
}

fn signal(process: i32, signal: i32) {
    // SAFETY: sends a signal to a process, or group, that was started here and has not been waited for.
    unsafe {
        libc::kill(process, signal);
    }
}
