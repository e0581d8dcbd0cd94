//! A condition between processes: one counts and notifies at every tenth number, others wait.

use recorder::LaneKind;
use recorder::order::{Amount, Pick, Rule, Word};

use super::finish;
use crate::lesson::{Lesson, LessonError, Outcome, Parameter, Scenario, Scene};
use crate::process::{Condition, Process, Value};
use crate::stage::Stage;

/// The exercise.
pub static LESSON: Lesson = Lesson {
    id: "s7e11",
    parameters: &[Parameter {
        name: "count",
        min: 0,
        max: 200,
        default: 100,
    }],
    files: &[],
    always: &[
        NUMBERS_RISE,
        ALL_NUMBERS,
        NOTIFIED,
        OVER_ONCE,
        EVENTS_COUNTED,
        OWN_PROCESSES,
        LONG_ENOUGH,
    ],
    scenarios: [
        Scenario {
            guaranteed: &[
                Rule::Balance {
                    less: "event",
                    more: "notify",
                },
                EVENTS_RISE,
                ended(2),
            ],
            likely: &[Rule::Count {
                of: EVENT,
                is: TENS,
            }],
        },
        Scenario {
            guaranteed: &[
                Rule::Fifo {
                    put: "notify",
                    take: "event",
                },
                Rule::Count {
                    of: EVENT,
                    is: TENS,
                },
                Rule::Balance {
                    less: "event",
                    more: "notify",
                },
                ended(2),
            ],
            likely: &[],
        },
        Scenario {
            guaranteed: &[
                Rule::EachTakesAll {
                    put: "notify",
                    take: "event",
                },
                Rule::Count {
                    of: EVENT,
                    is: Amount::Times(&Amount::Is(WAITERS as i64), &TENS),
                },
                EVENTS_RISE,
                ended(1 + WAITERS as i64),
            ],
            likely: &[],
        },
    ],
    run,
};

const COUNT_MS: u64 = 20;
/// How many wait in the third scenario; in the others it is one.
const WAITERS: u32 = 3;
/// Every tenth number is worth a notification.
const STEP: u32 = 10;

const N: Amount = Amount::Param("count");
/// The multiples of ten among 1, ..., count - 1.
const TENS: Amount = Amount::Over(
    &Amount::Max(&Amount::Is(0), &Amount::Minus(&N, &Amount::Is(1))),
    &Amount::Is(STEP as i64),
);
const EVENT: Pick = Pick::what(&["event"]);
const NUMBERS: Pick = Pick::what(&["count", "notify"]);

const EVENTS_RISE: Rule = Rule::RisingEach {
    of: EVENT,
    field: "",
};
const NUMBERS_RISE: Rule = Rule::Rising {
    of: NUMBERS,
    field: "",
};
const ALL_NUMBERS: Rule = Rule::Count { of: NUMBERS, is: N };
const NOTIFIED: Rule = Rule::Count {
    of: Pick::what(&["notify"]),
    is: TENS,
};
const OVER_ONCE: Rule = Rule::Within {
    of: Pick {
        who: &["counter"],
        what: &["over"],
    },
    words: &[Word::Once("over")],
};
const EVENTS_COUNTED: Rule = Rule::ResultCounts {
    field: "events",
    of: EVENT,
};
const OWN_PROCESSES: Rule = Rule::OwnLane {
    of: Pick::ALL,
    kind: LaneKind::Process,
};
const LONG_ENOUGH: Rule = Rule::TimeAtLeast {
    ms: Amount::Times(&Amount::Is(COUNT_MS as i64), &N),
};

const fn ended(count: i64) -> Rule {
    Rule::AllEnded {
        kind: LaneKind::Process,
        count: Amount::Is(count),
    }
}

/// The condition, and what is looked at under its lock.
struct Counting<'a> {
    stage: &'a Stage,
    changed: Condition,
    /// The last multiple of ten that was reached.
    reached: Value<u32>,
    over: Value<bool>,
    events: Value<u32>,
}

impl Counting<'_> {
    fn count(&self) -> Result<(), LessonError> {
        for number in 0..self.stage.count("count") {
            if number > 0 && number % STEP == 0 {
                let mut held = self.changed.lock()?;
                self.reached.set(number);
                self.stage.print("counter", "notify", number);
                if self.stage.scene() == Scene::Third {
                    held.notify_all();
                } else {
                    held.notify_one();
                }
            } else {
                self.stage.print("counter", "count", number);
            }
            self.stage.sleep(COUNT_MS);
        }
        let mut held = self.changed.lock()?;
        self.over.set(true);
        self.stage.print("counter", "over", ());
        held.notify_all();
        Ok(())
    }

    fn event(&self, who: &str, value: u32) {
        self.events.fetch_add(1);
        self.stage.print(who, "event", value);
    }

    /// Takes every wake-up for an event. One that comes while it is not waiting is lost.
    fn wait_for_notifications(&self, who: &str) -> Result<(), LessonError> {
        for event in 1.. {
            let mut held = self.changed.lock()?;
            if !self.over.get() {
                held = held.wait()?;
            }
            if self.over.get() {
                break;
            }
            drop(held);
            self.event(who, event);
        }
        Ok(())
    }

    /// Looks at the number, and waits only as long as that is an old one.
    fn wait_for_numbers(&self, who: &str) -> Result<(), LessonError> {
        let mut seen = 0;
        loop {
            let nothing_new = || self.reached.get() == seen && !self.over.get();
            let held = self.changed.lock()?.wait_while(nothing_new)?;
            let (reached, over) = (self.reached.get(), self.over.get());
            drop(held);
            while seen < reached {
                seen += STEP;
                self.event(who, seen);
            }
            if over {
                return Ok(());
            }
        }
    }
}

fn run(stage: &Stage) -> Result<Outcome, LessonError> {
    let counting = Counting {
        stage,
        changed: Condition::new()?,
        reached: Value::new(0)?,
        over: Value::new(false)?,
        events: Value::new(0)?,
    };
    let counting = &counting;
    let waiters = if stage.scene() == Scene::Third {
        WAITERS
    } else {
        1
    };
    let mut processes = Vec::new();
    for number in 1..=waiters {
        let who = format!("waiter {number}");
        processes.push(Process::borrowing(who.clone(), move || {
            if stage.scene() == Scene::First {
                counting.wait_for_notifications(&who)
            } else {
                counting.wait_for_numbers(&who)
            }
        }));
    }
    processes.push(Process::borrowing("counter", || counting.count()));
    for process in &mut processes {
        process.start()?;
    }
    for process in &processes {
        finish(process)?;
    }
    Ok(Outcome::none().with("events", counting.events.get()))
}
