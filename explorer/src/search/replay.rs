//! One schedule, again: what a failure's string shows.
use super::trace::{Executed, Trace};
use super::{Decision, Search};
use crate::class::Classes;
use crate::dependence::Dependence;
use crate::execution::{Ending, Local, LocalEvent, Panic, Stream};
use crate::failure::{Line, Waiting, waiting};
use crate::operation::{Kind, NO_STEP, Operation, ThreadIndex, Touch, Touches};
use crate::schedule::Schedule;
use crate::world::{Status, World};

/// What a wait does that ends without a notification, as a word of the model.
pub const SPURIOUS_WAKE: &str = "spurious-wake";

/// What happened, in this order.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum Happening {
    /// An operation.
    Step {
        /// Whose.
        thread: ThreadIndex,
        /// Where.
        at: Line,
        /// What it did to its object; nothing for starting and joining threads.
        kind: Option<Kind>,
        /// What it was: a word of the model, such as `try-hit`.
        does: String,
        /// What it touched.
        touched: Vec<Touched>,
        /// The other thread it was about.
        whom: Option<Whom>,
    },
    /// A print.
    Print {
        /// Whose.
        thread: ThreadIndex,
        /// What.
        text: String,
        /// To stderr.
        stderr: bool,
    },
    /// The end of the process.
    End {
        /// By whom.
        thread: ThreadIndex,
        /// How.
        ending: Ending,
    },
}

/// An object that a step touched, or would touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Touched {
    /// What it did to it.
    pub kind: Kind,
    /// Which one: objects of the same kind have different numbers.
    pub object: u32,
}

/// The other thread that a step was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whom {
    /// It was started.
    Started(ThreadIndex),
    /// It is the first one of a new process.
    Forked(ThreadIndex),
    /// It had ended.
    Joined(ThreadIndex),
}

/// A thread that has not ended where a schedule ends.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Turn {
    /// Who.
    pub thread: ThreadIndex,
    /// Where its next operation stands.
    pub at: Line,
    /// What that is: a word of the model, such as `try-hit`.
    pub does: String,
    /// In how many ways it can be done now; 0 where the thread has to wait.
    pub choices: u8,
    /// What that would touch.
    pub touches: Vec<Touched>,
    /// What it waits for, where it has to.
    pub waits: Option<Waiting>,
}

impl Turn {
    /// Whether it can go now.
    #[must_use]
    pub fn can_go(&self) -> bool {
        self.choices > 0
    }
}

/// The search that repeats.
#[derive(Debug)]
pub struct Replay {
    schedule: Schedule,
    dependence: Dependence,
    trace: Trace,
    touched: Touches,
    /// What happened.
    pub happenings: Vec<Happening>,
    /// The one class, with its failures.
    pub classes: Classes,
    /// The step that could not be done.
    pub misfit: Option<usize>,
    /// Who could go on; nobody where the process has ended.
    pub turns: Vec<Turn>,
}

impl Replay {
    /// Of this schedule.
    pub fn new(schedule: Schedule) -> Self {
        Self {
            schedule,
            dependence: Dependence::default(),
            trace: Trace::default(),
            touched: Touches::NONE,
            happenings: Vec::new(),
            classes: Classes::new(false, false),
            misfit: None,
            turns: Vec::new(),
        }
    }
}

impl Search for Replay {
    fn decide(&mut self, world: &mut World) -> Decision {
        let step = world.step as usize;
        let Some(&(thread, choice)) = self.schedule.steps.get(step) else {
            return Decision::Stop;
        };
        if thread >= world.threads.len()
            || !world.enabled(thread)
            || choice >= world.choices(thread)
        {
            self.misfit = Some(step);
            return Decision::Stop;
        }
        Decision::Run { thread, choice }
    }

    fn executing(&mut self, world: &World, thread: ThreadIndex) {
        self.touched = world.touches(thread);
        let at = world.threads[thread].place.into();
        let kind = self.touched.iter().next().map(|touch| touch.kind);
        let whom = match world.threads[thread].pending {
            Operation::Join(other) => Some(Whom::Joined(other)),
            // It gets the next number.
            Operation::Spawn => Some(Whom::Started(world.threads.len())),
            Operation::Fork => Some(Whom::Forked(world.threads.len())),
            _ => None,
        };
        self.happenings.push(Happening::Step {
            thread,
            at,
            kind,
            does: does(world, thread),
            touched: touched(self.touched),
            whom,
        });
    }

    fn executed(&mut self, world: &mut World, thread: ThreadIndex) {
        let choice = self
            .schedule
            .steps
            .get(world.step as usize - 1)
            .map_or(0, |step| step.1);
        let executed = Executed::just_now(world, thread, self.touched, choice);
        self.trace
            .push(&self.dependence, world, &executed, &world.causes);
    }

    fn wrote(&mut self, world: &World, write: crate::world::AtomicWrite) {
        if let Some(event) = self.trace.events.get_mut(world.step as usize - 1) {
            event.write = Some(write);
        }
    }

    fn local(&mut self, world: &World, event: LocalEvent) {
        let thread = event.thread;
        match &event.local {
            Local::Print(stream, text, _) => {
                let stderr = *stream == Stream::Err;
                self.happenings.push(Happening::Print {
                    thread,
                    text: text.clone(),
                    stderr,
                });
            }
            Local::Exit { ending, .. } => self.happenings.push(Happening::End {
                thread,
                ending: *ending,
            }),
        }
        let label = self.classes.letters.label(&event.local);
        self.trace.local(world, event, label);
    }

    fn finished(&mut self, world: &mut World, panics: &[Panic]) {
        let cut_off = self.misfit.is_some() || world.enabled_set() != 0;
        self.turns = turns(world);
        self.classes.add(world, &self.trace, panics, cut_off);
    }

    fn next(&mut self) -> bool {
        false
    }

    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}

/// Who has announced what, in the order of the threads.
fn turns(world: &World) -> Vec<Turn> {
    if world.exited {
        return Vec::new();
    }
    let announced = |&thread: &ThreadIndex| world.threads[thread].status == Status::Announced;
    let turn = |thread: ThreadIndex| {
        let can_go = world.enabled(thread);
        Turn {
            thread,
            at: world.threads[thread].place.into(),
            does: does(world, thread),
            choices: if can_go { world.choices(thread) } else { 0 },
            touches: touched(world.touches(thread)),
            waits: (!can_go).then(|| waiting(world, &[thread]).remove(0)),
        }
    };
    (0..world.threads.len())
        .filter(announced)
        .map(turn)
        .collect()
}

fn touched(touches: Touches) -> Vec<Touched> {
    let one = |touch: Touch| Touched {
        kind: touch.kind,
        object: touch.object,
    };
    touches.iter().map(one).collect()
}

fn does(world: &World, thread: ThreadIndex) -> String {
    let slot = &world.threads[thread];
    let word = match slot.pending {
        Operation::Spawn => "Spawn".to_owned(),
        Operation::Fork => "Fork".to_owned(),
        Operation::Join(_) => "Join".to_owned(),
        Operation::Pass { .. } => "Pass".to_owned(),
        Operation::Load(id) if world.is_a_life(id) => "Look".to_owned(),
        Operation::Store(id) if world.is_a_life(id) => "Signal".to_owned(),
        Operation::End if world.knows_its_end(thread) => "Killed".to_owned(),
        Operation::Choose(_) => "Choose".to_owned(),
        Operation::Wake { timed: false, .. } if slot.notified == NO_STEP && slot.spurious > 0 => {
            return SPURIOUS_WAKE.to_owned();
        }
        // The same word whether or not waits may end without a notification.
        Operation::Wake { timed: false, .. } => "Acquire".to_owned(),
        _ => {
            let touch = world.touches(thread).iter().next().map(|touch| touch.kind);
            touch.map_or_else(String::new, |kind| format!("{kind:?}"))
        }
    };
    spelled(&word)
}

/// `TryHit` as `try-hit`: a word of the model, the same in every language.
pub fn spelled(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_model_are_spelled_with_hyphens() {
        assert_eq!(spelled("TryRecvHit"), "try-recv-hit");
    }
}
