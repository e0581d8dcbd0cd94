//! How far a grading is, and how long it may still take.

use std::time::{Duration, Instant};

/// How far a grading is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// Whose submission was done last.
    pub id: String,
    /// How many are done.
    pub done: usize,
    /// Of how many.
    pub total: usize,
    /// An estimate of what is left; none before anything was judged.
    pub left: Option<Duration>,
}

pub(super) struct Watch {
    began: Instant,
    total: usize,
    done: usize,
    judged: usize,
    jobs: usize,
}

impl Watch {
    pub(super) fn new(total: usize, jobs: usize) -> Watch {
        Watch {
            began: Instant::now(),
            total,
            done: 0,
            judged: 0,
            jobs,
        }
    }

    /// One more is done; only what was judged now says anything about the time the others take.
    pub(super) fn done(&mut self, id: String, was_judged: bool) -> Progress {
        self.done += 1;
        self.judged += usize::from(was_judged);
        Progress {
            id,
            done: self.done,
            total: self.total,
            left: estimate(
                self.began.elapsed(),
                self.judged,
                self.total - self.done,
                self.jobs,
            ),
        }
    }
}

/// What is left takes as long as what was judged took. While fewer are judged than there are jobs, all of them are
/// still under way, and the time is theirs as well.
fn estimate(elapsed: Duration, judged: usize, left: usize, jobs: usize) -> Option<Duration> {
    if left == 0 {
        return Some(Duration::ZERO);
    }
    if judged == 0 {
        return None;
    }
    let under_way = jobs.saturating_sub(1).min(left) as f64 / 2.0;
    Some(elapsed.mul_f64(left as f64 / (judged as f64 + under_way)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_estimate_grows_with_what_is_left_and_ends_at_nothing() {
        let second = Duration::from_secs(1);
        assert_eq!(estimate(second, 10, 0, 2), Some(Duration::ZERO));
        assert_eq!(estimate(second, 0, 5, 2), None);
        assert_eq!(estimate(10 * second, 10, 20, 1), Some(20 * second));
        assert!(estimate(10 * second, 10, 40, 1) > estimate(10 * second, 10, 20, 1));
    }
}
