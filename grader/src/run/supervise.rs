//! A program and its bounds, kept from outside.
//!
//! One loop, one thread: it reads what the program writes (and throws away what is too much), looks at what it uses
//! every few milliseconds, and ends it when a bound is passed. The clock counts time in which the program could have
//! run: when another program had the processor, the deadline moves, up to [`LENIENCE`].

use super::conversation::{Conversation, Next};
use crate::sandbox::orders::{Ended, Order, Report, Start, receive};
use crate::sandbox::watch::{self, Walk};
use crate::sandbox::{Chamber, PATIENCE, SandboxError};
use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use std::collections::VecDeque;
use std::io::{self, PipeReader, Read};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::time::{Duration, Instant};

/// A program is looked at this often where it is near a bound, and less often where it is not.
const LOOK: Duration = Duration::from_millis(5);
/// So often at least.
const LOOK_AT_LEAST: Duration = Duration::from_millis(40);
/// How often children of threads are looked for where none were found.
const WALK: Duration = Duration::from_millis(200);
/// As fast memory can be filled, in KiB a millisecond.
const FILLING: u64 = 2048;
/// How much longer a program may take that did not get the processor.
pub const LENIENCE: Duration = Duration::from_millis(1500);
/// How long threads may take to be gone after the answer.
pub const AFTERMATH: Duration = Duration::from_millis(500);

/// The bounds.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// For the whole, or for each question.
    pub wall: Duration,
    /// Processor time of all processes.
    pub cpu_ms: u64,
    /// Memory of all processes.
    pub memory_kb: u64,
    /// Threads of all processes.
    pub threads: u64,
    /// Bytes on each of stdout and stderr.
    pub output: u64,
    /// How many of these, the last ones, are kept.
    pub kept: usize,
}

/// A bound that was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breach {
    /// The clock.
    Time,
    /// Processor time.
    Processor,
    /// Memory.
    Memory,
    /// Bytes on stdout.
    Stdout,
    /// Bytes on stderr.
    Stderr,
    /// Recorded events.
    Events,
    /// Files.
    Disk,
    /// Threads and processes.
    Threads,
}

/// The end of a stream, and how long it was.
#[derive(Debug, Default)]
pub struct Tail {
    kept: VecDeque<u8>,
    /// All its bytes.
    pub bytes: u64,
}

impl Tail {
    fn push(&mut self, bytes: &[u8], keep: usize) {
        self.bytes += bytes.len() as u64;
        let bytes = &bytes[bytes.len().saturating_sub(keep)..];
        let over = (self.kept.len() + bytes.len()).saturating_sub(keep);
        self.kept.drain(..over);
        self.kept.extend(bytes);
    }

    /// As text.
    pub fn text(&self) -> String {
        let (a, b) = self.kept.as_slices();
        String::from_utf8_lossy(&[a, b].concat()).into_owned()
    }
}

/// How it went.
#[derive(Debug, Default)]
pub struct Ending {
    /// How the program ended; nothing if it was ended because it had answered, or because of a breach.
    pub ended: Option<Ended>,
    /// The bound that was passed.
    pub breach: Option<Breach>,
    /// The end of stdout.
    pub stdout: Tail,
    /// The end of stderr.
    pub stderr: Tail,
    /// From the start to the end.
    pub wall: Duration,
    /// Processor time.
    pub cpu_ms: f64,
    /// The most memory.
    pub peak_kb: u64,
    /// The most threads.
    pub peak_threads: u64,
    /// Threads and processes that were there after the answer.
    pub leftover: (u64, u64),
    /// Children that had ended by then, and that nobody waited for.
    pub unreaped: u64,
    /// Whether memory was measured from time to time instead of counted.
    pub approximate: bool,
}

impl Ending {
    /// From the start to the end, in milliseconds with at most six decimals: so many digits a ledger gives back as they
    /// were (`serde_json` reads numbers of 17 digits to the last bit but one).
    pub fn wall_ms(&self) -> f64 {
        self.wall.as_nanos() as f64 / 1e6
    }
}

/// Starts a program and stays with it to the end. Afterwards the box is empty and can be used again.
pub fn supervise(
    chamber: &mut Chamber,
    start: Start,
    program: Option<&OwnedFd>,
    conversation: Option<&mut Conversation>,
    bounds: &Bounds,
) -> Result<Ending, SandboxError> {
    let (stdout, to_stdout) = io::pipe()?;
    let (stderr, to_stderr) = io::pipe()?;
    for reader in [&stdout, &stderr] {
        fcntl(reader, FcntlArg::F_SETFL(OFlag::O_NONBLOCK))?;
    }
    let mut brought = vec![to_stdout.as_raw_fd(), to_stderr.as_raw_fd()];
    let theirs = conversation
        .as_ref()
        .and_then(|conversation| conversation.theirs());
    brought.extend(theirs);
    brought.extend(program.map(AsRawFd::as_raw_fd));
    chamber.bring(&Order::Start(start), &brought)?;
    drop((to_stdout, to_stderr));
    let begin = Instant::now();
    chamber.answer(|report| (report == Report::Started).then_some(()))?;
    let ending = Ending {
        approximate: chamber.group().is_none(),
        ..Ending::default()
    };
    let mut watcher = Supervision {
        chamber,
        bounds,
        conversation,
        streams: [Some(stdout), Some(stderr)],
        ending,
        asked: begin,
        looked: begin,
        walked: begin,
        children: false,
        pause: LOOK_AT_LEAST
            .min(Duration::from_millis(bounds.memory_kb / FILLING))
            .max(LOOK),
        answered: None,
    };
    if let Some(conversation) = watcher.conversation.as_deref_mut() {
        conversation.begin()?;
    }
    watcher.stay()?;
    watcher.finish()?;
    let mut ending = watcher.ending;
    ending.wall = begin.elapsed();
    Ok(ending)
}

/// What there is to read.
struct Ready {
    reports: bool,
    streams: bool,
    conversation: bool,
}

struct Supervision<'a> {
    chamber: &'a mut Chamber,
    bounds: &'a Bounds,
    conversation: Option<&'a mut Conversation>,
    streams: [Option<PipeReader>; 2],
    ending: Ending,
    asked: Instant,
    looked: Instant,
    pause: Duration,
    walked: Instant,
    children: bool,
    answered: Option<Instant>,
}

impl Supervision<'_> {
    /// Until it has ended, has answered everything, or has passed a bound.
    fn stay(&mut self) -> Result<(), SandboxError> {
        loop {
            let ready = self.wait()?;
            if ready.streams {
                self.read_streams();
            }
            if ready.conversation {
                self.converse()?;
            }
            while ready.reports
                && let Some(report) = self.chamber.hear_now()?
            {
                match report {
                    Report::Ended(ended) => {
                        self.note(ended);
                        self.ending.ended = Some(ended);
                    }
                    Report::Full => self.breach(Breach::Disk),
                    _ => {}
                }
            }
            if self.ending.ended.is_some() {
                // What it said before its end may still have to be read.
                self.converse()?;
                if self.answered.is_some() {
                    self.look();
                }
                return Ok(());
            }
            if self.looked.elapsed() >= self.pause || self.answered.is_some() {
                self.look();
            }
            if self.ending.breach.is_some() {
                return Ok(());
            }
            if let Some(answered) = self.answered {
                let leaves = self.conversation.as_ref().is_some_and(|one| one.may_leave);
                let gone = self.ending.leftover == (0, 0) && self.ending.unreaped == 0;
                if leaves || gone || answered.elapsed() >= AFTERMATH {
                    return Ok(());
                }
            } else if self.asked.elapsed() >= self.bounds.wall {
                let waited = watch::waited(self.chamber.first());
                if self.asked.elapsed() >= self.bounds.wall + waited.min(LENIENCE) {
                    self.breach(Breach::Time);
                    return Ok(());
                }
            }
        }
    }

    fn wait(&self) -> Result<Ready, SandboxError> {
        let mut waited = vec![PollFd::new(self.chamber.as_fd(), PollFlags::POLLIN)];
        for stream in self.streams.iter().flatten() {
            waited.push(PollFd::new(stream.as_fd(), PollFlags::POLLIN));
        }
        let streams = waited.len();
        if let Some(conversation) = &self.conversation
            && !conversation.is_over()
        {
            waited.push(PollFd::new(conversation.as_fd(), PollFlags::POLLIN));
        }
        // After the answer there is only the look.
        let timeout = match self.answered {
            Some(_) => Duration::from_millis(1),
            None => self.pause.saturating_sub(self.looked.elapsed()) + Duration::from_millis(1),
        };
        match poll(
            &mut waited,
            PollTimeout::try_from(timeout).unwrap_or(PollTimeout::ZERO),
        ) {
            Ok(_) | Err(nix::Error::EINTR) => {}
            Err(error) => return Err(error.into()),
        }
        let is_ready =
            |waited: &PollFd<'_>| waited.revents().is_some_and(|events| !events.is_empty());
        Ok(Ready {
            reports: is_ready(&waited[0]),
            streams: waited[1..streams].iter().any(is_ready),
            conversation: waited[streams..].iter().any(is_ready),
        })
    }

    fn read_streams(&mut self) {
        let mut buffer = [0; 64 * 1024];
        for (place, breach) in [(0, Breach::Stdout), (1, Breach::Stderr)] {
            let Some(stream) = &mut self.streams[place] else {
                continue;
            };
            let tail = if place == 0 {
                &mut self.ending.stdout
            } else {
                &mut self.ending.stderr
            };
            // A bounded part at a time, so that a flood does not keep us from looking.
            for _ in 0..16 {
                match stream.read(&mut buffer) {
                    Ok(0) => {
                        self.streams[place] = None;
                        break;
                    }
                    Ok(length) => tail.push(&buffer[..length], self.bounds.kept),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                    Err(_) => {
                        self.streams[place] = None;
                        break;
                    }
                }
            }
            if tail.bytes > self.bounds.output {
                self.breach(breach);
            }
        }
    }

    fn converse(&mut self) -> Result<(), SandboxError> {
        let Some(conversation) = self.conversation.as_deref_mut() else {
            return Ok(());
        };
        // A bounded number at a time.
        for _ in 0..4096 {
            if conversation.is_over() {
                return Ok(());
            }
            let packet = match receive(conversation.as_fd(), false) {
                Ok(packet) => packet,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                // Longer than any packet of the task library.
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                    conversation.forged = true;
                    continue;
                }
                Err(_) => None,
            };
            match conversation.hear(packet)? {
                Next::Listen => {}
                Next::Asked => self.asked = Instant::now(),
                Next::Answered => {
                    self.answered = Some(Instant::now());
                    // Not yet looked at.
                    self.ending.leftover = (1, 0);
                    return Ok(());
                }
                Next::TooMuch => {
                    self.breach(Breach::Events);
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn look(&mut self) {
        self.looked = Instant::now();
        // Once there are children, or now and then, all are looked for; and at the end.
        let whole = self.answered.is_some()
            || self.children
            || self.walked.elapsed() >= WALK
            || self.pause <= LOOK;
        if whole {
            self.walked = Instant::now();
        }
        let how = if whole { Walk::Whole } else { Walk::Quick };
        let usage = watch::usage(self.chamber.first(), how);
        self.children = usage.processes > 1;
        let ending = &mut self.ending;
        ending.peak_threads = ending.peak_threads.max(usage.threads);
        ending.peak_kb = ending
            .peak_kb
            .max(usage.memory_kb.min(self.bounds.memory_kb));
        let own = u64::from(ending.ended.is_none());
        ending.leftover = (
            usage.threads.saturating_sub(usage.processes),
            usage.processes.saturating_sub(own),
        );
        ending.unreaped = usage.unreaped;
        // A control group counts what is in memory, whoever put it there.
        let shared_kb = match self.chamber.group() {
            None if self.conversation.is_some() => watch::shared_kb(self.chamber.first(), how),
            _ => 0,
        };
        let room = self
            .bounds
            .memory_kb
            .saturating_sub(usage.memory_kb.max(shared_kb));
        self.pause = Duration::from_millis(room / FILLING).clamp(LOOK, LOOK_AT_LEAST);
        if usage.memory_kb > self.bounds.memory_kb {
            let really = watch::memory_by_page_kb(self.chamber.first());
            ending.peak_kb = ending.peak_kb.max(really);
            if really > self.bounds.memory_kb {
                self.breach(Breach::Memory);
            }
        }
        if shared_kb > self.bounds.memory_kb {
            self.breach(Breach::Memory);
        }
        if usage.threads > self.bounds.threads {
            self.breach(Breach::Threads);
        }
        if usage.cpu_ms > self.bounds.cpu_ms {
            self.breach(Breach::Processor);
        }
        if self
            .chamber
            .group()
            .is_some_and(|group| group.out_of_memory() > 0)
        {
            self.breach(Breach::Memory);
        }
    }

    fn breach(&mut self, breach: Breach) {
        self.ending.breach.get_or_insert(breach);
    }

    fn note(&mut self, ended: Ended) {
        self.ending.cpu_ms = self.ending.cpu_ms.max(ended.cpu_us as f64 / 1000.0);
        self.ending.peak_kb = self.ending.peak_kb.max(ended.peak_kb);
    }

    /// Empties the box.
    fn finish(&mut self) -> Result<(), SandboxError> {
        self.chamber.say(&Order::Kill)?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            self.read_streams();
            match self.chamber.hear(LOOK)? {
                Some(Report::Killed) => break,
                Some(Report::Ended(ended)) => self.note(ended),
                _ if Instant::now() >= deadline => return Err(SandboxError::Gone),
                _ => {}
            }
        }
        self.read_streams();
        if let Some(group) = self.chamber.group() {
            self.ending.peak_kb = group.peak_kb().unwrap_or(self.ending.peak_kb);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_from_a_ledger_as_it_was_written() {
        for nanos in (1..4_000_000_000).step_by(39_119) {
            let wall = Duration::from_nanos(nanos);
            let ms = Ending {
                wall,
                ..Ending::default()
            }
            .wall_ms();
            let written = serde_json::to_string(&ms).expect("a number");
            let read: f64 = serde_json::from_str(&written).expect("the number");
            assert_eq!(read, ms, "{written}");
        }
    }
}
