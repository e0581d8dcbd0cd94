//! Random small programs.
use explorer::model::fork::{
    Child, ProcessLock, Reader, SharedNumber, Writer, fork, pipe_not_inherited, pipe_with,
};
use explorer::model::sync::atomic::{AtomicU32, Ordering::SeqCst};
use explorer::model::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use explorer::model::sync::{Arc, Barrier, Condvar, Mutex, OnceLock, RwLock};
use explorer::model::thread::{JoinHandle, Thread};
use explorer::model::{print, println, process, thread};
use std::time::Duration;

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement {
    /// Prints a letter and its thread, or the letter alone.
    Print { letter: char, named: bool },
    /// Prints half a line.
    Half(char),
    /// Prints a variable.
    Show,
    /// The variable becomes an atomic's value.
    Load(usize),
    /// An atomic becomes the variable plus something.
    Store(usize, u32),
    /// Adds, and keeps what was there.
    Add(usize),
    /// Compares and swaps.
    Cas(usize, u32, u32),
    /// Locks, does something, unlocks.
    Locked(usize, Vec<Statement>),
    /// The same if the mutex is free; else prints.
    TryLocked(usize, Vec<Statement>),
    /// Reads a number that a mutex protects.
    ReadLocked(usize),
    /// Adds to it.
    AddLocked(usize),
    /// Holds a lock for reading.
    Reading(Vec<Statement>),
    /// Holds it for writing.
    Writing(Vec<Statement>),
    /// The same if possible; else prints.
    TryWriting(Vec<Statement>),
    /// The same for reading.
    TryReading(Vec<Statement>),
    /// Waits once.
    Wait,
    /// Waits until the flag is set.
    WaitForFlag,
    /// Waits for a while.
    WaitTimeout,
    /// Sets the flag if told so, and notifies.
    Notify { flag: bool, all: bool },
    /// Arrives at the barrier; prints if it leads and was told so.
    Arrive { ask: bool },
    /// Sets or gets a value that is set once.
    Once,
    /// Sets it by hand.
    OnceSet,
    /// Looks whether it is set.
    OncePeek,
    /// Sends into channel 0 (no bound), 1 (one place), 2 (rendezvous).
    Send(usize),
    /// Sends if there is room.
    TrySend,
    /// Gives up one's sender.
    Hang(usize),
    /// The owner of the receivers receives.
    Receive(usize),
    /// The same, if there is something.
    TryReceive(usize),
    /// Gives up the receiver.
    Deafen(usize),
    /// Waits for the token.
    Park,
    /// The same, not for ever.
    ParkTimeout,
    /// Gives a thread (by number) the token.
    Unpark(usize),
    /// Main asks whether a thread has ended.
    Finished(usize),
    /// Main joins a thread.
    Join(usize),
    /// Receives, but does not wait for ever.
    ReceiveTimeout(usize),
    /// Writes so many bytes into the pipe.
    PipeWrite(usize),
    /// Reads at most so many, and prints them.
    PipeRead(usize),
    /// Closes its end that writes (or reads).
    PipeClose { writes: bool },
    /// Reads shared memory.
    SharedGet,
    /// Adds to it.
    SharedAdd,
    /// Holds a lock between processes, or tries to.
    ProcessLocked { tries: bool, inner: Vec<Statement> },
    /// Main waits for a child, and prints what it ended with.
    WaitChild(usize),
    /// A child ends with this.
    ChildExit(i32),
    /// Panics if the variable is odd.
    PanicIfOdd,
    /// Ends the process.
    Exit,
}

/// A program: main starts the threads, then does its own statements, then joins them or not.
#[derive(Debug, Clone)]
pub struct Program {
    threads: Vec<Vec<Statement>>,
    main: Vec<Statement>,
    join: bool,
    barrier: usize,
    twins: bool,
    processes: bool,
    inherits: bool,
}

struct Shared {
    atomics: [AtomicU32; 2],
    mutexes: [Mutex<u32>; 2],
    rwlock: RwLock<u32>,
    flag: Mutex<bool>,
    condvar: Condvar,
    barrier: Barrier,
    once: OnceLock<u32>,
    number: SharedNumber,
    process_lock: ProcessLock,
}

/// What a thread holds for itself.
struct Local {
    me: usize,
    variable: u32,
    senders: (Option<Sender<u32>>, [Option<SyncSender<u32>>; 2]),
    receivers: [Option<Receiver<u32>>; 3],
    parked: Vec<Thread>,
    handles: Vec<Option<JoinHandle<()>>>,
    pipe: (Option<Reader>, Option<Writer>),
    children: Vec<Option<Child>>,
}

/// The families of statements a program draws from: small alphabets meet more often.
const FAMILIES: usize = 9;

/// The family of processes: it does not mix with the others, which use memory that processes do not share.
const PROCESSES: usize = 9;

impl Program {
    /// The program of a seed.
    pub fn random(seed: u64) -> Self {
        let single = seed % 2 == 1;
        Self::of_family(seed, single.then_some(seed as usize / 2 % FAMILIES))
    }

    /// The program of a seed that draws from one family alone.
    pub fn of_family(seed: u64, family: Option<usize>) -> Self {
        let mut random =
            fastrand::Rng::with_seed(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x57EF);
        let families: Vec<usize> = (0..1 + random.usize(..2))
            .map(|_| random.usize(..FAMILIES))
            .collect();
        let families = family.map_or(families, |family| vec![family]);
        let processes = family.is_none() && seed.is_multiple_of(8) || families == [PROCESSES];
        let families = if processes { vec![PROCESSES] } else { families };
        let count = 1 + random.usize(..3);
        let twins = random.u8(..4) == 0;
        let length = if count == 3 { 3 } else { 4 };
        let mut threads: Vec<Vec<Statement>> = (0..count)
            .map(|_| {
                (0..1 + random.usize(..length))
                    .map(|_| statement(&mut random, &families, 0, count, false))
                    .collect()
            })
            .collect();
        if twins {
            let first = threads[0].clone();
            threads
                .iter_mut()
                .for_each(|thread| thread.clone_from(&first));
        }
        let main = (0..random.usize(..4))
            .map(|_| statement(&mut random, &families, 0, count, true))
            .collect();
        Self {
            threads,
            main,
            join: random.u8(..4) != 0,
            barrier: 1 + random.usize(..count + 1),
            twins,
            processes,
            inherits: seed.is_multiple_of(3),
        }
    }

    /// Runs it in the model.
    pub fn run(&self) {
        let shared = Arc::new(Shared {
            atomics: Default::default(),
            mutexes: Default::default(),
            rwlock: RwLock::new(0),
            flag: Mutex::new(false),
            condvar: Condvar::new(),
            barrier: Barrier::new(self.barrier),
            once: OnceLock::new(),
            number: SharedNumber::new(0),
            process_lock: ProcessLock::new(),
        });
        let used = |wanted| self.used(wanted);
        let unbounded = used(|one| {
            matches!(
                one,
                Statement::Send(0) | Statement::Receive(0) | Statement::TryReceive(0)
            )
        });
        let bounded = used(|one| {
            matches!(
                one,
                Statement::Send(1)
                    | Statement::Receive(1)
                    | Statement::TryReceive(1)
                    | Statement::TrySend
            )
        });
        let rendezvous = used(|one| {
            matches!(
                one,
                Statement::Send(2) | Statement::Receive(2) | Statement::TryReceive(2)
            )
        });
        let (sender, receiver) = channel();
        let (one, one_end) = sync_channel(1);
        let (none, none_end) = sync_channel(0);
        let mut local = Local {
            me: 0,
            variable: 0,
            senders: (
                unbounded.then_some(sender),
                [bounded.then_some(one), rendezvous.then_some(none)],
            ),
            receivers: [
                unbounded.then_some(receiver),
                bounded.then_some(one_end),
                rendezvous.then_some(none_end),
            ],
            parked: Vec::new(),
            handles: Vec::new(),
            pipe: (None, None),
            children: Vec::new(),
        };
        if self.processes {
            self.start_processes(&shared, &mut local);
        } else if unbounded || bounded || rendezvous || !self.twins {
            self.start_different(&shared, &mut local);
        } else {
            self.start_twins(&shared, &mut local);
        }
        self.main
            .iter()
            .for_each(|one| one.run(&shared, &mut local));
        local.senders = (None, [None, None]);
        local.pipe = (None, None);
        if self.join {
            for child in local.children.iter().flatten() {
                child.wait();
            }
            for handle in local.handles.iter_mut().filter_map(Option::take) {
                let _ = handle.join();
            }
        }
    }

    /// Processes: each has its own copies of what it is given, and of every end of the pipe main still has.
    fn start_processes(&self, shared: &Arc<Shared>, local: &mut Local) {
        let (reader, writer) = if self.inherits {
            pipe_with(2)
        } else {
            pipe_not_inherited(2)
        };
        for (index, statements) in self.threads.iter().enumerate() {
            let last = index + 1 == self.threads.len();
            let ends = if last {
                (None, Some(writer.duplicate()))
            } else {
                (Some(reader.duplicate()), Some(writer.duplicate()))
            };
            let (shared, statements) = (Arc::clone(shared), statements.clone());
            let child = fork(move || {
                let mut local = Local::empty(index + 1);
                local.pipe = ends;
                statements
                    .iter()
                    .for_each(|one| one.run(&shared, &mut local));
            });
            local.children.push(child.ok());
        }
        local.pipe = (Some(reader), Some(writer));
    }

    /// Threads nobody can tell apart: the same code, the same captured values.
    fn start_twins(&self, shared: &Arc<Shared>, local: &mut Local) {
        let statements = Arc::new(self.threads[0].clone());
        for _ in &self.threads {
            let (shared, statements) = (Arc::clone(shared), Arc::clone(&statements));
            let handle = thread::spawn(move || {
                let mut local = Local::empty(1);
                statements
                    .iter()
                    .for_each(|one| one.run(&shared, &mut local));
            });
            local.handles.push(Some(handle));
        }
    }

    fn start_different(&self, shared: &Arc<Shared>, local: &mut Local) {
        let parks = self.used(|one| matches!(one, Statement::Unpark(_)));
        for (index, statements) in self.threads.iter().enumerate() {
            let shared = Arc::clone(shared);
            let senders = (local.senders.0.clone(), local.senders.1.clone());
            // The last thread owns the receivers, so that main is free to join.
            let receivers = if index + 1 == self.threads.len() {
                std::mem::take(&mut local.receivers)
            } else {
                Default::default()
            };
            let parked = local.parked.clone();
            let statements = statements.clone();
            let handle = thread::spawn(move || {
                let mut local = Local {
                    me: index + 1,
                    variable: 0,
                    senders,
                    receivers,
                    parked,
                    ..Local::empty(index + 1)
                };
                statements
                    .iter()
                    .for_each(|one| one.run(&shared, &mut local));
            });
            if parks {
                local.parked.push(handle.thread().clone());
            }
            local.handles.push(Some(handle));
        }
    }

    fn used(&self, wanted: fn(&Statement) -> bool) -> bool {
        self.threads
            .iter()
            .chain([&self.main])
            .flatten()
            .any(|one| one.any(wanted))
    }
}

impl Local {
    fn empty(me: usize) -> Self {
        Self {
            me,
            variable: 0,
            senders: (None, [None, None]),
            receivers: [None, None, None],
            parked: Vec::new(),
            handles: Vec::new(),
            pipe: (None, None),
            children: Vec::new(),
        }
    }
}

fn statement(
    random: &mut fastrand::Rng,
    families: &[usize],
    depth: usize,
    threads: usize,
    main: bool,
) -> Statement {
    use Statement::*;
    let print = |random: &mut fastrand::Rng| Print {
        letter: random.choice(['a', 'b', 'c']).unwrap_or('a'),
        named: random.bool(),
    };
    if random.u8(..4) == 0 {
        return if random.u8(..10) == 0 {
            Half('h')
        } else {
            print(random)
        };
    }
    let inside = |random: &mut fastrand::Rng| -> Vec<Statement> {
        if depth > 0 {
            return vec![];
        }
        (0..random.usize(..3))
            .map(|_| statement(random, families, depth + 1, threads, main))
            .collect()
    };
    let family = families[random.usize(..families.len())];
    let pick = random.u8(..8);
    match family {
        0 => match pick {
            0..=2 => Load(random.usize(..2)),
            3..=4 => Store(random.usize(..2), random.u32(..2)),
            5 => Add(random.usize(..2)),
            6 => Cas(random.usize(..2), random.u32(..2), random.u32(1..3)),
            _ => Show,
        },
        1 => match pick {
            0..=1 => Locked(random.usize(..2), inside(random)),
            2 => TryLocked(random.usize(..2), inside(random)),
            3..=4 => AddLocked(0),
            5 => ReadLocked(0),
            6 => PanicIfOdd,
            _ => Show,
        },
        2 => match pick {
            0..=1 => Reading(inside(random)),
            2..=3 => Writing(inside(random)),
            4 => TryWriting(inside(random)),
            5 => TryReading(inside(random)),
            6 => AddLocked(1),
            _ => Show,
        },
        3 => match pick {
            0 => Wait,
            1..=2 => WaitForFlag,
            3 => WaitTimeout,
            4..=6 => Notify {
                flag: random.bool(),
                all: random.bool(),
            },
            _ => AddLocked(0),
        },
        4 => match pick {
            0..=3 => Arrive { ask: random.bool() },
            4 => Load(0),
            5 => Store(0, 1),
            _ => print(random),
        },
        5 => match pick {
            0..=2 => Once,
            3 => OnceSet,
            4..=5 => OncePeek,
            6 => Add(0),
            _ => Show,
        },
        6 => match pick {
            0..=2 => Send(random.usize(..3)),
            3 => TrySend,
            4 => Hang(random.usize(..3)),
            5..=6 => {
                if random.u8(..3) == 0 {
                    TryReceive(random.usize(..3))
                } else if random.u8(..4) == 0 {
                    ReceiveTimeout(random.usize(..3))
                } else {
                    Receive(random.usize(..3))
                }
            }
            _ => Deafen(random.usize(..3)),
        },
        PROCESSES => match pick {
            0..=1 => PipeWrite(1 + random.usize(..2)),
            2 if random.bool() => PipeRead(1 + random.usize(..2)),
            2 => PipeClose {
                writes: random.bool(),
            },
            3 => SharedGet,
            4 => SharedAdd,
            5 => ProcessLocked {
                tries: random.bool(),
                inner: inside(random),
            },
            6 if main => WaitChild(random.usize(..threads)),
            6 if random.u8(..3) == 0 => ChildExit(random.i32(..3)),
            6 => PipeRead(1),
            _ => Show,
        },
        7 => match pick {
            0..=2 => Park,
            3 => ParkTimeout,
            4..=5 => Unpark(random.usize(..threads)),
            _ => Store(0, 1),
        },
        _ => match pick {
            0..=2 if main => Finished(random.usize(..threads)),
            3..=4 if main => Join(random.usize(..threads)),
            5 => Exit,
            6 => PanicIfOdd,
            _ => Add(0),
        },
    }
}

impl Statement {
    fn any(&self, wanted: fn(&Statement) -> bool) -> bool {
        use Statement::*;
        wanted(self)
            || match self {
                Locked(_, inner)
                | TryLocked(_, inner)
                | Reading(inner)
                | Writing(inner)
                | TryWriting(inner)
                | ProcessLocked { inner, .. }
                | TryReading(inner) => inner.iter().any(|one| one.any(wanted)),
                _ => false,
            }
    }

    fn run(&self, shared: &Shared, local: &mut Local) {
        let all = |inner: &[Statement], local: &mut Local| {
            inner.iter().for_each(|one| one.run(shared, local))
        };
        match self {
            Self::Print {
                letter,
                named: true,
            } => println!("{letter}{}", local.me),
            Self::Print {
                letter,
                named: false,
            } => println!("{letter}"),
            Self::Half(letter) => print!("{letter}"),
            Self::Show => println!("={}", local.variable),
            Self::Load(atomic) => local.variable = shared.atomics[*atomic].load(SeqCst),
            Self::Store(atomic, more) => {
                shared.atomics[*atomic].store(local.variable + more, SeqCst)
            }
            Self::Add(atomic) => local.variable = shared.atomics[*atomic].fetch_add(1, SeqCst),
            Self::Cas(atomic, from, to) => {
                local.variable =
                    match shared.atomics[*atomic].compare_exchange(*from, *to, SeqCst, SeqCst) {
                        Ok(_) => 7,
                        Err(now) => now,
                    }
            }
            Self::Locked(mutex, inner) => {
                if let Ok(_guard) = shared.mutexes[*mutex].lock() {
                    all(inner, local);
                }
            }
            Self::TryLocked(mutex, inner) => match shared.mutexes[*mutex].try_lock() {
                Ok(_guard) => all(inner, local),
                Err(_) => println!("held"),
            },
            Self::ReadLocked(mutex) => {
                local.variable = shared.mutexes[*mutex].lock().map_or(9, |guard| *guard)
            }
            Self::AddLocked(mutex) => {
                if let Ok(mut guard) = shared.mutexes[*mutex].lock() {
                    *guard += 1;
                    local.variable = *guard;
                }
            }
            Self::Reading(inner) => {
                if let Ok(guard) = shared.rwlock.read() {
                    local.variable = *guard;
                    all(inner, local);
                }
            }
            Self::Writing(inner) => {
                if let Ok(mut guard) = shared.rwlock.write() {
                    *guard += 1;
                    all(inner, local);
                }
            }
            Self::TryWriting(inner) => match shared.rwlock.try_write() {
                Ok(mut guard) => {
                    *guard += 1;
                    all(inner, local);
                }
                Err(_) => println!("held"),
            },
            Self::TryReading(inner) => match shared.rwlock.try_read() {
                Ok(guard) => {
                    local.variable = *guard;
                    all(inner, local);
                }
                Err(_) => println!("held"),
            },
            Self::Wait => {
                if let Ok(guard) = shared.flag.lock() {
                    local.variable = shared
                        .condvar
                        .wait(guard)
                        .map_or(5, |flag| u32::from(*flag));
                }
            }
            Self::WaitForFlag => {
                if let Ok(guard) = shared.flag.lock() {
                    let _ = shared.condvar.wait_while(guard, |flag| !*flag);
                }
            }
            Self::WaitTimeout => {
                if let Ok(guard) = shared.flag.lock() {
                    let waited = shared.condvar.wait_timeout(guard, Duration::from_millis(1));
                    local.variable = waited.map_or(5, |(_, result)| u32::from(result.timed_out()));
                }
            }
            Self::Notify { flag, all } => {
                if *flag && let Ok(mut guard) = shared.flag.lock() {
                    *guard = true;
                }
                if *all {
                    shared.condvar.notify_all()
                } else {
                    shared.condvar.notify_one()
                }
            }
            Self::Arrive { ask } => {
                let result = shared.barrier.wait();
                if *ask && result.is_leader() {
                    println!("leader");
                }
            }
            Self::Once => {
                local.variable = *shared.once.get_or_init(|| {
                    println!("once");
                    local.me as u32
                })
            }
            Self::OnceSet => local.variable = shared.once.set(8).map_or_else(|value| value, |()| 4),
            Self::OncePeek => local.variable = shared.once.get().copied().unwrap_or(6),
            Self::Send(0) => {
                let sent = local
                    .senders
                    .0
                    .as_ref()
                    .is_some_and(|sender| sender.send(local.me as u32).is_ok());
                local.variable = u32::from(sent);
            }
            Self::Send(channel) => {
                let sender = local.senders.1[channel - 1].as_ref();
                local.variable =
                    u32::from(sender.is_some_and(|sender| sender.send(local.me as u32).is_ok()));
            }
            Self::TrySend => {
                let sender = local.senders.1[0].as_ref();
                local.variable = u32::from(
                    sender.is_some_and(|sender| sender.try_send(local.me as u32).is_ok()),
                );
            }
            Self::Hang(0) => local.senders.0 = None,
            Self::Hang(channel) => local.senders.1[channel - 1] = None,
            Self::Receive(channel) => {
                if let Some(receiver) = &local.receivers[*channel] {
                    match receiver.recv() {
                        Ok(from) => println!("from {from}"),
                        Err(_) => println!("ended"),
                    }
                }
            }
            Self::TryReceive(channel) => {
                if let Some(receiver) = &local.receivers[*channel] {
                    match receiver.try_recv() {
                        Ok(from) => println!("from {from}"),
                        Err(error) => println!("{error:?}"),
                    }
                }
            }
            Self::Deafen(channel) => local.receivers[*channel] = None,
            Self::Park => thread::park(),
            Self::ParkTimeout => thread::park_timeout(Duration::from_millis(1)),
            Self::Unpark(index) => {
                if let Some(thread) = local.parked.get(*index) {
                    thread.unpark();
                }
            }
            Self::Finished(index) => {
                if let Some(Some(handle)) = local.handles.get(*index) {
                    local.variable = u32::from(handle.is_finished());
                    println!("finished {}", local.variable);
                }
            }
            Self::Join(index) => {
                if let Some(handle) = local.handles.get_mut(*index).and_then(Option::take) {
                    println!("joined {}", handle.join().is_ok());
                }
            }
            Self::ReceiveTimeout(channel) => {
                if let Some(receiver) = &local.receivers[*channel] {
                    match receiver.recv_timeout(Duration::from_millis(1)) {
                        Ok(from) => println!("from {from}"),
                        Err(error) => println!("{error:?}"),
                    }
                }
            }
            Self::PipeWrite(bytes) => {
                if let Some(writer) = &local.pipe.1 {
                    let data = vec![local.me as u8; *bytes];
                    if writer.write(&data).is_err() {
                        println!("nobody reads");
                    }
                }
            }
            Self::PipeRead(most) => {
                if let Some(reader) = &local.pipe.0 {
                    println!("read {:?}", reader.read(*most));
                }
            }
            Self::PipeClose { writes: true } => local.pipe.1 = None,
            Self::PipeClose { writes: false } => local.pipe.0 = None,
            Self::SharedGet => local.variable = shared.number.get() as u32,
            Self::SharedAdd => local.variable = shared.number.add(1) as u32,
            Self::ProcessLocked {
                tries: false,
                inner,
            } => {
                let _guard = shared.process_lock.lock();
                all(inner, local);
            }
            Self::ProcessLocked { tries: true, inner } => match shared.process_lock.try_lock() {
                Some(_guard) => all(inner, local),
                None => println!("held"),
            },
            Self::WaitChild(index) => {
                if let Some(Some(child)) = local.children.get(*index) {
                    println!("ended with {}", child.wait());
                }
            }
            Self::ChildExit(code) if local.me > 0 => explorer::model::fork::exit(*code),
            Self::ChildExit(_) => {}
            Self::PanicIfOdd => assert!(local.variable.is_multiple_of(2), "odd"),
            Self::Exit => process::exit(3),
        }
    }
}
