//! The end of the process.
use super::machine;
use crate::operation::Place;
use std::convert::Infallible;
use std::fmt::Debug;

/// The number of the process that is explored.
const FIRST: u32 = 1000;

/// What ends a process that aborts. A shell reports 128 more.
const SIGABRT: i32 = 6;

/// Ends the process: no other thread does anything after it.
#[track_caller]
pub fn exit(code: i32) -> ! {
    let (machine, place) = (machine(), std::panic::Location::caller());
    if machine.keeps_processes_apart() && machine.is_in_a_child() {
        exit_child(code & 0xFF, place);
    }
    super::io::flush();
    machine.exit(code, place)
}

/// The running child, which has all of its memory for itself, exits: what it has printed is written.
#[track_caller]
pub(super) fn exit_child(code: i32, place: Place) -> ! {
    let machine = machine();
    machine.looks_for_its_end(place);
    super::io::flush();
    machine.end_child(code, place)
}

/// Ends the process as a signal would.
#[track_caller]
pub fn abort() -> ! {
    let (machine, place) = (machine(), std::panic::Location::caller());
    if machine.keeps_processes_apart() && machine.is_in_a_child() {
        machine.looks_for_its_end(place);
        machine.end_child(-SIGABRT, place);
    }
    machine.exit(128 + SIGABRT, place)
}

/// The number of the process that is explored; of a child it is by which it is known to those who start it.
#[must_use]
pub fn id() -> u32 {
    let machine = machine();
    let known = machine.with(|inner| inner.world.number_of_process(machine.running()));
    known.unwrap_or(FIRST)
}

/// The running process, a child, is known by this number.
pub fn is_known_as(number: u32) {
    let machine = machine();
    machine.with(|inner| inner.world.number_process(machine.running(), number));
}

/// How a process ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ExitCode(u8);

impl ExitCode {
    /// All is well.
    pub const SUCCESS: Self = Self(0);
    /// It is not.
    pub const FAILURE: Self = Self(1);

    /// Ends the process.
    #[track_caller]
    pub fn exit_process(self) -> ! {
        exit(self.0.into())
    }
}

impl From<u8> for ExitCode {
    fn from(code: u8) -> Self {
        Self(code)
    }
}

/// What `main` may return.
pub trait Termination {
    /// As a code.
    fn report(self) -> ExitCode;
}

impl Termination for () {
    fn report(self) -> ExitCode {
        ExitCode::SUCCESS
    }
}

impl Termination for Infallible {
    fn report(self) -> ExitCode {
        match self {}
    }
}

/// Names the type `!`, which has no name on stable Rust.
pub trait Returns {
    /// The type.
    type Output;
}

impl<T> Returns for fn() -> T {
    type Output = T;
}

impl Termination for <fn() -> ! as Returns>::Output {
    fn report(self) -> ExitCode {
        self
    }
}

impl Termination for ExitCode {
    fn report(self) -> ExitCode {
        self
    }
}

impl<T: Termination, E: Debug> Termination for Result<T, E> {
    fn report(self) -> ExitCode {
        match self {
            Ok(value) => value.report(),
            Err(error) => {
                super::eprintln!("Error: {error:?}");
                ExitCode::FAILURE
            }
        }
    }
}

/// Runs `main` as the runtime does. Whoever calls it from within is no runtime: that its `main` has come to its end says
/// nothing about the program's.
#[track_caller]
pub fn run_main<T: Termination>(main: impl FnOnce() -> T) {
    let machine = machine();
    let first = machine.enters_main();
    let code = {
        let _values = super::thread::DropValues::at_the_end();
        main().report()
    };
    if code == ExitCode::SUCCESS {
        return;
    }
    let (code, place) = (code.0.into(), std::panic::Location::caller());
    if first {
        machine.exit_of_main(code, place)
    } else {
        machine.exit(code, place)
    }
}

/// The same for a program that starts processes: each has all of its memory for itself.
pub fn run_main_with_processes<T: Termination>(main: impl FnOnce() -> T) {
    struct Ends;
    impl Drop for Ends {
        fn drop(&mut self) {
            super::io::flush();
            machine().watch_the_end();
        }
    }
    let machine = machine();
    machine.leave_threads();
    machine.keep_processes_apart();
    let _own = machine
        .keeps_processes_apart()
        .then(crate::execution::programs);
    run_main(|| {
        let _ends = Ends;
        main()
    });
}

/// The same for a program that may send them signals.
pub fn run_main_with_signals<T: Termination>(main: impl FnOnce() -> T) {
    machine().let_signals_be_sent();
    run_main_with_processes(main);
}

/// The same for a program with destructors of its own: none of them runs after the end.
pub fn run_main_with_destructors<T: Termination>(main: impl FnOnce() -> T) {
    super::machine().leave_threads();
    run_main(main);
}
