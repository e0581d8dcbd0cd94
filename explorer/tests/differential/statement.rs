//! What a random program consists of, and what each part of it does in the model.
use super::program::{Local, Shared};
use explorer::model::sync::atomic::Ordering::SeqCst;
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
    /// The variable becomes one of so many numbers.
    Choose(u8),
    /// Panics if the variable is odd.
    PanicIfOdd,
    /// Ends the process.
    Exit,
}

impl Statement {
    pub(crate) fn any(&self, wanted: fn(&Statement) -> bool) -> bool {
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

    pub(crate) fn run(&self, shared: &Shared, local: &mut Local) {
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
            Self::Choose(ways) => local.variable = explorer::model::choose(*ways).into(),
            Self::PanicIfOdd => assert!(local.variable.is_multiple_of(2), "odd"),
            Self::Exit => process::exit(3),
        }
    }
}
