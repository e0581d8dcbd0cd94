//! Random small programs.
use super::draw::{FAMILIES, PROCESSES, statement};
use super::statement::Statement;
use explorer::model::fork::{
    Child, ProcessLock, Reader, SharedNumber, Writer, fork, pipe_not_inherited, pipe_with,
};
use explorer::model::sync::atomic::AtomicU32;
use explorer::model::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use explorer::model::sync::{Arc, Barrier, Condvar, Mutex, OnceLock, RwLock};
use explorer::model::thread;
use explorer::model::thread::{JoinHandle, Thread};

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

/// What all threads use.
pub struct Shared {
    pub atomics: [AtomicU32; 2],
    pub mutexes: [Mutex<u32>; 2],
    pub rwlock: RwLock<u32>,
    pub flag: Mutex<bool>,
    pub condvar: Condvar,
    pub barrier: Barrier,
    pub once: OnceLock<u32>,
    pub number: SharedNumber,
    pub process_lock: ProcessLock,
}

/// What a thread holds for itself.
pub struct Local {
    pub me: usize,
    pub variable: u32,
    pub senders: (Option<Sender<u32>>, [Option<SyncSender<u32>>; 2]),
    pub receivers: [Option<Receiver<u32>>; 3],
    pub parked: Vec<Thread>,
    pub handles: Vec<Option<JoinHandle<()>>>,
    pub pipe: (Option<Reader>, Option<Writer>),
    pub children: Vec<Option<Child>>,
}

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

    /// The program of a seed, where something is chosen as well.
    pub fn choosing(seed: u64) -> Self {
        let mut program = Self::random(seed);
        let mut random = fastrand::Rng::with_seed(seed);
        let mut choose = |statements: &mut Vec<Statement>| {
            let at = random.usize(..=statements.len());
            let chosen = [Statement::Choose(random.u8(1..4)), Statement::Show];
            statements.splice(at..at, chosen.into_iter().take(1 + random.usize(..2)));
        };
        choose(&mut program.main);
        choose(&mut program.threads[0]);
        if program.twins {
            let first = program.threads[0].clone();
            program.threads.fill(first);
        }
        program
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
