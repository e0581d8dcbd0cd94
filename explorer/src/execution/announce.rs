//! What a running virtual thread can do: announce, print, start others, end the process.
use super::{
    Ending, Identity, Inner, Local, MAX_LOCALS, Machine, Origin, Panic, Stream, Tag, engines,
    programs,
};
use crate::operation::{ObjectId, Operation, Place, Reply, ThreadIndex, is_in_a_library};
use crate::world::{AtomicWrite, Beyond, Object, Status};
use std::any::Any;
use std::rc::Rc;
use std::sync::atomic::Ordering;

/// Object numbers in a tag take this many bits; the rest is the execution's number.
const OBJECT_BITS: u32 = 20;

impl Machine {
    /// The running thread announces an operation and waits until it has happened.
    pub fn announce(&self, operation: Operation, place: Place) -> Reply {
        self.looks_for_its_end(place);
        self.announced(operation, place)
    }

    /// Whoever can be ended from outside may be ended before anything it does.
    pub fn looks_for_its_end(&self, place: Place) {
        if !self.forked.get() {
            return;
        }
        let thread = self.current.get();
        let life = self.inner.borrow().world.life_of(thread);
        let Some(life) = life else {
            return;
        };
        self.announced(Operation::Load(life), place);
        let ended = self.inner.borrow_mut().world.has_looked(thread);
        if let Some(code) = ended {
            if !self.inner.borrow().world.is_first_of_its_process(thread) {
                self.goes_beyond(Beyond::Signal, place);
            }
            self.end_child(code, place);
        }
    }

    fn announced(&self, operation: Operation, place: Place) -> Reply {
        let _engines = engines();
        let thread = self.current.get();
        let mut inner = self.inner.borrow_mut();
        if inner.tearing || inner.ignores(thread, operation) {
            return Reply::Teardown;
        }
        inner.world.announce(thread, operation, place);
        if self.whole.get() && self.forked.get() {
            inner.world.watch_ownership(thread);
            if inner.world.tells_of_a_signal(thread) {
                inner.world.goes_beyond(thread, Beyond::Signal, place);
            }
        }
        let next = inner.advance();
        inner.next = next;
        if next == Some(thread) {
            return inner.world.threads[thread].reply;
        }
        drop(inner);
        self.suspend(thread);
        self.inner.borrow().world.threads[thread].reply
    }

    fn suspend(&self, thread: ThreadIndex) {
        let yielder = self.yielders.borrow()[thread];
        // SAFETY: the pointer was stored by the coroutine of this very thread, which is the one that runs now; its
        // yielder lives on its stack until its body returns, and we are called from within that body.
        unsafe { &*yielder }.suspend(());
    }

    /// A print or an exit of the running thread.
    pub fn local(&self, local: Local) {
        let _engines = engines();
        let thread = self.current.get();
        let mut inner = self.inner.borrow_mut();
        if inner.tearing || inner.world.threads[thread].departing {
            return;
        }
        inner.local(thread, local);
        if inner.locals <= MAX_LOCALS {
            return;
        }
        // A loop without operations gives nobody else a turn: the execution ends here.
        inner.over = true;
        inner.next = None;
        inner.world.threads[thread].status = Status::Announced;
        inner.world.overran = true;
        inner.search.overrun();
        drop(inner);
        self.suspend(thread);
    }

    /// The running thread enters main; false where somebody has entered it before.
    pub fn enters_main(&self) -> bool {
        !std::mem::replace(&mut self.inner.borrow_mut().entered, true)
    }

    /// The running thread ends the process before main has come to its end.
    pub fn exit(&self, code: i32, place: Place) -> ! {
        self.end_process(code, place, Some(place))
    }

    /// Main has come to its end, with this code.
    pub fn exit_of_main(&self, code: i32, place: Place) -> ! {
        self.end_process(code, place, None)
    }

    fn end_process(&self, code: i32, place: Place, by: Option<Place>) -> ! {
        let _engines = engines();
        self.watch_the_end();
        let ending = Ending::Finished(code);
        let prints_are_operations = self.inner.borrow().prints_are_operations;
        if prints_are_operations {
            self.announce(Operation::Exit(ending), place);
        }
        let thread = self.current.get();
        {
            let mut inner = self.inner.borrow_mut();
            if !inner.tearing {
                inner.local(thread, Local::Exit { ending, by });
                inner.world.threads[thread].status = Status::Exited;
                inner.next = inner.advance();
            }
        }
        self.suspend(thread);
        // Only reached if somebody resumes what has ended.
        std::process::abort()
    }

    /// A print: an event, or an operation where prints are scheduling points.
    pub fn print(&self, stream: Stream, text: String, place: Place) {
        self.looks_for_its_end(place);
        let (as_operation, tearing) = {
            let inner = self.inner.borrow();
            (inner.prints_are_operations, inner.tearing)
        };
        if tearing || text.is_empty() {
            return;
        }
        if as_operation {
            self.announce(Operation::Print, place);
        }
        let engines = engines();
        let kept = text.clone();
        drop(engines);
        self.local(Local::Print(stream, kept, place));
    }

    /// Starts a thread; its number, or `None` when the execution is over or has too many.
    pub fn spawn(
        self: &Rc<Self>,
        place: Place,
        identity: Option<Identity>,
        body: impl FnOnce() -> Box<dyn Any + Send> + 'static,
    ) -> Option<ThreadIndex> {
        match self.announce(Operation::Spawn, place) {
            Reply::Teardown => None,
            _ => {
                let _engines = engines();
                let place = self.inner.borrow().world.seen_at(self.current.get(), place);
                self.add_fiber(place, identity, Origin::Thread, body)
            }
        }
    }

    /// Starts a process; the number of its main thread, or `None` as for [`Machine::spawn`]. Where each has all of its
    /// memory for itself, it begins with a copy of what its parent has now; of its stack only where the closure borrows.
    pub fn fork(
        self: &Rc<Self>,
        place: Place,
        borrows: bool,
        body: impl FnOnce() -> Box<dyn Any + Send> + 'static,
    ) -> Option<ThreadIndex> {
        match self.announce(Operation::Fork, place) {
            Reply::Teardown => None,
            _ => {
                let _engines = engines();
                let thread = self.current.get();
                let (place, beside_threads) = {
                    let world = &self.inner.borrow().world;
                    (
                        world.seen_at(thread, place),
                        world.has_other_threads(thread),
                    )
                };
                if self.whole.get() && beside_threads {
                    self.goes_beyond(Beyond::ForkBesideThreads, place);
                }
                self.add_fiber(place, None, Origin::Fork { borrows }, body)
            }
        }
    }

    /// The process that is explored comes to its end: whoever was not waited for may go on after it.
    pub fn watch_the_end(&self) {
        let mut inner = self.inner.borrow_mut();
        // What has ended it is told instead.
        let goes_beyond = inner.world.beyond.is_some();
        if self.whole.get()
            && !inner.tearing
            && !goes_beyond
            && let Some(child) = inner.world.unawaited_process()
        {
            let started = inner.world.threads[child].spawned_at;
            inner
                .world
                .goes_beyond(self.current.get(), Beyond::NobodyWaits, started);
        }
    }

    /// The running thread has come to something that the model does not have: nothing that is found is worth anything.
    pub fn goes_beyond(&self, what: Beyond, place: Place) -> ! {
        let thread = self.current.get();
        self.inner
            .borrow_mut()
            .world
            .goes_beyond(thread, what, place);
        self.end_process(1, place, Some(place))
    }

    /// Whether the running thread is one of a child process.
    pub fn is_in_a_child(&self) -> bool {
        self.inner.borrow().world.process_of(self.current.get()) > 0
    }

    /// The running process, a child that has its memory for itself, ends with this code. Nothing more of it runs.
    pub fn end_child(&self, code: i32, place: Place) -> ! {
        let thread = self.current.get();
        if !self.inner.borrow().world.is_first_of_its_process(thread) {
            self.goes_beyond(Beyond::EndedByThread, place);
        }
        let act = {
            let mut inner = self.inner.borrow_mut();
            inner.world.looks_for_its_end(thread, false);
            inner.world.take_exit(thread)
        };
        if let Some(act) = act {
            let _own = self.whole.get().then(programs);
            act();
        }
        let _engines = engines();
        self.inner.borrow_mut().world.threads[thread].result = Some(Box::new(code));
        self.depart(place);
        let started = self.inner.borrow().world.threads[thread].spawned_at;
        self.announce(Operation::End, started);
        // Only reached if the execution is over: it is left as it is.
        std::process::abort()
    }

    /// The running child process exits: while its main thread unwinds, only pipe ends are closed.
    pub fn unwind_silently(&self) {
        let thread = self.current.get();
        if let Some(slot) = self.inner.borrow_mut().world.threads.get_mut(thread) {
            slot.departing = true;
        }
    }

    /// The running child process has ended: what it still holds of pipes is closed.
    pub fn depart(&self, place: Place) {
        let _engines = engines();
        let thread = self.current.get();
        let pipes = self.with(|inner| {
            let process = inner.world.process_of(thread);
            let slot = &mut inner.world.threads[thread];
            (slot.panicking, slot.departing) = (false, false);
            let left_behind = (0..inner.world.threads.len()).any(|other| {
                let slot = &inner.world.threads[other];
                other != thread && slot.process == process && slot.status != Status::Ended
            });
            inner.world.threads_of_a_child |= left_behind;
            inner.world.inherited_by(process)
        });
        for pipe in pipes {
            self.announce(Operation::Depart { pipe }, place);
        }
    }

    /// The number of an object that several processes may use.
    pub fn shared_object(&self, tag: &Tag, make: impl FnOnce() -> Object) -> ObjectId {
        let id = self.object(tag, make);
        self.inner.borrow_mut().world.share(id);
        id
    }

    /// From here on what the running thread uses lies in shared memory, or no longer.
    pub fn share(&self, more: bool) {
        let mut inner = self.inner.borrow_mut();
        if let Some(slot) = inner.world.threads.get_mut(self.current.get()) {
            slot.sharing = if more {
                slot.sharing + 1
            } else {
                slot.sharing.saturating_sub(1)
            };
        }
    }

    /// How deep the running thread is in shared memory from here on; how deep it was.
    pub fn shares(&self, depth: u32) -> u32 {
        let mut inner = self.inner.borrow_mut();
        let slot = inner.world.threads.get_mut(self.current.get());
        slot.map_or(0, |slot| std::mem::replace(&mut slot.sharing, depth))
    }

    /// The number of the running thread.
    pub fn running(&self) -> ThreadIndex {
        self.current.get()
    }

    /// The number of the execution, unlike any other of this process.
    pub fn execution(&self) -> u64 {
        self.execution.get()
    }

    /// Is the execution over, and only destructors run?
    pub fn tearing(&self) -> bool {
        self.inner.borrow().tearing
    }

    /// Where this execution ends, its threads are left as they are. Else they are unwound, and destructors of the
    /// program's own see operations that do not happen, which they may not survive.
    pub fn leave_threads(&self) {
        self.leaves.set(true);
    }

    /// In this execution each process has all of its memory for itself, as far as the images can.
    pub fn keep_processes_apart(&self) {
        let whole = super::images::with_images(|images| images.take_heap());
        self.whole.set(whole.unwrap_or(false));
    }

    /// Whether other processes print, too: each writes by itself what it has printed.
    pub fn prints_beside_others(&self) -> bool {
        self.whole.get() && self.forked.get()
    }

    /// In this execution processes may be sent signals.
    pub fn let_signals_be_sent(&self) {
        self.signals.set(true);
    }

    /// Whether processes may be sent signals.
    pub fn signals_may_be_sent(&self) -> bool {
        self.signals.get()
    }

    /// Each process has all of its memory for itself.
    pub fn keeps_processes_apart(&self) -> bool {
        self.whole.get()
    }

    /// How long the running thread's next operation waits.
    pub fn set_timeout(&self, timeout: Option<u64>) {
        if let Some(slot) = self
            .inner
            .borrow_mut()
            .world
            .threads
            .get_mut(self.current.get())
        {
            slot.timeout = timeout;
        }
    }

    /// Moves the running thread's clock.
    pub fn sleep(&self, nanoseconds: u64) {
        if let Some(slot) = self
            .inner
            .borrow_mut()
            .world
            .threads
            .get_mut(self.current.get())
        {
            slot.clock = slot.clock.saturating_add(nanoseconds);
        }
    }

    /// The number of an object, registered at its first use in an execution.
    pub fn object(&self, tag: &Tag, make: impl FnOnce() -> Object) -> ObjectId {
        let _engines = engines();
        let execution = self.execution.get();
        let stored = tag.0.load(Ordering::Relaxed);
        if stored >> OBJECT_BITS == execution {
            let id = (stored & ((1 << OBJECT_BITS) - 1)) as ObjectId;
            if self.forked.get() {
                let thread = self.current.get();
                let world = &mut self.inner.borrow_mut().world;
                if self.whole.get() {
                    return world.own_of(id, thread, make);
                }
                if world
                    .threads
                    .get(thread)
                    .is_some_and(|slot| slot.sharing > 0)
                {
                    world.share(id);
                } else {
                    world.watch_memory(id, thread);
                }
            }
            return id;
        }
        let id = {
            let mut inner = self.inner.borrow_mut();
            let id = inner.world.add_object(make());
            let thread = self.current.get();
            inner.world.own(id, thread);
            if inner
                .world
                .threads
                .get(thread)
                .is_some_and(|slot| slot.sharing > 0)
            {
                inner.world.share(id);
            }
            id
        };
        tag.0
            .store(execution << OBJECT_BITS | u64::from(id), Ordering::Relaxed);
        id
    }

    /// What an atomic operation wrote.
    pub fn wrote(&self, atomic: ObjectId, write: AtomicWrite) {
        let _engines = engines();
        let mut inner = self.inner.borrow_mut();
        if !inner.tearing {
            let Inner { world, search, .. } = &mut *inner;
            world.atomic_written(atomic, write.after);
            search.wrote(world, write);
        }
    }

    /// Takes the result of a thread that has ended.
    pub fn take_result(&self, thread: ThreadIndex) -> Option<Box<dyn Any + Send>> {
        self.inner
            .borrow_mut()
            .world
            .threads
            .get_mut(thread)?
            .result
            .take()
    }

    /// Did the thread panic?
    pub fn has_panicked(&self, thread: ThreadIndex) -> bool {
        self.inner
            .borrow()
            .world
            .threads
            .get(thread)
            .is_some_and(|slot| slot.panicked_at.is_some())
    }

    /// Is the running thread unwinding?
    pub fn panicking(&self) -> bool {
        let inner = self.inner.borrow();
        inner
            .world
            .threads
            .get(self.current.get())
            .is_some_and(|slot| slot.panicking || slot.departing)
    }

    /// The panic hook was called in the running thread.
    pub(crate) fn note_panic(&self, panic: Panic) {
        let _engines = engines();
        let thread = self.current.get();
        let mut inner = self.inner.borrow_mut();
        if !inner.tearing
            && let Some(slot) = inner.world.threads.get_mut(thread)
        {
            let panic = if is_in_a_library(&panic.file) {
                Panic {
                    file: slot.place.file().to_owned(),
                    line: slot.place.line(),
                    ..panic
                }
            } else {
                panic
            };
            slot.panicking = true;
            slot.panicked_at = Some((panic.file.clone(), panic.line));
            inner.panics.push(Panic { thread, ..panic });
        }
    }
}
