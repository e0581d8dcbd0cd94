//! Runs a program once, on coroutines, step by step as a search decides.
//!
//! Every virtual thread is a coroutine on the one OS thread that explores. It runs its local code until it announces
//! its next operation; when all have announced, the search picks one, the world executes it, and that thread goes on.
//! The decision is taken on the stack of the thread that announced last: if it is picked itself, nothing is switched.
//!
//! The invariant: a decision is only ever taken when no thread is in the middle of its local code.
mod announce;
mod event;
mod identity;
mod images;
mod panics;
mod step;
mod whose;

pub use event::{Ending, Local, LocalEvent, Stream};
pub use identity::{Identity, identity_of};
pub use images::{Images, use_images};
pub use panics::{Panic, silence};
pub use whose::{Whose, engines, is_programs, programs};

use crate::operation::{ObjectId, Place, ThreadIndex};
use crate::search::Search;
use crate::world::{Beyond, Liberties, ProcessIndex, World};
use corosensei::stack::{DefaultStack, Stack};
use corosensei::{Coroutine, CoroutineResult, Yielder};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Enough for `format!` and a few frames of a student's recursion; only touched pages cost memory.
const STACK_BYTES: usize = 512 * 1024;

/// Prints one execution may have.
const MAX_LOCALS: u32 = 50_000;

/// How a thread begins.
#[derive(Clone, Copy)]
enum Origin {
    /// As one of its process.
    Thread,
    /// As the first of a new one.
    Fork {
        /// Its closure borrows what lies on its parent's stack.
        borrows: bool,
    },
}

/// A place on the running stack below everything that the callers have there.
#[inline(never)]
fn here() -> usize {
    let here = 0_u8;
    std::hint::black_box(&raw const here).addr()
}

type Fiber = Coroutine<(), (), (), DefaultStack>;

/// Everything of an execution that is not a stack.
pub struct Inner {
    /// The state.
    pub world: World,
    /// Who decides.
    pub search: Box<dyn Search>,
    /// Panics of this execution.
    pub panics: Vec<Panic>,
    /// Those that were caught, by where their value lies: it may be raised again.
    pub caught: Vec<(usize, Vec<Panic>)>,
    unannounced: Vec<ThreadIndex>,
    next: Option<ThreadIndex>,
    over: bool,
    tearing: bool,
    prints_are_operations: bool,
    /// Some thread could not be started.
    pub too_many_threads: bool,
    /// How often threads have printed, and the like.
    pub locals: u32,
    /// Main was entered.
    entered: bool,
    /// What lies in the memory that processes share.
    pub kept: Vec<Box<dyn Any>>,
    /// What each process has printed and not written, where several print.
    pub unwritten: BTreeMap<ProcessIndex, Vec<u8>>,
    /// Each child's lock of stdout, where it is modelled.
    pub stdout_locks: BTreeMap<ProcessIndex, ObjectId>,
}

/// One OS thread's explorer.
pub struct Machine {
    inner: RefCell<Inner>,
    fibers: RefCell<Vec<Option<Fiber>>>,
    yielders: RefCell<Vec<*const Yielder<(), ()>>>,
    stacks: RefCell<Vec<DefaultStack>>,
    /// Where each thread's stack begins: its highest address.
    bases: RefCell<Vec<usize>>,
    current: Cell<ThreadIndex>,
    execution: Cell<u64>,
    /// The process whose statics are in place, where there are several.
    process: Cell<usize>,
    /// Some process was forked.
    forked: Cell<bool>,
    /// What is on the stacks stays there at the end.
    leaves: Cell<bool>,
    /// Each process has a heap of its own, too.
    whole: Cell<bool>,
    /// A process may be sent a signal.
    signals: Cell<bool>,
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<Machine>>> = const { RefCell::new(None) };
}

/// The machine this OS thread explores with, if it does.
pub fn current() -> Option<Rc<Machine>> {
    CURRENT.with(|current| current.borrow().clone())
}

/// Numbers executions, over all explorers of this process.
static EXECUTIONS: AtomicU64 = AtomicU64::new(1);

impl Machine {
    /// A machine without a program.
    pub fn new(
        search: Box<dyn Search>,
        liberties: Liberties,
        prints_are_operations: bool,
    ) -> Rc<Self> {
        panics::install();
        Rc::new(Self {
            inner: RefCell::new(Inner {
                world: World::new(liberties),
                search,
                panics: Vec::new(),
                caught: Vec::new(),
                unannounced: Vec::new(),
                next: None,
                over: false,
                tearing: false,
                prints_are_operations,
                too_many_threads: false,
                locals: 0,
                entered: false,
                kept: Vec::new(),
                unwritten: BTreeMap::new(),
                stdout_locks: BTreeMap::new(),
            }),
            fibers: RefCell::new(Vec::new()),
            yielders: RefCell::new(Vec::new()),
            stacks: RefCell::new(Vec::new()),
            bases: RefCell::new(Vec::new()),
            current: Cell::new(0),
            execution: Cell::new(0),
            process: Cell::new(0),
            forked: Cell::new(false),
            leaves: Cell::new(false),
            whole: Cell::new(false),
            signals: Cell::new(false),
        })
    }

    /// Runs the program once, and gives the search a look at how it ended.
    pub fn run(self: &Rc<Self>, main: impl FnOnce() + 'static) {
        let before = CURRENT.with(|current| current.borrow_mut().replace(Rc::clone(self)));
        self.execution
            .set(EXECUTIONS.fetch_add(1, Ordering::Relaxed));
        {
            let mut inner = self.inner.borrow_mut();
            inner.world.reset();
            inner.panics.clear();
            inner.caught.clear();
            inner.unannounced.clear();
            inner.over = false;
            inner.tearing = false;
            inner.locals = 0;
            inner.entered = false;
            inner.kept.clear();
            inner.unwritten.clear();
            inner.stdout_locks.clear();
        }
        self.bases.borrow_mut().clear();
        self.process.set(0);
        self.forked.set(false);
        self.leaves.set(false);
        self.whole.set(false);
        self.signals.set(false);
        images::with_images(|images| images.begin());
        let body = move || {
            main();
            Box::new(()) as Box<dyn Any + Send>
        };
        self.add_fiber(std::panic::Location::caller(), None, Origin::Thread, body);
        self.drive();
        self.tear_down();
        CURRENT.with(|current| *current.borrow_mut() = before);
    }

    /// Looks at the state between executions.
    pub fn with<R>(&self, look: impl FnOnce(&mut Inner) -> R) -> R {
        let _engines = engines();
        look(&mut self.inner.borrow_mut())
    }

    fn drive(&self) {
        let mut next = self.inner.borrow_mut().advance();
        while let Some(thread) = next {
            self.current.set(thread);
            self.enter_process(thread);
            let Some(mut fiber) = self.fibers.borrow_mut()[thread].take() else {
                break;
            };
            match fiber.resume(()) {
                CoroutineResult::Yield(()) => {
                    self.fibers.borrow_mut()[thread] = Some(fiber);
                    next = self.inner.borrow().next;
                }
                CoroutineResult::Return(()) => {
                    self.stacks.borrow_mut().push(fiber.into_stack());
                    let mut inner = self.inner.borrow_mut();
                    inner.end(thread);
                    next = inner.advance();
                }
            }
        }
        let mut inner = self.inner.borrow_mut();
        let Inner {
            world,
            search,
            panics,
            ..
        } = &mut *inner;
        search.finished(world, panics);
    }

    /// Unwinds what is left, the youngest first: a scoped thread borrows from its parent.
    fn tear_down(&self) {
        self.inner.borrow_mut().tearing = true;
        if self.leaves.get() {
            self.leave();
            return;
        }
        let count = self.fibers.borrow().len();
        for thread in (0..count).rev() {
            let fiber = self.fibers.borrow_mut()[thread].take();
            if let Some(mut fiber) = fiber {
                self.current.set(thread);
                self.enter_process(thread);
                // A thread that stopped in a destructor while it panicked cannot be unwound a second time: it finishes
                // by itself, now that nothing it announces waits.
                if fiber.started() && !fiber.done() && self.panicking() {
                    silence(|| fiber.resume(()));
                }
                if fiber.started() && !fiber.done() {
                    silence(|| fiber.force_unwind());
                }
                if fiber.done() {
                    self.stacks.borrow_mut().push(fiber.into_stack());
                }
            }
        }
        self.fibers.borrow_mut().clear();
        self.yielders.borrow_mut().clear();
        let mut inner = self.inner.borrow_mut();
        // Results nobody joined are dropped while the machine still answers.
        let threads = std::mem::take(&mut inner.world.threads);
        drop(inner);
        drop(threads);
    }

    /// Leaves everything as it is: nothing of the program runs any more. What its threads own is not freed.
    fn leave(&self) {
        for mut fiber in self.fibers.borrow_mut().drain(..).flatten() {
            // SAFETY: it is never resumed, and none of its frames is ever returned to. What is on its stack is
            // forgotten, and pointed to only from other stacks of this execution, which are forgotten too, and from
            // memory that is never looked at again.
            unsafe {
                fiber.force_reset();
            }
            self.stacks.borrow_mut().push(fiber.into_stack());
        }
        self.yielders.borrow_mut().clear();
        crate::model::thread_local::leave(self.execution.get());
        for thread in self.inner.borrow_mut().world.threads.drain(..) {
            std::mem::forget(thread.result);
        }
    }

    /// The statics of the thread's process take their place.
    fn enter_process(&self, thread: ThreadIndex) {
        if !self.forked.get() {
            return;
        }
        let process = self.inner.borrow().world.process_of(thread);
        if self.process.replace(process) != process {
            images::with_images(|images| images.switch(process));
        }
    }

    fn add_fiber(
        self: &Rc<Self>,
        place: Place,
        identity: Option<Identity>,
        origin: Origin,
        body: impl FnOnce() -> Box<dyn Any + Send> + 'static,
    ) -> Option<ThreadIndex> {
        let stack = self.stacks.borrow_mut().pop();
        let stack = stack.or_else(|| DefaultStack::new(STACK_BYTES).ok());
        let (thread, stack) = {
            let mut inner = self.inner.borrow_mut();
            let thread = stack
                .as_ref()
                .and_then(|_| inner.world.add_thread(place, identity));
            let (Some(thread), Some(stack)) = (thread, stack) else {
                inner.too_many_threads = true;
                return None;
            };
            inner.unannounced.push(thread);
            if let Origin::Fork { borrows } = origin {
                let parent = self.current.get();
                let child = inner.world.begin_process(thread, parent);
                self.forked.set(true);
                if self.whole.get() {
                    inner.world.copy_objects(child);
                    crate::model::thread_local::copy(self.execution.get(), parent, thread);
                }
                let copied = images::with_images(|images| {
                    images.fork(child);
                    let base = self.bases.borrow()[parent];
                    !borrows || images.copy_stack(child, here(), base)
                });
                if borrows && copied != Some(true) {
                    inner.world.goes_beyond(parent, Beyond::Memory, place);
                }
            }
            (thread, stack)
        };
        self.bases.borrow_mut().push(stack.base().get());
        let machine = Rc::downgrade(self);
        let fiber = Coroutine::with_stack(stack, move |yielder: &Yielder<(), ()>, ()| {
            let Some(machine) = machine.upgrade() else {
                return;
            };
            machine.yielders.borrow_mut()[thread] = yielder;
            let outcome = {
                let _own = machine.whole.get().then(programs);
                catch_unwind(AssertUnwindSafe(body))
            };
            let mut inner = machine.inner.borrow_mut();
            if inner.tearing {
                let own = inner.world.threads[thread].panicking;
                drop(inner);
                match outcome {
                    Err(payload) if !own => std::panic::resume_unwind(payload),
                    _ => return,
                }
            }
            match outcome {
                Ok(result) => inner.world.threads[thread].result = Some(result),
                Err(payload) => {
                    inner.panicked(thread);
                    inner.world.threads[thread].result = Some(payload);
                }
            }
        });
        self.fibers.borrow_mut().push(Some(fiber));
        self.yielders.borrow_mut().push(std::ptr::null());
        Some(thread)
    }
}

/// An object's identity: the execution that registered it, and its number there.
#[derive(Debug, Default)]
pub struct Tag(AtomicU64);

impl Tag {
    /// Not registered yet.
    pub const fn new() -> Self {
        Self(AtomicU64::new(0))
    }
}
