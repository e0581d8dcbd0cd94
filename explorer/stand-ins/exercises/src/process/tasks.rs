//! What is not done of the items of a `JoinableQueue`, and who has it.

use std::collections::BTreeMap;
use std::io;

use explorer::model::fork::{kept, share_memory};

use super::Abandoned;
use super::channel::Channel;
use super::joinable_queue::TaskDoneError;
use crate::primitive::lock::Mutex;
use crate::primitive::process::getpid;
use crate::primitive::time::Deadline;
use crate::primitive::waiters::Waiters;

#[derive(Default)]
struct State {
    unfinished: usize,
    /// What a process has taken and not done.
    taken: BTreeMap<i32, usize>,
}

struct Body {
    state: Mutex<State>,
    all_done: Waiters,
}

/// That somebody who has them died is told by their queue.
#[derive(Clone)]
pub(super) struct Tasks(&'static Body);

impl Tasks {
    pub fn new() -> io::Result<Tasks> {
        Ok(Tasks(kept(|| Body {
            state: Mutex::new(State::default()),
            all_done: Waiters::new(),
        })))
    }

    pub fn take_part(&self) {}

    #[track_caller]
    fn change<R>(&self, act: impl FnOnce(&mut State) -> R) -> R {
        let _shared = share_memory();
        act(&mut self.0.state.lock())
    }

    #[track_caller]
    pub fn one_more(&self) {
        self.change(|state| state.unfinished += 1);
    }

    #[track_caller]
    pub fn one_taken(&self) {
        self.change(|state| *state.taken.entry(getpid()).or_default() += 1);
    }

    #[track_caller]
    pub fn done(&self, _channel: &Channel) -> Result<(), TaskDoneError> {
        self.change(|state| {
            state.unfinished = state.unfinished.checked_sub(1).ok_or(TaskDoneError)?;
            // One process may say it for what another has taken.
            if let Some(taken) = state.taken.get_mut(&getpid()) {
                *taken = taken.saturating_sub(1);
            }
            if state.unfinished == 0 {
                self.0.all_done.tell_all();
            }
            Ok(())
        })
    }

    #[track_caller]
    pub fn wait(&self, deadline: Deadline) -> Result<bool, Abandoned> {
        let _shared = share_memory();
        let mut state = self.0.state.lock();
        while state.unfinished > 0 && !self.0.all_done.wait_until(&mut state, deadline) {}
        Ok(state.unfinished == 0)
    }

    /// Nobody has died: what is counted anew is what one process said for another.
    #[track_caller]
    pub fn recover(&self, channel: &Channel) -> usize {
        channel.while_still(|in_queue| {
            self.change(|state| {
                let in_queue = usize::try_from(in_queue).unwrap_or(usize::MAX);
                let unfinished = in_queue + state.taken.values().sum::<usize>();
                let before = std::mem::replace(&mut state.unfinished, unfinished);
                before.saturating_sub(unfinished)
            })
        })
    }

    #[track_caller]
    pub fn unfinished(&self) -> usize {
        self.change(|state| state.unfinished)
    }
}
