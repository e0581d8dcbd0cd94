//! What can be found about one task: exactly fifteen verdicts.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What was found about one task.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Verdict {
    /// Everything that is asked for.
    Accepted,
    /// This share of it, more than 0 and less than 1.
    Partial(f64),
    /// It runs, and does something else.
    Wrong,
    /// It does not compile.
    CompileError,
    /// Compiling it takes too much time, memory or room.
    CompileLimit,
    /// It takes too long.
    TimeLimit,
    /// It takes too much memory.
    MemoryLimit,
    /// It says too much.
    OutputLimit,
    /// It starts too many threads or processes.
    ProcessLimit,
    /// It writes too much to files.
    DiskLimit,
    /// It panics, crashes or ends before it has answered.
    RuntimeError,
    /// There is no answer yet.
    Incomplete,
    /// It uses what the task forbids.
    Forbidden,
    /// The submission cannot be read.
    Invalid,
    /// Our fault: never a zero.
    Internal,
}

impl Verdict {
    /// All names, in the order reports list them.
    pub const NAMES: [&'static str; 15] = [
        "Accepted",
        "Partial",
        "Wrong",
        "CompileError",
        "CompileLimit",
        "TimeLimit",
        "MemoryLimit",
        "OutputLimit",
        "ProcessLimit",
        "DiskLimit",
        "RuntimeError",
        "Incomplete",
        "Forbidden",
        "Invalid",
        "Internal",
    ];

    /// The word for it in JSON, CSV and the ledger; the share of a partial one is kept beside it.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Accepted => "Accepted",
            Verdict::Partial(_) => "Partial",
            Verdict::Wrong => "Wrong",
            Verdict::CompileError => "CompileError",
            Verdict::CompileLimit => "CompileLimit",
            Verdict::TimeLimit => "TimeLimit",
            Verdict::MemoryLimit => "MemoryLimit",
            Verdict::OutputLimit => "OutputLimit",
            Verdict::ProcessLimit => "ProcessLimit",
            Verdict::DiskLimit => "DiskLimit",
            Verdict::RuntimeError => "RuntimeError",
            Verdict::Incomplete => "Incomplete",
            Verdict::Forbidden => "Forbidden",
            Verdict::Invalid => "Invalid",
            Verdict::Internal => "Internal",
        }
    }

    /// The verdict with this name; `share` is that of a partial one.
    pub fn from_name(name: &str, share: f64) -> Option<Verdict> {
        Some(match name {
            "Accepted" => Verdict::Accepted,
            "Partial" => Verdict::Partial(share),
            "Wrong" => Verdict::Wrong,
            "CompileError" => Verdict::CompileError,
            "CompileLimit" => Verdict::CompileLimit,
            "TimeLimit" => Verdict::TimeLimit,
            "MemoryLimit" => Verdict::MemoryLimit,
            "OutputLimit" => Verdict::OutputLimit,
            "ProcessLimit" => Verdict::ProcessLimit,
            "DiskLimit" => Verdict::DiskLimit,
            "RuntimeError" => Verdict::RuntimeError,
            "Incomplete" => Verdict::Incomplete,
            "Forbidden" => Verdict::Forbidden,
            "Invalid" => Verdict::Invalid,
            "Internal" => Verdict::Internal,
            _ => return None,
        })
    }

    /// Whether it is our fault, so that no points may be taken for it.
    pub fn is_ours(self) -> bool {
        matches!(self, Verdict::Internal)
    }

    /// Which part of the points it gives when a judge reports this share.
    ///
    /// Only a full and a partial success give anything, whatever a judge says: a share that is not a number from 0 to
    /// 1 gives nothing.
    pub fn share(self, reported: f64) -> f64 {
        match self {
            Verdict::Accepted => 1.0,
            Verdict::Partial(_) if (0.0..=1.0).contains(&reported) => reported,
            _ => 0.0,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for name in Verdict::NAMES {
            let verdict = Verdict::from_name(name, 0.5).expect(name);
            assert_eq!(verdict.name(), name);
        }
        assert_eq!(Verdict::from_name("accepted", 1.0), None);
    }

    #[test]
    fn only_success_gives_points_and_never_more_than_all() {
        assert_eq!(Verdict::Accepted.share(0.0), 1.0);
        assert_eq!(Verdict::Partial(0.5).share(0.5), 0.5);
        for strange in [f64::NAN, f64::INFINITY, -1.0, 1.5] {
            assert_eq!(Verdict::Partial(strange).share(strange), 0.0);
        }
        assert_eq!(Verdict::Wrong.share(1.0), 0.0);
        assert_eq!(Verdict::Internal.share(1.0), 0.0);
    }
}
