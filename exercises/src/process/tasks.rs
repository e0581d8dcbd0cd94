//! What is not done of the items of a [`JoinableQueue`](super::JoinableQueue), and who has it.

use super::channel::Channel;
use super::joinable_queue::TaskDoneError;
use crate::primitive::atomic::{AtomicU64, Ordering};
use crate::primitive::participants::{Body, Handle, LOOK_AGAIN, Roles, Seat};
use crate::primitive::robust::Abandoned;
use crate::primitive::settings::shake;
use crate::primitive::shared::{Changes, Shareable};
use crate::primitive::time::Deadline;
use recorder::{Kind, ObjectKind};
use std::io;

/// `unfinished` grows under the writers' lock of the queue, just before an item is in, and shrinks
/// under the readers'; both are held where it is counted anew. In a seat's
/// balance stands how many items the process has taken and not done. So if somebody dies anywhere,
/// what is unfinished can be counted anew: what lies in the queue, and what the living have.
#[repr(C)]
struct TasksBody {
    unfinished: AtomicU64,
    changes: Changes,
}

// SAFETY: atomics.
unsafe impl Shareable for TasksBody {}

impl Body for TasksBody {
    fn settle(&self) -> io::Result<()> {
        Ok(())
    }

    fn wake_all(&self) {
        self.changes.announce_to_all();
    }
}

/// A handle on them.
#[derive(Clone)]
pub(super) struct Tasks {
    handle: Handle<TasksBody>,
}

impl Tasks {
    pub fn new() -> io::Result<Tasks> {
        let body = TasksBody {
            unfinished: AtomicU64::new(0),
            changes: Changes::new(),
        };
        Ok(Tasks {
            handle: Handle::new(ObjectKind::Queue, body, Roles::BOTH)?,
        })
    }

    /// Notes that this process uses them.
    pub fn take_part(&self) {
        self.handle.touch(Roles::BOTH);
    }

    /// An item is being put, under the writers' lock of the queue.
    pub fn one_more(&self) {
        self.handle.body().unfinished.fetch_add(1, Ordering::AcqRel);
    }

    /// This process is taking an item, under the readers' lock of the queue.
    pub fn one_taken(&self) {
        if let Some(seat) = self.handle.seat() {
            seat.balance.fetch_add(1, Ordering::AcqRel);
        }
    }

    /// An item that was taken is done.
    pub fn done(&self, channel: &Channel) -> Result<(), TaskDoneError> {
        shake();
        let seat = self.handle.touch(Roles::BOTH);
        let body = self.handle.body();
        // Who waits in `join` may rely on all that was done before.
        self.handle.emit(Kind::Release);
        let before = channel.while_nobody_takes(|| {
            let before = body
                .unfinished
                .try_update(Ordering::AcqRel, Ordering::Acquire, |count| {
                    count.checked_sub(1)
                });
            if before.is_ok()
                && let Some(seat) = seat
            {
                // One process may say it for what another has taken.
                let _ = seat
                    .balance
                    .try_update(Ordering::AcqRel, Ordering::Acquire, |held| {
                        (held > 0).then(|| held - 1)
                    });
            }
            before
        });
        if before.map_err(|_| TaskDoneError)? == 1 {
            body.changes.announce_to_all();
        }
        shake();
        Ok(())
    }

    /// Waits until nothing is unfinished; true if that came in time.
    pub fn wait(&self, deadline: Deadline) -> Result<bool, Abandoned> {
        shake();
        let seat = self.handle.touch(Roles::BOTH);
        if self.unfinished() != 0 {
            self.handle.emit(Kind::WaitBegin);
            let waited = self.wait_for_all(seat, deadline);
            self.handle.emit(Kind::WaitEnd);
            if !waited? {
                return Ok(false);
            }
        }
        self.handle.emit(Kind::Acquire);
        Ok(true)
    }

    fn wait_for_all(&self, seat: Option<&Seat>, deadline: Deadline) -> Result<bool, Abandoned> {
        let body = self.handle.body();
        let _waiting = seat.map(Seat::wait);
        loop {
            let ticket = body.changes.ticket();
            let casualty = self.handle.casualty();
            if self.unfinished() == 0 {
                return Ok(true);
            }
            if let Some(abandoned) = casualty {
                return Err(abandoned);
            }
            if deadline.is_over() {
                return Ok(false);
            }
            if !body.changes.sleep(ticket, deadline.slice(LOOK_AGAIN)) {
                self.handle.table().look_for_dead();
            }
        }
    }

    /// Counts what dead processes had taken as done; how many items that were.
    pub fn recover(&self, channel: &Channel) -> usize {
        self.handle.table().look_for_dead();
        let body = self.handle.body();
        let lost = channel.while_still(|in_queue| {
            let with_the_living: i64 = self
                .handle
                .table()
                .all()
                .filter(|seat| !seat.is_dead())
                .map(|seat| seat.balance.load(Ordering::Acquire).max(0))
                .sum();
            let unfinished = in_queue + with_the_living.unsigned_abs();
            let before = body.unfinished.swap(unfinished, Ordering::AcqRel);
            before.saturating_sub(unfinished)
        });
        self.handle.forgive();
        lost as usize
    }

    pub fn unfinished(&self) -> usize {
        self.handle.body().unfinished.load(Ordering::Acquire) as usize
    }
}
