//! What an assignment says of an exploration, and what comes of one.

use crate::build::tokens;
use crate::check::WrongCheck;
use explorer::{Beyond, Ending, FailureKind};
use serde::{Deserialize, Serialize};

/// How an answer is explored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExploreSpec {
    /// The program around the answer: items, among them `fn main`, which calls it with small numbers and prints what
    /// matters.
    pub main: String,
    /// The time for exploring, compiling not included.
    #[serde(default = "budget_ms")]
    pub budget_ms: u64,
    /// The memory for exploring.
    #[serde(default = "memory_mb")]
    pub memory_mb: u64,
    /// What may not happen in any schedule.
    #[serde(default = "failures")]
    pub failures: Vec<FailureKind>,
    /// Whether it must print exactly what the reference can print.
    #[serde(default)]
    pub same_outputs: bool,
    /// Whether waits for conditions that end without a notification count, too: an `if` where a `while` is needed.
    #[serde(default = "yes")]
    pub spurious_wakeups: bool,
    /// What becomes of an answer that cannot be explored, or not whole.
    #[serde(default, rename = "or")]
    pub otherwise: Otherwise,
    /// Whether the student may see the program around her answer; without it a schedule says nothing.
    #[serde(default = "yes")]
    pub shown: bool,
}

fn budget_ms() -> u64 {
    3_000
}

fn memory_mb() -> u64 {
    512
}

/// That a program does not do the same twice says something about exploring it, and nothing about its schedules.
fn failures() -> Vec<FailureKind> {
    vec![
        FailureKind::Deadlock,
        FailureKind::LostUpdate,
        FailureKind::DataRace,
        FailureKind::Panic,
        FailureKind::Livelock,
        FailureKind::LostWakeup,
        FailureKind::BlockedAtExit,
    ]
}

fn yes() -> bool {
    true
}

/// Longer explorations would hold up a class.
const MOST_BUDGET_MS: u64 = 600_000;
/// Less has no room for the process that explores, more has no machine.
const MEMORY_MB: std::ops::RangeInclusive<u64> = 64..=65_536;

impl ExploreSpec {
    /// What is wrong with it.
    pub(crate) fn wrong(&self) -> Option<WrongCheck> {
        let words = tokens::tokens(&self.main);
        let enters = words
            .windows(2)
            .any(|pair| pair[0].text == "fn" && pair[1].text == "main");
        if !enters {
            Some(WrongCheck::NoMain)
        } else if self.budget_ms == 0 || self.budget_ms > MOST_BUDGET_MS {
            Some(WrongCheck::Budget)
        } else if !MEMORY_MB.contains(&self.memory_mb) {
            Some(WrongCheck::Memory)
        } else if self.failures.is_empty() && !self.same_outputs {
            Some(WrongCheck::NothingCounts)
        } else {
            None
        }
    }
}

/// What becomes of an answer that cannot be explored, or not whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Otherwise {
    /// A human looks at it.
    #[default]
    Hand,
    /// The check holds.
    Accept,
}

/// What goes wrong in some schedule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "found", rename_all = "kebab-case")]
pub enum Finding {
    /// A failure.
    Failure {
        /// What kind.
        kind: FailureKind,
        /// The lines of the answer that matter, from 1.
        lines: Vec<u32>,
        /// What a panic said.
        message: Option<String>,
        /// How to see it again.
        schedule: String,
    },
    /// It ends the process before the program around it has come to its end.
    Leaves {
        /// The lines of the answer that do, from 1.
        lines: Vec<u32>,
        /// How to see it.
        schedule: String,
    },
    /// Under-synchronised: it can print what the reference never prints.
    Prints {
        /// What.
        text: String,
        /// And how it then ends.
        ending: Ending,
        /// How to see it, where that was found again.
        schedule: Option<String>,
        /// Whether nothing it can print is right, in any schedule: that is no matter of synchronisation.
        never_right: bool,
    },
    /// Over-synchronised: it can never print what the reference can.
    NeverPrints {
        /// What.
        text: String,
        /// And how it then ends.
        ending: Ending,
    },
    /// It goes wrong only where a wait for a condition ends without a notification.
    Woken {
        /// The lines of the answer with such waits, from 1.
        lines: Vec<u32>,
        /// How to see it, where that was found again.
        schedule: Option<String>,
    },
}

impl Finding {
    /// The schedule that shows it.
    pub fn schedule(&self) -> Option<&str> {
        match self {
            Finding::Failure { schedule, .. } | Finding::Leaves { schedule, .. } => {
                Some(schedule.as_str()).filter(|schedule| !schedule.is_empty())
            }
            Finding::Prints { schedule, .. } | Finding::Woken { schedule, .. } => {
                schedule.as_deref()
            }
            Finding::NeverPrints { .. } => None,
        }
    }
}

/// Why an exploration says nothing about an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "open", rename_all = "kebab-case")]
pub enum Open {
    /// It uses what the model does not have.
    NotModelled {
        /// What, as it names it.
        what: Vec<String>,
    },
    /// It comes to what the model does not have.
    Beyond {
        /// What.
        what: Beyond,
    },
    /// There are too many schedules for the time.
    Time {
        /// The time.
        budget_ms: u64,
    },
    /// There are too many schedules for the memory.
    Memory {
        /// The memory.
        limit_mb: u64,
    },
    /// Something other than time and memory was cut short, such as asking the same question over and over.
    Bounded,
    /// It does not do the same twice, with the same schedule.
    Nondeterminism,
    /// It can print so much that it cannot be compared.
    Outputs,
    /// The reference could not be explored whole, so there is nothing to compare with.
    Reference,
    /// The process that explored ended without an answer.
    Broke {
        /// What it said.
        what: String,
    },
}

impl Open {
    /// Whether it may be otherwise the next time, on a machine that is less busy.
    pub fn may_change(&self) -> bool {
        matches!(
            self,
            Open::Time { .. } | Open::Memory { .. } | Open::Broke { .. }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(text: &str) -> Result<ExploreSpec, toml::de::Error> {
        toml::from_str(text)
    }

    #[test]
    fn everything_counts_by_default_and_what_is_chosen_is_chosen() {
        let all = spec("main = 'fn main() {}'").unwrap();
        assert_eq!(all.failures.len(), 7);
        assert_eq!((all.otherwise, all.shown), (Otherwise::Hand, true));
        assert!(all.spurious_wakeups);
        assert_eq!(all.wrong(), None);
        let some =
            spec("main = 'fn main() {}'\nfailures = ['deadlock', 'lost-update']\nor = 'accept'")
                .unwrap();
        assert_eq!(
            some.failures,
            [FailureKind::Deadlock, FailureKind::LostUpdate]
        );
        assert_eq!(some.otherwise, Otherwise::Accept);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for (text, says) in [
            ("main = '// fn main() {}'", WrongCheck::NoMain),
            ("main = 'fn main() {}'\nbudget_ms = 0", WrongCheck::Budget),
            ("main = 'fn main() {}'\nmemory_mb = 1", WrongCheck::Memory),
            (
                "main = 'fn main() {}'\nfailures = []",
                WrongCheck::NothingCounts,
            ),
        ] {
            assert_eq!(spec(text).unwrap().wrong(), Some(says), "{text}");
        }
        for text in [
            "budget_ms = 5",
            "main = 'fn main() {}'\nfailures = ['bug']",
            "main = 'fn main() {}'\nor = 'reject'",
            "main = 'fn main() {}'\nprobe = 'x()'",
        ] {
            assert!(spec(text).is_err(), "{text}");
        }
    }
}
