//! The end of the process.
use super::machine;
use std::convert::Infallible;
use std::fmt::Debug;

/// What a shell reports of a process that aborted: 128 and the signal SIGABRT.
const ABORTED: i32 = 128 + 6;

/// Ends the process: no other thread does anything after it.
#[track_caller]
pub fn exit(code: i32) -> ! {
    machine().exit(code, std::panic::Location::caller())
}

/// Ends the process as a signal would.
#[track_caller]
pub fn abort() -> ! {
    machine().exit(ABORTED, std::panic::Location::caller())
}

/// Always the same: there is one process.
#[must_use]
pub fn id() -> u32 {
    1000
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

/// The same for a program with destructors of its own: none of them runs after the end.
pub fn run_main_with_destructors<T: Termination>(main: impl FnOnce() -> T) {
    super::machine().leave_threads();
    run_main(main);
}
