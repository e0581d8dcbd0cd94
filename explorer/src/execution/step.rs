//! From one decision to the next.
use super::{Ending, Inner, Local, LocalEvent, Panic};
use crate::operation::{Operation, ThreadIndex};
use crate::search::Decision;
use crate::world::Status;

impl Inner {
    /// Takes decisions until a thread must run its local code; `None` when the execution is over.
    pub(super) fn advance(&mut self) -> Option<ThreadIndex> {
        if self.over {
            return None;
        }
        loop {
            if let Some(thread) = self.unannounced.pop() {
                return Some(thread);
            }
            let decision = self.search.decide(&mut self.world);
            let Decision::Run { thread, choice } = decision else {
                self.over = true;
                self.world.watch_those_ended();
                return None;
            };
            self.search.executing(&self.world, thread);
            self.world.execute(thread, choice);
            self.search.executed(&mut self.world, thread);
            if matches!(self.world.threads[thread].pending, Operation::Exit(_)) {
                self.over = true;
                return None;
            }
            if self.world.threads[thread].status != Status::Ended {
                return Some(thread);
            }
        }
    }

    /// Does nothing come of this, because the thread's process exits?
    pub(super) fn ignores(&self, thread: ThreadIndex, operation: Operation) -> bool {
        let departing = self.world.threads[thread].departing;
        departing && !matches!(operation, Operation::CloseEnd { .. })
    }

    /// The closure of a thread has returned.
    pub(super) fn end(&mut self, thread: ThreadIndex) {
        let place = self.world.threads[thread].spawned_at;
        if thread == 0 {
            let ending = if let Some((file, line)) = self.world.threads[0].panicked_at.clone() {
                // The hook was not called for a panic that was begun without a word.
                if self.panics.iter().all(|panic| panic.thread != 0) {
                    self.panics.push(Panic {
                        thread: 0,
                        file,
                        line,
                        message: String::new(),
                    });
                }
                Ending::Panicked
            } else {
                Ending::Finished(0)
            };
            if self.prints_are_operations {
                self.world.announce(0, Operation::Exit(ending), place);
                return;
            }
            self.local(0, Local::Exit { ending, by: None });
        }
        self.world.announce(thread, Operation::End, place);
    }

    pub(super) fn local(&mut self, thread: ThreadIndex, local: Local) {
        self.locals += 1;
        self.world
            .watch_local(thread, matches!(local, Local::Print(..)));
        if matches!(local, Local::Exit { .. }) {
            self.world.exited = true;
        }
        let executed = self.world.threads[thread].executed;
        let step = self.world.step;
        self.search.local(
            &self.world,
            LocalEvent {
                thread,
                executed,
                step,
                local,
            },
        );
    }

    pub(super) fn panicked(&mut self, thread: ThreadIndex) {
        self.world.tell_apart(thread);
        self.world.threads[thread].panicking = false;
    }
}
