use std::fmt;

use serde::{Deserialize, Serialize};

/// What a check found.
///
/// Each trouble has its own name, because the owner does something else about each of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// It answered with this status, below 400. A redirection counts: the site is there.
    Up(u16),
    /// It answered with this status, 400 or more.
    Down(u16),
    /// No answer in time.
    TimedOut,
    /// Nobody listens at that port.
    Refused,
    /// There is no host of that name.
    BadName,
    /// Anything else: an answer that is not HTTP, a certificate that is not valid, a broken connection.
    Failed(String),
}

impl Verdict {
    /// Whether the site is up.
    pub fn is_up(&self) -> bool {
        matches!(self, Verdict::Up(_))
    }

    /// One word: the status, or what went wrong.
    ///
    /// ```
    /// use exercises::squirrel::Verdict;
    ///
    /// assert_eq!(Verdict::Down(404).word(), "404");
    /// assert_eq!(Verdict::TimedOut.word(), "timed-out");
    /// ```
    pub fn word(&self) -> String {
        match self {
            Verdict::Up(status) | Verdict::Down(status) => status.to_string(),
            Verdict::TimedOut => "timed-out".to_owned(),
            Verdict::Refused => "refused".to_owned(),
            Verdict::BadName => "bad-name".to_owned(),
            Verdict::Failed(_) => "failed".to_owned(),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Up(status) => write!(f, "up (status {status})"),
            Verdict::Down(status) => write!(f, "down: status {status}"),
            Verdict::TimedOut => f.write_str("down: no answer in time"),
            Verdict::Refused => f.write_str("down: connection refused"),
            Verdict::BadName => f.write_str("down: no such host"),
            Verdict::Failed(why) => write!(f, "down: {why}"),
        }
    }
}
