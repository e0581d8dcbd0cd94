//! Prints: events, not scheduling points; and the handles of stdin, stdout and stderr.
//!
//! In the real library a print holds the lock of stdout while it writes. As nobody holds that lock across an operation
//! of another kind, prints need no lock here. A [`StdoutLock`] can be held for longer. What is printed meanwhile is one
//! event, when the lock is released; were there operations in between, the exploration is worth nothing, and must be
//! done again with [`lock_stdout`], which makes the lock one like any other.
//!
//! Where several processes print, each has a lock and a buffer of its own, as in truth: std writes whole lines, the rest
//! when it is flushed, which the normal end of a process does and a signal does not.
use super::machine;
use crate::execution::{Stream, Tag, engines};
use crate::operation::{ObjectId, Operation, Place};
use crate::world::Object;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::io::{BufRead, Read, Result, Write};
use std::panic::Location;

/// What is known about the lock of stdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StdoutLocking {
    /// Nobody holds it across an operation.
    Invisible,
    /// Somebody does, and it was not modelled.
    Missed,
    /// It is modelled.
    Modelled,
}

/// A thread that holds the lock of stdout.
#[derive(Debug)]
struct Holder {
    execution: u64,
    thread: usize,
    depth: usize,
    executed: u32,
    text: Vec<u8>,
}

thread_local! {
    static LOCKING: Cell<StdoutLocking> = const { Cell::new(StdoutLocking::Invisible) };
    static HOLDERS: RefCell<Vec<Holder>> = const { RefCell::new(Vec::new()) };
    static STDOUT: Tag = const { Tag::new() };
}

/// From now on the lock of stdout is a lock like any other on this OS thread, or no longer.
pub fn lock_stdout(modelled: bool) {
    LOCKING.set(if modelled {
        StdoutLocking::Modelled
    } else {
        StdoutLocking::Invisible
    });
    HOLDERS.with_borrow_mut(Vec::clear);
}

/// Must the exploration be done again with [`lock_stdout`]?
pub fn stdout_lock_was_missed() -> bool {
    LOCKING.get() == StdoutLocking::Missed
}

/// Somebody who explores with this OS thread came to an operation under the lock.
pub fn miss_stdout_lock() {
    LOCKING.set(StdoutLocking::Missed);
}

/// What the printing macros call.
#[track_caller]
pub fn print(stream: Stream, arguments: fmt::Arguments<'_>) {
    if stream == Stream::Out && machine().prints_beside_others() {
        let mut pieces = Pieces(Vec::new());
        // An error is one of a `Display`, and what came before it is printed.
        let _ = fmt::write(&mut pieces, arguments);
        write_lines(&pieces.0, Location::caller());
    } else {
        emit(stream, fmt::format(arguments).into_bytes());
    }
}

/// What is written, call by call.
struct Pieces(Vec<Vec<u8>>);

impl fmt::Write for Pieces {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.push(text.into());
        Ok(())
    }
}

/// Prints as std's `LineWriter` does: with each piece, up to its last line's end.
fn write_lines(pieces: &[Vec<u8>], place: Place) {
    let (machine, process) = (machine(), super::fork::id());
    let modelled = LOCKING.get() == StdoutLocking::Modelled;
    let _guard = modelled.then(|| stdout().lock());
    let has_other_threads =
        || machine.with(|inner| inner.world.has_other_threads(machine.running()));
    let is_one_line = || is_one_line(pieces) && unwritten(process, |rest| rest.is_empty());
    if !modelled && has_other_threads() && (!is_one_line() || holder(|_| ()).is_some()) {
        // Whose text comes first, and that it is not torn apart, is a matter of the lock.
        LOCKING.set(StdoutLocking::Missed);
    }
    for piece in pieces {
        let lines = unwritten(process, |rest| {
            let Some(end) = piece.iter().rposition(|&byte| byte == b'\n') else {
                rest.extend_from_slice(piece);
                return None;
            };
            let mut lines = std::mem::take(rest);
            lines.extend_from_slice(&piece[..=end]);
            rest.extend_from_slice(&piece[end + 1..]);
            Some(lines)
        });
        if let Some(lines) = lines {
            machine.print(Stream::Out, text(&lines), place);
        }
    }
}

fn is_one_line(pieces: &[Vec<u8>]) -> bool {
    let ends = pieces.iter().flatten().filter(|&&byte| byte == b'\n');
    ends.count() == 1 && pieces.last().is_some_and(|last| last.ends_with(b"\n"))
}

/// Writes what the running process has printed and not written.
#[track_caller]
pub(super) fn flush() {
    let (machine, place) = (machine(), Location::caller());
    let rest = unwritten(super::fork::id(), std::mem::take);
    if !rest.is_empty() {
        machine.print(Stream::Out, text(&rest), place);
    }
}

/// What a process has printed and not written, where several do.
fn unwritten<R>(process: usize, act: impl FnOnce(&mut Vec<u8>) -> R) -> R {
    let _engines = engines();
    machine().with(|inner| act(inner.unwritten.entry(process).or_default()))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[track_caller]
fn emit(stream: Stream, bytes: Vec<u8>) {
    let place = Location::caller();
    if stream == Stream::Err {
        return machine().print(stream, text(&bytes), place);
    }
    if machine().prints_beside_others() {
        return write_lines(&[bytes], place);
    }
    let modelled = LOCKING.get() == StdoutLocking::Modelled;
    let kept = !modelled && holder(|holder| holder.text.extend_from_slice(&bytes)).is_some();
    if kept {
        return;
    }
    let _guard = modelled.then(|| stdout().lock());
    machine().print(stream, text(&bytes), place);
}

/// Looks at the running thread's hold of the lock, if it has one.
fn holder<R>(look: impl FnOnce(&mut Holder) -> R) -> Option<R> {
    let _engines = engines();
    let machine = machine();
    let (execution, thread) = (machine.execution(), machine.running());
    HOLDERS.with_borrow_mut(|holders| {
        holders
            .iter_mut()
            .find(|one| (one.execution, one.thread) == (execution, thread))
            .map(look)
    })
}

/// The operations the running thread has executed.
fn executed() -> u32 {
    let machine = machine();
    let running = machine.running();
    machine.with(|inner| {
        let slot = inner.world.threads.get(running);
        slot.map_or(0, |slot| slot.executed)
    })
}

/// The standard output.
#[derive(Debug)]
pub struct Stdout(());

/// The standard output, for one thread alone.
#[must_use = "the lock is released when it is dropped"]
pub struct StdoutLock<'a> {
    taken: &'static Location<'static>,
    // Like std's it stays in its thread.
    here: std::marker::PhantomData<(&'a (), *const ())>,
}

impl fmt::Debug for StdoutLock<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("StdoutLock").finish_non_exhaustive()
    }
}

/// The lock of stdout, where it is modelled: each process has one.
fn mutex() -> ObjectId {
    let (machine, process) = (machine(), super::fork::id());
    if process == 0 {
        return STDOUT.with(|tag| machine.object(tag, || Object::mutex(false)));
    }
    let _engines = engines();
    let running = machine.running();
    machine.with(|inner| {
        let world = &mut inner.world;
        let made = || {
            let lock = world.add_object(Object::mutex(false));
            world.own(lock, running);
            lock
        };
        *inner.stdout_locks.entry(process).or_insert_with(made)
    })
}

/// The standard output.
pub fn stdout() -> Stdout {
    Stdout(())
}

impl Stdout {
    /// Keeps other threads from printing.
    #[track_caller]
    pub fn lock(&self) -> StdoutLock<'static> {
        let taken = Location::caller();
        if holder(|holder| holder.depth += 1).is_none() {
            let machine = machine();
            if LOCKING.get() == StdoutLocking::Modelled {
                machine.announce(Operation::Lock(mutex()), taken);
            }
            let _engines = engines();
            let holder = Holder {
                execution: machine.execution(),
                thread: machine.running(),
                depth: 1,
                executed: executed(),
                text: Vec::new(),
            };
            HOLDERS.with_borrow_mut(|holders| {
                holders.retain(|one| one.execution == holder.execution);
                holders.push(holder);
            });
        }
        StdoutLock {
            taken,
            here: std::marker::PhantomData,
        }
    }
}

impl Drop for StdoutLock<'_> {
    fn drop(&mut self) {
        let left = holder(|holder| {
            holder.depth -= 1;
            holder.depth
        });
        if left != Some(0) {
            return;
        }
        let machine = machine();
        let (execution, thread) = (machine.execution(), machine.running());
        let held = HOLDERS.with_borrow_mut(|holders| {
            let index = holders
                .iter()
                .position(|one| (one.execution, one.thread) == (execution, thread));
            index.map(|index| holders.swap_remove(index))
        });
        let Some(held) = held else { return };
        if LOCKING.get() == StdoutLocking::Modelled {
            let released = Operation::Unlock {
                mutex: mutex(),
                // The lock of stdout does not poison.
                poison: false,
                // What was printed meanwhile changed what it guards.
                looked: false,
            };
            machine.announce(released, self.taken);
            return;
        }
        if held.executed != executed() || machine.tearing() {
            LOCKING.set(StdoutLocking::Missed);
        }
        if !held.text.is_empty() {
            let text = String::from_utf8_lossy(&held.text).into_owned();
            machine.print(Stream::Out, text, self.taken);
        }
    }
}

/// The standard error.
#[derive(Debug)]
pub struct Stderr(());

/// The standard error, for one thread alone. As stderr is not part of the outputs, it is no lock.
#[derive(Debug)]
pub struct StderrLock<'a>(std::marker::PhantomData<(&'a (), *const ())>);

/// The standard error.
pub fn stderr() -> Stderr {
    Stderr(())
}

impl Stderr {
    /// Orders nothing.
    pub fn lock(&self) -> StderrLock<'static> {
        StderrLock(std::marker::PhantomData)
    }
}

/// The standard input: it is at its end.
#[derive(Debug)]
pub struct Stdin(());

/// The standard input, for one thread alone; as nothing comes, nobody has to wait for it.
#[derive(Debug)]
pub struct StdinLock<'a>(std::marker::PhantomData<(&'a (), *const ())>);

/// The standard input.
pub fn stdin() -> Stdin {
    Stdin(())
}

impl Stdin {
    /// Orders nothing.
    pub fn lock(&self) -> StdinLock<'static> {
        StdinLock(std::marker::PhantomData)
    }

    /// Nothing comes.
    pub fn read_line(&self, _line: &mut String) -> Result<usize> {
        Ok(0)
    }

    /// Nothing comes.
    pub fn lines(self) -> std::io::Lines<StdinLock<'static>> {
        self.lock().lines()
    }
}

impl Read for Stdin {
    fn read(&mut self, _bytes: &mut [u8]) -> Result<usize> {
        Ok(0)
    }
}

impl Read for &Stdin {
    fn read(&mut self, _bytes: &mut [u8]) -> Result<usize> {
        Ok(0)
    }
}

impl Read for StdinLock<'_> {
    fn read(&mut self, _bytes: &mut [u8]) -> Result<usize> {
        Ok(0)
    }
}

impl BufRead for StdinLock<'_> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        Ok(&[])
    }

    fn consume(&mut self, _amount: usize) {}
}

macro_rules! writes {
    ($($handle:ty, $stream:ident;)*) => {
        $(
            impl Write for $handle {
                #[track_caller]
                fn write(&mut self, bytes: &[u8]) -> Result<usize> {
                    emit(Stream::$stream, bytes.to_vec());
                    Ok(bytes.len())
                }

                #[track_caller]
                fn write_all(&mut self, bytes: &[u8]) -> Result<()> {
                    self.write(bytes).map(drop)
                }

                // All of it at once, as std does.
                #[track_caller]
                fn write_fmt(&mut self, arguments: fmt::Arguments<'_>) -> Result<()> {
                    print(Stream::$stream, arguments);
                    Ok(())
                }

                #[track_caller]
                fn flush(&mut self) -> Result<()> {
                    if Stream::$stream == Stream::Out {
                        flush();
                    }
                    Ok(())
                }
            }
        )*
    };
}

writes! {
    Stdout, Out;
    &Stdout, Out;
    StdoutLock<'_>, Out;
    Stderr, Err;
    &Stderr, Err;
    StderrLock<'_>, Err;
}

macro_rules! terminals {
    ($($handle:ty)*) => {
        $(
            impl $handle {
                /// No terminal looks on.
                pub fn is_terminal(&self) -> bool {
                    false
                }
            }
        )*
    };
}

terminals!(Stdin StdinLock<'_> Stdout StdoutLock<'_> Stderr StderrLock<'_>);

/// `println!`
#[macro_export]
macro_rules! model_println {
    () => { $crate::model::io::print($crate::Stream::Out, format_args!("\n")) };
    ($($argument:tt)*) => { $crate::model::io::print($crate::Stream::Out, format_args!("{}\n", format_args!($($argument)*))) };
}

/// `print!`
#[macro_export]
macro_rules! model_print {
    ($($argument:tt)*) => { $crate::model::io::print($crate::Stream::Out, format_args!($($argument)*)) };
}

/// `eprintln!`
#[macro_export]
macro_rules! model_eprintln {
    () => { $crate::model::io::print($crate::Stream::Err, format_args!("\n")) };
    ($($argument:tt)*) => { $crate::model::io::print($crate::Stream::Err, format_args!("{}\n", format_args!($($argument)*))) };
}

/// `eprint!`
#[macro_export]
macro_rules! model_eprint {
    ($($argument:tt)*) => { $crate::model::io::print($crate::Stream::Err, format_args!($($argument)*)) };
}

/// `dbg!`
#[macro_export]
macro_rules! model_dbg {
    () => { $crate::model_eprintln!("[{}:{}:{}]", file!(), line!(), column!()) };
    ($value:expr $(,)?) => {
        // A `match`, so that temporaries live as long as with std's.
        match $value {
            value => {
                $crate::model_eprintln!("[{}:{}:{}] {} = {:#?}", file!(), line!(), column!(), stringify!($value), &value);
                value
            }
        }
    };
    ($($value:expr),+ $(,)?) => { ($($crate::model_dbg!($value)),+,) };
}
