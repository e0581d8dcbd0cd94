//! Panics of virtual threads: recorded with their line instead of printed.
use std::cell::Cell;
use std::sync::Once;

/// A panic of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panic {
    /// Whose.
    pub thread: usize,
    /// The file.
    pub file: String,
    /// The line.
    pub line: u32,
    /// What it said.
    pub message: String,
}

thread_local! {
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

/// Runs something whose unwinding is not the program's.
pub fn silence<R>(run: impl FnOnce() -> R) -> R {
    let before = SILENT.replace(true);
    let result = run();
    SILENT.set(before);
    result
}

/// Puts the hook in front of the one that is there, once.
pub fn install() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let outer = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if SILENT.get() {
                return;
            }
            let Some(machine) = super::current() else {
                return outer(info);
            };
            let _engines = super::engines();
            let message = info.payload_as_str().unwrap_or_default().to_owned();
            let (file, line) = info
                .location()
                .map_or_else(Default::default, |at| (at.file().to_owned(), at.line()));
            machine.note_panic(Panic {
                thread: 0,
                file,
                line,
                message,
            });
        }));
    });
}
