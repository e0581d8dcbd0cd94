//! The state of one execution: threads, objects, and what each operation does to them.
//!
//! Nothing here searches. [`World::enabled`] says what can happen, [`World::touches`] what it would touch,
//! [`World::execute`] makes it happen. All three are deterministic functions of the state, and every number they hand
//! out (threads, objects, messages) depends on the steps so far alone: the same steps give the same numbers again.
mod beyond;
mod effect;
mod enabled;
mod life;
mod object;
mod process;
mod touch;
mod watch;

pub use beyond::Beyond;
pub use object::{AtomicWrite, Object};
pub use process::ProcessIndex;

use crate::execution::Identity;
use crate::operation::{
    MAX_THREADS, NO_STEP, ObjectId, Operation, Place, Reply, Step, ThreadIndex, Touches,
    is_in_a_library,
};
use life::Life;
use process::Users;
use std::any::Any;
use std::collections::BTreeMap;

/// Bounds and liberties of the model that are part of its state.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub struct Liberties {
    /// Spurious wake-ups allowed to each thread.
    pub spurious: u8,
    /// Equal polls in a row before a thread waits for a change.
    pub polls: u32,
    /// Identical threads begin in order.
    pub symmetry: bool,
    /// Sections that only look at what a mutex protects commute.
    pub inspect: bool,
}

/// What a thread is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Its local code runs (or will, before anything is decided).
    Running,
    /// It has announced its next operation.
    Announced,
    /// Its closure has returned and the end is an event.
    Ended,
    /// It ended the process: nothing of it will ever run.
    Exited,
}

/// A virtual thread.
pub struct Thread {
    /// What it is doing.
    pub status: Status,
    /// Its next operation.
    pub pending: Operation,
    /// Where that is.
    pub place: Place,
    /// How many operations it has executed.
    pub executed: u32,
    /// The step that spawned it; [`NO_STEP`] for main.
    pub spawned: Step,
    /// Where it was spawned.
    pub spawned_at: Place,
    /// The process it is a thread of.
    pub process: ProcessIndex,
    /// How many threads its process had had before it, as the program sees them; the first thread of a child is what the
    /// one was that forked it.
    pub shown: usize,
    /// Somebody has waited for its end.
    pub joined: bool,
    /// Its process exits: only its pipe ends are closed.
    pub departing: bool,
    /// Its first step.
    pub first: Step,
    /// Its last step.
    pub last_step: Step,
    /// The step of its end.
    pub ended: Step,
    /// The step that notified it, while it waits for a condition.
    pub notified: Step,
    /// Spurious wake-ups left.
    pub spurious: u8,
    /// The last section that may have changed the data, when it began to wait.
    waited: Step,
    /// It was woken spuriously, nothing had changed meanwhile, and it has not gone on yet with this mutex in its hands.
    unasked: Option<ObjectId>,
    /// It has its token.
    pub token: bool,
    /// It is unwinding.
    pub panicking: bool,
    /// Its virtual clock, in nanoseconds.
    pub clock: u64,
    /// How many times it has read it.
    pub clock_read: u32,
    /// What it uses meanwhile lies in memory that processes share.
    pub sharing: u32,
    /// It does something whole, in which its process is not ended from outside.
    pub unbroken: bool,
    /// How long its timed operation waits.
    pub timeout: Option<u64>,
    /// An identical thread that begins first.
    pub twin: Option<ThreadIndex>,
    /// What makes it identical to another, if its parent cannot tell.
    pub identity: Option<u64>,
    /// The mutex it has acquired with its last operation, if nothing happened since.
    pub section: Option<ObjectId>,
    /// Its next operation ends a section that only looked at the data, and in which nothing else happened.
    pub inspecting: bool,
    /// The reply to its last operation.
    pub reply: Reply,
    /// What its closure returned.
    pub result: Option<Box<dyn Any + Send>>,
    /// It panicked there.
    pub panicked_at: Option<(String, u32)>,
    poll: Poll,
}

/// The same question, asked again with the same answer.
#[derive(Debug, Clone, Copy)]
struct Poll {
    place: Option<Place>,
    object: ObjectId,
    version: u64,
    repeats: u32,
}

/// What happened in a step.
#[derive(Debug, Default, Clone)]
pub struct Causes {
    /// Steps that come before in every order.
    pub hard: Vec<Step>,
    /// Steps that made it possible this time.
    pub soft: Vec<Step>,
    /// Releases by sections that only looked: they come before, unless this one only looks too.
    pub lookers: Vec<Step>,
}

impl Causes {
    fn forget(&mut self) {
        self.hard.clear();
        self.soft.clear();
        self.lookers.clear();
    }

    /// What made it possible this time, if anything did.
    fn allowed_by(&mut self, step: Step) {
        if step != NO_STEP {
            self.soft.push(step);
        }
    }
}

/// One execution.
pub struct World {
    /// Steps executed.
    pub step: Step,
    /// The threads, main first.
    pub threads: Vec<Thread>,
    /// The objects.
    pub objects: Vec<Object>,
    /// The thread of the last step.
    pub last: ThreadIndex,
    /// What the last step was caused by.
    pub causes: Causes,
    /// A thread waits for a change because it asked too often.
    pub poll_bound_hit: bool,
    /// Identical threads were told apart: symmetry must not be used.
    pub told_apart: bool,
    /// Somebody tries to take a mutex, and so can see that another only looks.
    pub seen_looking: bool,
    /// Some threads are identical.
    pub used_symmetry: bool,
    /// Processes use an object together that each would have a copy of.
    pub private_memory: bool,
    /// The program came to something that has no model: on which line.
    pub beyond: Option<(u32, Beyond)>,
    /// A child process ended before threads of its own.
    pub threads_of_a_child: bool,
    /// Somebody tried to send into a rendezvous.
    pub tried_rendezvous: bool,
    /// Somebody waited for a condition, and could be woken without a notification.
    pub waits: bool,
    /// Some thread went on after a spurious wake-up, though nothing had changed since it began to wait.
    went_on: bool,
    /// Some thread went on for ever without an operation.
    pub overran: bool,
    /// Some thread has ended the process.
    pub exited: bool,
    /// The liberties.
    pub liberties: Liberties,
    joins: Joins,
    /// The parents of processes; 0 is its own.
    parents: Vec<ProcessIndex>,
    /// How many threads each process has had, as it sees them.
    shown: Vec<usize>,
    /// Who uses each object.
    users: Vec<Users>,
    /// Of each process that has all of its memory for itself: the objects that have these numbers in it.
    copies: BTreeMap<ProcessIndex, BTreeMap<ObjectId, ObjectId>>,
    identities: Vec<Identity>,
    /// What processes are known by.
    numbers: BTreeMap<ProcessIndex, u32>,
    /// What they do where they exit early.
    exits: BTreeMap<ProcessIndex, fn()>,
    /// Those that can be ended from outside.
    lives: BTreeMap<ProcessIndex, Life>,
}

/// Joins of identical threads in a row.
#[derive(Debug, Default, Clone, Copy)]
struct Joins {
    by: ThreadIndex,
    executed: u32,
    open: bool,
    identity: u64,
    left: u32,
}

impl World {
    /// An empty one.
    pub fn new(liberties: Liberties) -> Self {
        Self {
            step: 0,
            threads: Vec::new(),
            objects: Vec::new(),
            last: 0,
            causes: Causes::default(),
            poll_bound_hit: false,
            told_apart: false,
            seen_looking: false,
            used_symmetry: false,
            private_memory: false,
            beyond: None,
            overran: false,
            threads_of_a_child: false,
            tried_rendezvous: false,
            waits: false,
            went_on: false,
            exited: false,
            liberties,
            joins: Joins::default(),
            parents: vec![0],
            shown: vec![0],
            users: Vec::new(),
            copies: BTreeMap::new(),
            identities: Vec::new(),
            numbers: BTreeMap::new(),
            exits: BTreeMap::new(),
            lives: BTreeMap::new(),
        }
    }

    /// Makes it empty again, for the next execution.
    pub fn reset(&mut self) {
        self.step = 0;
        self.threads.clear();
        self.objects.clear();
        self.identities.clear();
        self.numbers.clear();
        self.exits.clear();
        self.lives.clear();
        self.parents.truncate(1);
        self.shown.clear();
        self.shown.push(0);
        self.users.clear();
        self.copies.clear();
        self.last = 0;
        self.exited = false;
        self.overran = false;
        self.went_on = false;
        self.told_apart = false;
        self.seen_looking = false;
        self.joins = Joins::default();
    }

    /// A new thread; its number, or `None` if there are too many.
    pub fn add_thread(&mut self, place: Place, identity: Option<Identity>) -> Option<ThreadIndex> {
        let index = self.threads.len();
        if index >= MAX_THREADS {
            return None;
        }
        let identity = identity
            .filter(|_| self.liberties.symmetry)
            .map(|identity| {
                let known = self.identities.iter().position(|other| *other == identity);
                known.unwrap_or_else(|| {
                    self.identities.push(identity);
                    self.identities.len() - 1
                }) as u64
            });
        let twin = identity.and_then(|identity| {
            // Of another process it has other memory at the same places.
            let process = self.process_of(self.last);
            self.threads
                .iter()
                .rposition(|other| other.identity == Some(identity) && other.process == process)
        });
        self.used_symmetry |= twin.is_some();
        let (spawned, clock) = if index == 0 {
            (NO_STEP, 0)
        } else {
            (self.step - 1, self.threads[self.last].clock)
        };
        let process = self.process_of(self.last);
        self.threads.push(Thread {
            status: Status::Running,
            pending: Operation::Spawn,
            place,
            executed: 0,
            spawned,
            spawned_at: place,
            process,
            shown: self.shown[process],
            joined: false,
            departing: false,
            first: NO_STEP,
            last_step: NO_STEP,
            ended: NO_STEP,
            notified: NO_STEP,
            spurious: self.liberties.spurious,
            waited: NO_STEP,
            unasked: None,
            token: false,
            panicking: false,
            clock,
            clock_read: 0,
            sharing: 0,
            unbroken: false,
            timeout: None,
            twin,
            identity,
            section: None,
            inspecting: false,
            reply: Reply::Done,
            result: None,
            panicked_at: None,
            poll: Poll {
                place: None,
                object: 0,
                version: 0,
                repeats: 0,
            },
        });
        self.shown[process] += 1;
        Some(index)
    }

    /// Who holds a mutex.
    pub fn holder(&self, mutex: ObjectId) -> Option<ThreadIndex> {
        match self.object(mutex) {
            Object::Mutex { holder, .. } => *holder,
            _ => None,
        }
    }

    /// In this execution some thread was woken spuriously, and went on though nothing had changed since it began to
    /// wait: it did not ask again.
    pub fn heedless(&self) -> bool {
        self.went_on || self.threads.iter().any(|slot| slot.unasked.is_some())
    }

    /// A new object's number.
    pub fn add_object(&mut self, object: Object) -> ObjectId {
        self.objects.push(object);
        let users = self.users_of_one(self.last);
        self.users.push(users);
        (self.objects.len() - 1 + MAX_THREADS) as ObjectId
    }

    /// Several processes may use this object.
    pub fn share(&mut self, id: ObjectId) {
        self.users[Self::index(id)] = Users::Shared;
    }

    /// Whether several processes may use what is touched. A thread is no object.
    fn is_shared(&self, id: ObjectId) -> bool {
        id as usize >= MAX_THREADS && matches!(self.users.get(Self::index(id)), Some(Users::Shared))
    }

    fn index(id: ObjectId) -> usize {
        id as usize - MAX_THREADS
    }

    /// The object with this number.
    pub fn object(&self, id: ObjectId) -> &Object {
        &self.objects[Self::index(id)]
    }

    /// The object with this number, if there is one: between executions there is none.
    pub fn objects_get(&self, id: ObjectId) -> Option<&Object> {
        self.objects.get(Self::index(id))
    }

    /// The round of a barrier a thread has just arrived in.
    pub fn generation_of(&self, thread: ThreadIndex, barrier: ObjectId) -> u32 {
        let arrived = self.threads.get(thread).map_or(0, |slot| slot.last_step);
        match self.objects_get(barrier) {
            Some(Object::Barrier { rounds, .. }) => rounds
                .iter()
                .rposition(|round| round.arrivals.contains(&arrived))
                .unwrap_or(0) as u32,
            _ => 0,
        }
    }

    /// How many messages were sent into a channel.
    pub fn messages_sent(&self, channel: ObjectId) -> u32 {
        match self.objects_get(channel) {
            Some(Object::Channel { sent, .. }) => sent.len() as u32,
            _ => 0,
        }
    }

    /// One sender more. It depends on nothing: whoever clones a sender has one.
    pub fn add_sender(&mut self, channel: ObjectId) {
        if let Some(Object::Channel { senders, .. }) = self.objects.get_mut(Self::index(channel)) {
            *senders += 1;
        }
    }

    /// One receiver more. It depends on nothing, for the same reason.
    pub fn add_receiver(&mut self, channel: ObjectId) {
        if let Some(Object::Channel { receivers, .. }) = self.objects.get_mut(Self::index(channel))
        {
            *receivers += 1;
        }
    }

    /// How many receivers a channel has.
    pub fn receivers(&self, channel: ObjectId) -> u32 {
        match self.objects_get(channel) {
            Some(Object::Channel { receivers, .. }) => *receivers,
            _ => 0,
        }
    }

    /// How many messages lie in a channel. One that somebody waits to hand over does not lie in it, and without a
    /// receiver there are none.
    pub fn messages_in(&self, channel: ObjectId) -> usize {
        match self.objects_get(channel) {
            Some(Object::Channel {
                capacity,
                receivers,
                sent,
                received,
                ..
            }) if *capacity != Some(0) && *receivers > 0 => sent.len() - received.len(),
            _ => 0,
        }
    }

    /// How many threads a notification has reached that this thread has just made.
    pub fn notified_by(&self, thread: ThreadIndex) -> usize {
        let Some(step) = self.threads.get(thread).map(|slot| slot.last_step) else {
            return 0;
        };
        self.threads
            .iter()
            .filter(|slot| slot.notified == step)
            .count()
    }

    fn object_mut(&mut self, id: ObjectId) -> &mut Object {
        &mut self.objects[Self::index(id)]
    }

    /// An atomic's value, before an operation on it.
    pub fn atomic(&self, id: ObjectId) -> u64 {
        match self.object(id) {
            Object::Atomic { value, .. } => *value,
            _ => 0,
        }
    }

    /// Is this memory that is read and written without synchronisation?
    pub fn is_plain(&self, id: ObjectId) -> bool {
        (id as usize) >= MAX_THREADS
            && matches!(self.object(id), Object::Atomic { plain: true, .. })
    }

    /// Where the program is, when a thread of it is in this place: in a library it is where the thread was last.
    pub fn seen_at(&self, thread: ThreadIndex, place: Place) -> Place {
        match self.threads.get(thread) {
            Some(slot) if is_in_a_library(place.file()) => slot.place,
            _ => place,
        }
    }

    /// The thread announces its next operation.
    pub fn announce(&mut self, thread: ThreadIndex, operation: Operation, place: Place) {
        let place = self.seen_at(thread, place);
        let slot = &mut self.threads[thread];
        slot.pending = operation;
        slot.place = place;
        slot.status = Status::Announced;
        self.watch_section(thread);
        self.watch_polls(thread);
        self.watch_twins(thread);
    }

    /// The step's touches, were it executed now.
    pub fn touches(&self, thread: ThreadIndex) -> Touches {
        touch::touches(self, thread)
    }

    /// How many ways the pending operation can go.
    pub fn choices(&self, thread: ThreadIndex) -> u8 {
        touch::choices(self, thread)
    }

    /// The threads whose next operation can happen now.
    pub fn enabled_set(&mut self) -> u64 {
        let mut set = 0;
        for thread in 0..self.threads.len() {
            if self.enabled(thread) {
                set |= 1 << thread;
            } else if self.threads[thread].status == Status::Announced
                && self.polls_too_often(thread)
            {
                self.poll_bound_hit = true;
            }
        }
        set
    }

    /// What an atomic operation wrote, told by the thread right after its operation.
    pub fn atomic_written(&mut self, id: u32, after: u64) {
        if let Object::Atomic { value, version, .. } = self.object_mut(id) {
            // A store of the same value also counts: the fuzzer's witness sees versions only through polls.
            *value = after;
            *version += 1;
        }
    }
}
