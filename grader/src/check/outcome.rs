//! One run becomes a verdict.

use super::values::fits;
use crate::judge::{CheckSpec, Datum, TaskSpec, Why};
use crate::run::conversation::{Answered, Conversation};
use crate::run::supervise::{Breach, Ending};
use crate::verdict::Verdict;
use crate::wire::Value;
use recorder::document::Document;
use recorder::{Kind, ObjectKind};

/// What a run is judged by.
pub(super) struct Asked<'a> {
    pub task: &'a TaskSpec,
    pub check: usize,
    /// The case of each question, and what is expected.
    pub cases: Vec<(usize, Option<Value>)>,
    pub file: String,
    pub offset: u32,
    pub seed: u64,
    pub approximate: bool,
}

impl Asked<'_> {
    fn spec(&self) -> &CheckSpec {
        &self.task.checks[self.check]
    }

    /// The first thing that is wrong, and in which case; nothing if all is well.
    pub fn judge(
        &self,
        ending: &Ending,
        conversation: &Conversation,
        document: &Document,
    ) -> Option<(usize, Verdict, Why)> {
        let at = conversation
            .answers
            .len()
            .min(self.cases.len().saturating_sub(1));
        let here = |found: (Verdict, Why)| Some((self.cases[at].0, found.0, found.1));
        if conversation.forged {
            return here((Verdict::Forbidden, Why::Forged));
        }
        if let Some(breach) = ending.breach {
            return here(self.breach(breach, ending));
        }
        // An answer that came is judged even if the program ended afterwards.
        for ((case, expected), answer) in self.cases.iter().zip(&conversation.answers) {
            if let Some((verdict, why)) = self.answer(*case, expected.as_ref(), answer) {
                return Some((*case, verdict, why));
            }
        }
        if conversation.answers.len() < self.cases.len() {
            return here(self.end(ending));
        }
        self.order(document)
            .or_else(|| self.resources(ending, document))
            .and_then(here)
    }

    fn breach(&self, breach: Breach, ending: &Ending) -> (Verdict, Why) {
        let limits = self.task.limits;
        let output = |stream: &str, limit| {
            let stream = stream.to_owned();
            (Verdict::OutputLimit, Why::Output { stream, limit })
        };
        let refused = ["Cannot fork", "Resource temporarily unavailable"];
        match breach {
            // What was refused a process waits, or tries again.
            Breach::Time | Breach::Processor
                if refused
                    .iter()
                    .any(|words| ending.stderr.text().contains(words)) =>
            {
                (Verdict::ProcessLimit, self.processes())
            }
            Breach::Time | Breach::Processor => (
                Verdict::TimeLimit,
                Why::Time {
                    limit_ms: limits.wall_ms,
                    cpu_ms: ending.cpu_ms as u64,
                },
            ),
            Breach::Memory => (Verdict::MemoryLimit, self.memory()),
            Breach::Stdout => output("stdout", limits.output_kb),
            Breach::Stderr => output("stderr", limits.output_kb),
            Breach::Events => output("events", limits.events),
            Breach::Disk => (Verdict::DiskLimit, self.disk()),
            Breach::Threads => (Verdict::ProcessLimit, self.processes()),
        }
    }

    fn memory(&self) -> Why {
        Why::Memory {
            limit_mb: self.task.limits.memory_mb,
            approximate: self.approximate,
        }
    }

    fn disk(&self) -> Why {
        Why::Disk {
            limit_mb: self.task.limits.disk_mb,
        }
    }

    fn processes(&self) -> Why {
        Why::Processes {
            limit: self.task.limits.threads,
        }
    }

    /// It ended before it answered.
    fn end(&self, ending: &Ending) -> (Verdict, Why) {
        let said = ending.stderr.text();
        let Some(ended) = ending.ended else {
            let what = "the program is gone without an end".to_owned();
            return (Verdict::Internal, Why::Internal { what });
        };
        match ended.signal {
            Some(libc::SIGSYS) if !self.task.sleep => (Verdict::Forbidden, Why::Slept),
            Some(libc::SIGXCPU) => self.breach(Breach::Processor, ending),
            Some(libc::SIGXFSZ) => (Verdict::DiskLimit, self.disk()),
            Some(libc::SIGABRT | libc::SIGSEGV) if said.contains("has overflowed its stack") => {
                (Verdict::RuntimeError, Why::StackOverflow)
            }
            Some(libc::SIGABRT) if said.contains("memory allocation of") => {
                (Verdict::MemoryLimit, self.memory())
            }
            // Safe code has no other way to touch what it does not have; and without /proc the first thread's stack
            // is not known well enough for its end to be told.
            Some(libc::SIGSEGV) if !self.task.allows_unsafe => {
                (Verdict::RuntimeError, Why::StackOverflow)
            }
            Some(signal) => (Verdict::RuntimeError, Why::Killed { signal }),
            None => {
                let code = ended.code.unwrap_or(0);
                (Verdict::RuntimeError, Why::Ended { code })
            }
        }
    }

    fn answer(
        &self,
        case: usize,
        expected: Option<&Value>,
        answer: &Answered,
    ) -> Option<(Verdict, Why)> {
        let found = match answer {
            Answered::Panic {
                message,
                file,
                line,
            } => return Some(self.panic(case, message, file, *line)),
            Answered::Value(found) => found,
        };
        let expected = expected?;
        if fits(expected, found, self.spec().compare) {
            return None;
        }
        let spec = &self.spec().cases[case];
        Some((
            Verdict::Wrong,
            Why::Values {
                check: self.check,
                case,
                shown: spec.shown,
                args: spec.args.clone(),
                expected: Box::new(Datum(expected.clone())),
                found: Box::new(Datum(found.clone())),
            },
        ))
    }

    fn panic(&self, case: usize, message: &str, file: &str, line: u32) -> (Verdict, Why) {
        let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
        if message.starts_with("not yet implemented") || message.starts_with("not implemented") {
            return (Verdict::Incomplete, Why::NotWritten);
        }
        // Said by the library of the task; an answer that says the same has panicked itself.
        if message.starts_with("the question carries") && file != self.file {
            let (check, case) = (self.check + 1, case + 1);
            let what = format!("check {check}, case {case}: {message}");
            return (Verdict::Internal, Why::Task { what });
        }
        // What the system refuses reaches the answer as an error, and mostly ends in a panic.
        if says(&["failed to spawn thread", "Resource temporarily unavailable"]) {
            return (Verdict::ProcessLimit, self.processes());
        }
        if says(&["StorageFull", "FileTooLarge", "No space left on device"]) {
            return (Verdict::DiskLimit, self.disk());
        }
        let line = (file == self.file)
            .then(|| line.checked_sub(self.offset))
            .flatten();
        let message = message.to_owned();
        (Verdict::RuntimeError, Why::Panicked { message, line })
    }

    fn order(&self, document: &Document) -> Option<(Verdict, Why)> {
        let run = document.as_run();
        self.spec().order.iter().find_map(|spec| {
            let rule = spec.rule();
            let checked = rule.check(&run);
            (!checked.holds).then(|| {
                let why = Why::Order {
                    check: self.check,
                    rule: rule.to_string(),
                    at: checked.at,
                    seed: self.seed,
                };
                (Verdict::Wrong, why)
            })
        })
    }

    fn resources(&self, ending: &Ending, document: &Document) -> Option<(Verdict, Why)> {
        if let Some(limit) = self.spec().max_threads {
            let seen = ending.peak_threads.max(threads_together(document));
            if seen > limit {
                return Some((Verdict::Wrong, Why::Threads { limit, seen }));
            }
        }
        let (threads, processes) = ending.leftover;
        if !self.spec().leftovers && (threads, processes) != (0, 0) {
            return Some((Verdict::Wrong, Why::Leftover { threads, processes }));
        }
        if !self.spec().leftovers && ending.unreaped != 0 {
            let processes = ending.unreaped;
            return Some((Verdict::Wrong, Why::Unreaped { processes }));
        }
        None
    }
}

/// The most threads that were recorded as living at the same time, the first one included. A thread lives from the
/// moment before it is made to the moment before it is gone.
fn threads_together(document: &Document) -> u64 {
    let (mut now, mut most) = (1u64, 1u64);
    for event in &document.events {
        match (event.kind, event.object.kind) {
            (Kind::Start, ObjectKind::Lane) => now += 1,
            (Kind::Exit, ObjectKind::Lane) => now = now.saturating_sub(1),
            _ => {}
        }
        most = most.max(now);
    }
    most
}
