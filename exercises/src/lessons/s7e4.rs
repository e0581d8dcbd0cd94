//! A lock that its holder never releases; a lock that is released; and a lock on a file.
//!
//! What the original does not have: whoever waits is told when the holder has ended, see
//! [`Lock`]. The comparison with a file lock, which the system undoes without a
//! word, is part of the third scenario.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Step, Word};

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Scenario, Scene};
use crate::primitive::time::Duration;
use crate::process::{self, Event, FileLock, Lock, LockError, Process, ReentrantLock};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s7e4",
    parameters: &[],
    files: &[],
    always: &[OWN_PROCESSES],
    scenarios: [
        Scenario {
            guaranteed: &[
                LOCKED_THEN_BLOCKED,
                BLOCKED_THEN_ABANDONED,
                HOLDER_NAMED,
                ONE_LOCKED,
                ONE_BLOCKED,
                ONE_ABANDONED,
                HOLDER_PID,
                two_ended(2),
            ],
            likely: &[FIRST_COMES_FIRST],
        },
        Scenario {
            guaranteed: &[
                LOCKED_THEN_BLOCKED,
                BLOCKED_THEN_ABANDONED,
                HOLDER_NAMED,
                ONE_LOCKED,
                Rule::AllBefore {
                    first: Pick::what(&["again"]),
                    then: Pick::what(&["blocked"]),
                },
                Rule::Count {
                    of: Pick::what(&["again"]),
                    is: Amount::Is(1),
                },
                ONE_BLOCKED,
                ONE_ABANDONED,
                HOLDER_PID,
                two_ended(2),
            ],
            likely: &[FIRST_COMES_FIRST],
        },
        Scenario {
            guaranteed: &[
                Rule::Inside {
                    enter: "locked",
                    leave: "released",
                    max: 1,
                },
                Rule::Within {
                    of: Pick {
                        who: &["process"],
                        what: &["locked", "released"],
                    },
                    words: &[Word::Once("locked"), Word::Once("released")],
                },
                Rule::Indices {
                    of: Pick::what(&["locked"]),
                    from: 1,
                    count: Amount::Is(2),
                },
                Rule::Exactly {
                    of: Pick::what(&["file", "blocked"]),
                    steps: &[
                        Step::any("process 3", "file"),
                        Step::any("process 4", "blocked"),
                        Step::any("process 4", "file"),
                    ],
                },
                Rule::OwnPid {
                    of: Pick::what(&["locked", "released", "file"]),
                    field: "",
                },
                two_ended(4),
            ],
            likely: &[],
        },
    ],
    run,
};

/// How long one tries before saying that it is blocked.
const PATIENCE: Duration = Duration::from_millis(500);
const HOLD_MS: u64 = 200;

const LOCKED: Pick = Pick::what(&["locked"]);
const BLOCKED: Pick = Pick::what(&["blocked"]);
const ABANDONED: Pick = Pick::what(&["abandoned"]);

const LOCKED_THEN_BLOCKED: Rule = Rule::AllBefore {
    first: LOCKED,
    then: BLOCKED,
};
const BLOCKED_THEN_ABANDONED: Rule = Rule::AllBefore {
    first: BLOCKED,
    then: ABANDONED,
};
const HOLDER_NAMED: Rule = Rule::Same {
    of: Pick::what(&["locked", "again", "abandoned"]),
    field: "",
};
const ONE_LOCKED: Rule = once(LOCKED);
const ONE_BLOCKED: Rule = once(BLOCKED);
const ONE_ABANDONED: Rule = once(ABANDONED);
const HOLDER_PID: Rule = Rule::OwnPid {
    of: LOCKED,
    field: "",
};
const FIRST_COMES_FIRST: Rule = Rule::Count {
    of: Pick {
        who: &["process 1"],
        what: &["locked"],
    },
    is: Amount::Is(1),
};
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: Pick::ALL,
    kind: LaneKind::Process,
};

const fn once(of: Pick) -> Rule {
    Rule::Count {
        of,
        is: Amount::Is(1),
    }
}

const fn two_ended(count: i64) -> Rule {
    Rule::AllEnded {
        kind: LaneKind::Process,
        count: Amount::Is(count),
    }
}

fn say(stage: &Stage, what: &str) {
    stage.print(&process::current_name(), what, process::id());
}

/// The one who came too late: says so, and waits for what the end of the holder brings.
fn blocked(
    stage: &Stage,
    given_up: &Event,
    lock: impl FnOnce() -> Result<(), LockError>,
) -> Result<(), LessonError> {
    let name = process::current_name();
    stage.print(&name, "blocked", ());
    given_up.set();
    match lock() {
        Err(LockError::Abandoned(abandoned)) => {
            stage.print(&name, "abandoned", abandoned.pid);
            Ok(())
        }
        other => Ok(other?),
    }
}

fn never_released(
    stage: &Stage,
    lock: &Lock,
    [said, given_up]: [&Event; 2],
) -> Result<(), LessonError> {
    let Some(held) = lock.try_lock()? else {
        // Too late. Tries again, now that the other one has said that it has the lock.
        said.wait()?;
        return match lock.lock_timeout(PATIENCE)? {
            Some(_held) => Ok(()),
            None => blocked(stage, given_up, || lock.lock().map(drop)),
        };
    };
    say(stage, "locked");
    said.set();
    given_up.wait()?;
    // The mistake: the process ends and the lock stays taken.
    std::mem::forget(held);
    Ok(())
}

fn released_once_too_little(
    stage: &Stage,
    lock: &ReentrantLock,
    [said, given_up]: [&Event; 2],
) -> Result<(), LessonError> {
    let Some(outer) = lock.try_lock()? else {
        // Too late. Tries again when the lock has been released, though not often enough.
        said.wait()?;
        return match lock.lock_timeout(PATIENCE)? {
            Some(_held) => Ok(()),
            None => blocked(stage, given_up, || lock.lock().map(drop)),
        };
    };
    say(stage, "locked");
    let inner = lock.lock()?;
    say(stage, "again");
    drop(inner);
    said.set();
    given_up.wait()?;
    std::mem::forget(outer);
    Ok(())
}

fn released(stage: &Stage, lock: &Lock) -> Result<(), LockError> {
    let held = lock.lock()?;
    say(stage, "locked");
    stage.sleep(HOLD_MS);
    say(stage, "released");
    drop(held);
    Ok(())
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let (lock, reentrant) = (Lock::new()?, ReentrantLock::new()?);
    let (said, given_up) = (Event::new()?, Event::new()?);
    let mut processes = ["process 1", "process 2"].map(|name| {
        Process::borrowing(name, || match stage.scene() {
            Scene::First => never_released(stage, &lock, [&said, &given_up]),
            Scene::Second => released_once_too_little(stage, &reentrant, [&said, &given_up]),
            Scene::Third => Ok(released(stage, &lock)?),
        })
    });
    for process in &mut processes {
        process.start()?;
    }
    for process in &processes {
        finish(process)?;
    }
    if stage.scene() == Scene::Third {
        file_lock(stage)?;
    }
    Ok(Outcome::none())
}

fn file_lock(stage: &Stage) -> Result<(), LessonError> {
    let lock = FileLock::new()?;
    let (taken, given_up) = (Event::new()?, Event::new()?);
    let mut holder = Process::borrowing("process 3", || {
        let held = lock.lock()?;
        say(stage, "file");
        taken.set();
        given_up.wait()?;
        // Not released, but the process ends, and with it its open file.
        std::mem::forget(held);
        Ok::<(), LessonError>(())
    });
    let mut other = Process::borrowing("process 4", || {
        taken.wait()?;
        if lock.lock_timeout(PATIENCE)?.is_none() {
            stage.print(&process::current_name(), "blocked", ());
        }
        given_up.set();
        let _held = lock.lock()?;
        say(stage, "file");
        Ok::<(), LessonError>(())
    });
    holder.start()?;
    other.start()?;
    finish(&holder)?;
    finish(&other)
}
