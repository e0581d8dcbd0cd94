//! Processes, as our own library has them: forked from a closure, waited for, joined by pipes, shared memory and locks.
//!
//! A child is a thread with an image of the statics of its own (see [`Images`]), and of the heap, where the program is
//! entered so ([`run_main_with_processes`](super::process::run_main_with_processes)). Everything else a process would
//! have a copy of, the model has once: if two processes use it, the exploration says so and proves nothing.
mod memory;
mod pipe;

use super::channel::Shared;
use super::{choose, machine, time::nanoseconds};
use crate::execution::{Tag, engines};
use crate::operation::{ObjectId, Operation, Place, Reply, ThreadIndex};
use crate::world::{AtomicWrite, Object};

pub use crate::world::Beyond;
pub use memory::{
    Moment, SharedMemory, has_other_threads, in_own_memory, in_shared_memory, kept, moment,
    share_memory,
};
pub use pipe::{Reader, Writer, pipe, pipe_not_inherited, pipe_with};
use std::io;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};
use std::time::Duration;

pub use crate::execution::{Images, use_images};

/// What a process that panicked ends with, as std has it.
const PANICKED: i32 = 101;

/// The signal that nobody can block.
const SIGKILL: i32 = 9;
/// What a process ends with that is ended by its library; nobody asks.
const ENDED_BY_THE_LIBRARY: i32 = -SIGKILL;

/// The payload that unwinds a child that exits. Nothing but its pipe ends is dropped as usual.
struct Departed(i32);

/// A child process.
#[derive(Debug)]
pub struct Child {
    main: ThreadIndex,
}

/// Starts a process.
#[track_caller]
pub fn fork<F: FnOnce() + Send + 'static>(body: F) -> io::Result<Child> {
    start(body, false)
}

/// Starts a process that has a copy of its parent's stack, too: what the closure borrowed there is there. Where processes
/// do not have all of their memory for themselves, this goes beyond the model.
#[track_caller]
pub fn fork_with_stack<F: FnOnce() + Send + 'static>(body: F) -> io::Result<Child> {
    start(body, true)
}

#[track_caller]
fn start<F: FnOnce() + Send + 'static>(body: F, borrows: bool) -> io::Result<Child> {
    let place = Location::caller();
    // As our library does: else both would write it.
    super::io::flush();
    let run = move || {
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            // Those of a thread: nobody else would ever drop them.
            let apart = super::machine().keeps_processes_apart();
            let _values = (!apart).then(super::thread::DropValues::at_the_end);
            body();
        }));
        let machine = machine();
        let _engines = engines();
        let code = match outcome {
            Ok(()) => 0,
            Err(payload) => match payload.downcast::<Departed>() {
                Ok(exit) => exit.0,
                // The execution is given up, and this is how its threads are unwound.
                Err(payload) if machine.tearing() && !machine.panicking() => resume_unwind(payload),
                Err(_) => PANICKED,
            },
        };
        machine.depart(place);
        Box::new(code) as Box<dyn std::any::Any + Send>
    };
    let main = begin(place, borrows, Box::new(run))?;
    Ok(Child { main })
}

/// Adds a process. Not generic, so that all of a coroutine is compiled here: see [`thread`](super::thread).
#[inline(never)]
fn begin(
    place: Place,
    borrows: bool,
    run: Box<dyn FnOnce() -> Box<dyn std::any::Any + Send>>,
) -> io::Result<ThreadIndex> {
    let main = machine().fork(place, borrows, run);
    main.ok_or_else(|| io::ErrorKind::QuotaExceeded.into())
}

/// Ends the running child process; the process that is explored ends as by `process::exit`.
#[track_caller]
pub fn exit(code: i32) -> ! {
    let (machine, place) = (machine(), Location::caller());
    if !machine.is_in_a_child() {
        machine.exit(code, place);
    }
    if machine.keeps_processes_apart() {
        super::process::exit_child(code, place);
    }
    machine.unwind_silently();
    resume_unwind(Box::new(Departed(code)))
}

/// The running child process ends with this code, by itself: what is to be done at an early exit is not done.
#[track_caller]
pub fn leave(code: i32) -> ! {
    let machine = machine();
    machine.with(|inner| inner.world.take_exit(machine.running()));
    exit(code)
}

/// What the running child process does where it exits early.
pub fn at_exit(act: fn()) {
    let machine = machine();
    machine.with(|inner| inner.world.act_at_exit(machine.running(), act));
}

/// Does something in a child that [can be ended](Child::can_be_ended) meanwhile: before each operation and each print.
pub fn ends_within<R>(act: impl FnOnce() -> R) -> R {
    meanwhile(looks_for_its_end, act)
}

/// Does something whole: whoever is ended from outside is ended before it, or after.
#[track_caller]
pub fn ends_before_or_after<R>(act: impl FnOnce() -> R) -> R {
    machine().looks_for_its_end(Location::caller());
    meanwhile(is_unbroken, act)
}

/// Does something while this is set. `set` tells what it was before; afterwards it is that again.
fn meanwhile<R>(set: fn(bool) -> bool, act: impl FnOnce() -> R) -> R {
    struct Before(fn(bool) -> bool, bool);
    impl Drop for Before {
        fn drop(&mut self) {
            (self.0)(self.1);
        }
    }
    let _before = Before(set, set(true));
    act()
}

fn looks_for_its_end(looks: bool) -> bool {
    let machine = machine();
    machine.with(|inner| inner.world.looks_for_its_end(machine.running(), looks))
}

fn is_unbroken(unbroken: bool) -> bool {
    let machine = machine();
    machine.with(|inner| inner.world.is_unbroken(machine.running(), unbroken))
}

/// [`ends_within`], and it can be ended after the last of what it does, too.
#[track_caller]
pub fn ends_within_or_after<R>(act: impl FnOnce() -> R) -> R {
    let place = Location::caller();
    ends_within(|| {
        let done = act();
        super::io::flush();
        machine().looks_for_its_end(place);
        done
    })
}

/// Whether the program may send signals: only then need its children look whether they were ended.
#[must_use]
pub fn signals_may_be_sent() -> bool {
    machine().signals_may_be_sent()
}

/// Whether the running process has seen that it was ended from outside, and only does what is to be done at the end.
#[must_use]
pub fn was_ended() -> bool {
    let machine = machine();
    machine.with(|inner| inner.world.knows_its_end(machine.running()))
}

/// The number of the running process; the one that is explored is 0.
#[must_use]
pub fn id() -> usize {
    let machine = machine();
    machine.with(|inner| inner.world.process_of(machine.running()))
}

/// The program comes to something that the model does not have. Nothing that is found is worth anything.
#[track_caller]
pub fn goes_beyond(what: Beyond) -> ! {
    machine().goes_beyond(what, Location::caller())
}

/// Whether each process has all of its memory for itself, as in truth.
#[must_use]
pub fn processes_are_apart() -> bool {
    machine().keeps_processes_apart()
}

impl Child {
    /// Waits for its end; what it ended with.
    #[track_caller]
    pub fn wait(&self) -> i32 {
        let machine = machine();
        machine.announce(Operation::Join(self.main), Location::caller());
        let code = machine.take_result(self.main);
        code.and_then(|code| code.downcast().ok())
            .map_or(PANICKED, |code| *code)
    }

    /// It can be ended by [`end`](Child::end) while it does what it hands to [`ends_within`]: said before it has done
    /// anything.
    pub fn can_be_ended(&self) {
        machine().with(|inner| inner.world.can_be_ended(self.main));
    }

    /// Ends it wherever it is, as a signal does that cannot be refused. Whoever does so waits for it at once.
    #[track_caller]
    pub fn end(&self) {
        self.touch_its_life();
        machine().with(|inner| inner.world.ended(self.main, ENDED_BY_THE_LIBRARY));
    }

    /// Sends it a signal that ends it wherever it is: [`wait`](Child::wait) gives the negative number. Who sends one and uses
    /// something shared before it has been waited for goes beyond the model.
    #[track_caller]
    pub fn signal(&self, number: i32) {
        // Signals are blocked while a process begins. If it has done nothing yet, either may be the one that ends it.
        let machine = machine();
        let open =
            number == SIGKILL && machine.with(|inner| inner.world.ends_at_its_begin(self.main));
        let comes_first = open && choose(2) == 1;
        self.touch_its_life();
        machine.with(|inner| {
            inner
                .world
                .signalled(self.main, machine.running(), -number, comes_first);
        });
    }

    #[track_caller]
    fn touch_its_life(&self) {
        let machine = machine();
        let Some(life) = machine.with(|inner| inner.world.end_of(self.main)) else {
            machine.goes_beyond(Beyond::Signal, Location::caller());
        };
        machine.announce(Operation::Store(life), Location::caller());
    }

    /// Has it ended?
    #[track_caller]
    pub fn has_ended(&self) -> bool {
        machine().announce(Operation::IsFinished(self.main), Location::caller()) == Reply::Done
    }
}

/// Messages in shared memory, first in, first out, with room for all. They have no end: nobody counts who could send.
#[derive(Debug)]
pub struct Messages<T>(Arc<Shared<T>>);

impl<T> Messages<T> {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self(in_shared_memory(|| Shared::new(None)))
    }

    /// One more.
    #[track_caller]
    pub fn send(&self, message: T) {
        let _shared = share_memory();
        // Somebody could always receive it, unless the execution is over.
        let _ = self.0.send(message);
    }

    /// The oldest, when there is one; `None` when the execution is over.
    #[track_caller]
    pub fn recv(&self) -> Option<T> {
        let _shared = share_memory();
        self.0.recv()
    }

    /// The oldest, when there is one within this time.
    #[track_caller]
    pub fn recv_timeout(&self, limit: Duration) -> Option<T> {
        let _shared = share_memory();
        self.0.try_recv(Some(limit)).ok()
    }

    /// The oldest, if there is one.
    #[track_caller]
    pub fn try_recv(&self) -> Option<T> {
        let _shared = share_memory();
        self.0.try_recv(None).ok()
    }
}

impl<T> Default for Messages<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Clone for Messages<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// A number in shared memory.
#[derive(Debug, Default)]
pub struct SharedNumber {
    tag: Tag,
    data: AtomicI64,
}

impl SharedNumber {
    /// With this value.
    pub const fn new(value: i64) -> Self {
        Self {
            tag: Tag::new(),
            data: AtomicI64::new(value),
        }
    }

    fn id(&self) -> ObjectId {
        machine().shared_object(&self.tag, || Object::atomic(self.data.load(SeqCst) as u64))
    }

    fn write(&self, after: i64) -> i64 {
        let before = self.data.swap(after, SeqCst);
        machine().wrote(
            self.id(),
            AtomicWrite {
                before: before as u64,
                after: after as u64,
            },
        );
        before
    }

    /// Reads.
    #[track_caller]
    pub fn get(&self) -> i64 {
        machine().announce(Operation::Load(self.id()), Location::caller());
        self.data.load(SeqCst)
    }

    /// Writes.
    #[track_caller]
    pub fn set(&self, value: i64) {
        machine().announce(Operation::Store(self.id()), Location::caller());
        self.write(value);
    }

    /// Adds, in one; what it was before.
    #[track_caller]
    pub fn add(&self, value: i64) -> i64 {
        machine().announce(Operation::Rmw(self.id()), Location::caller());
        self.write(self.data.load(SeqCst).wrapping_add(value))
    }
}

/// A lock between processes. It protects nothing by itself, and whoever ends while holding it holds it for ever.
#[derive(Debug, Default)]
pub struct ProcessLock {
    tag: Tag,
}

/// The lock is held.
#[must_use = "a lock is released when its guard is dropped"]
#[derive(Debug)]
pub struct ProcessLockGuard<'a> {
    id: ObjectId,
    taken: crate::operation::Place,
    lock: std::marker::PhantomData<&'a ProcessLock>,
}

impl ProcessLock {
    /// A free one.
    pub const fn new() -> Self {
        Self { tag: Tag::new() }
    }

    fn id(&self) -> ObjectId {
        machine().shared_object(&self.tag, || Object::mutex(false))
    }

    /// Acquires it.
    #[track_caller]
    pub fn lock(&self) -> ProcessLockGuard<'_> {
        let (id, taken) = (self.id(), Location::caller());
        machine().announce(Operation::Lock(id), taken);
        self.guard(id, taken)
    }

    /// Acquires it if it is free.
    #[track_caller]
    pub fn try_lock(&self) -> Option<ProcessLockGuard<'_>> {
        let (id, taken) = (self.id(), Location::caller());
        let reply = machine().announce(Operation::TryLock(id), taken);
        (reply != Reply::Miss).then(|| self.guard(id, taken))
    }

    /// Acquires it, without a guard.
    #[track_caller]
    pub fn acquire(&self) {
        machine().announce(Operation::Lock(self.id()), Location::caller());
    }

    /// Acquires it if it is free, without a guard.
    #[track_caller]
    pub fn try_acquire(&self) -> bool {
        let operation = Operation::TryLock(self.id());
        machine().announce(operation, Location::caller()) != Reply::Miss
    }

    /// Acquires it, without a guard, or gives up after a while.
    #[track_caller]
    pub fn try_acquire_for(&self, limit: Duration) -> bool {
        let (machine, id) = (machine(), self.id());
        machine.set_timeout(Some(nanoseconds(limit)));
        let reply = machine.announce(Operation::TryLock(id), Location::caller());
        machine.set_timeout(None);
        reply != Reply::Miss
    }

    /// Releases what was acquired there without a guard.
    pub fn release(&self, taken: Place) {
        let operation = Operation::Unlock {
            mutex: self.id(),
            poison: false,
            looked: false,
        };
        machine().announce(operation, taken);
    }

    fn guard(&self, id: ObjectId, taken: crate::operation::Place) -> ProcessLockGuard<'_> {
        ProcessLockGuard {
            id,
            taken,
            lock: std::marker::PhantomData,
        }
    }
}

impl Drop for ProcessLockGuard<'_> {
    fn drop(&mut self) {
        let operation = Operation::Unlock {
            mutex: self.id,
            poison: false,
            looked: false,
        };
        machine().announce(operation, self.taken);
    }
}
