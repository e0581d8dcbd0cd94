//! How far an exploration is, while it lasts: in the terminal's last line, or in a file for the kernel.

use std::io::IsTerminal;
use std::path::Path;
use std::time::{Duration, Instant};

use super::CLEAR_LINE;
use crate::cli::Call;

/// The kernel is told from then on: what is quick needs no progress.
const AFTER: Duration = Duration::from_millis(500);
/// It is told so often at most.
const EVERY: Duration = Duration::from_millis(200);

/// Tells it.
pub struct Progress<'a> {
    call: &'a Call<'a>,
    in_terminal: bool,
    file: Option<&'a Path>,
    told: Option<Instant>,
}

impl<'a> Progress<'a> {
    /// Nothing is told yet. What is in the file is replaced as a whole, so whoever reads it reads all of it.
    pub fn new(call: &'a Call<'a>, file: Option<&'a Path>) -> Self {
        Self {
            call,
            in_terminal: std::io::stderr().is_terminal(),
            file,
            told: None,
        }
    }

    /// So many classes, in so much time.
    pub fn tell(&mut self, classes: u64, elapsed: Duration) {
        let told = self.told.is_some_and(|told| told.elapsed() < EVERY);
        let late = self.file.filter(|_| elapsed >= AFTER);
        if told || !self.in_terminal && late.is_none() {
            return;
        }
        self.told = Some(Instant::now());
        let args = [
            ("classes", classes.into()),
            ("seconds", elapsed.as_secs().into()),
        ];
        let said = self.call.format("explore-progress", &args);
        if self.in_terminal {
            eprint!("\r{CLEAR_LINE}{said}");
        }
        if let Some(file) = late {
            replace(file, &said);
        }
    }

    /// The answer comes now.
    pub fn end(self) {
        if self.in_terminal {
            eprint!("\r{CLEAR_LINE}");
        }
        if let Some(file) = self.file.filter(|_| self.told.is_some()) {
            replace(file, "");
        }
    }
}

/// Whether anybody is told is no matter of the exploration.
fn replace(file: &Path, said: &str) {
    let new = file.with_extension("new");
    let _ = std::fs::write(&new, said).and_then(|()| std::fs::rename(&new, file));
}
