//! How a command ends when it does not end well: an exit code and a message with a cause and a
//! next step, in the reader's language.
//!
//! A failure names a text of the catalogue; `ID-cause` and `ID-next`, where they exist, follow it
//! on lines of their own.

use std::io::{self, Write};
use std::process::ExitCode;

use messages::{Language, Value};

/// The exit codes of Weft other than "done".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// It ran, and something the user must know failed.
    Failed = 1,
    /// The command line or a file given is wrong.
    Usage = 2,
    /// The environment lacks something.
    Environment = 3,
    /// It ran, and came to no answer.
    Undecided = 4,
}

/// Why a command stopped.
#[derive(Debug)]
pub enum Failure {
    /// Whoever read our output has read enough (`weft list | head -1`): nothing to report.
    OutputClosed,
    /// All there is to say has been said, by us on stdout or by a program that ran in our place: the exit code is left.
    Ended(u8),
    /// clap's help, asked for by giving nothing: shown on stderr as it is.
    Help(String),
    /// A message of the catalogue.
    Said {
        /// The exit code.
        exit: Exit,
        /// The text's id.
        id: &'static str,
        /// Its variables.
        args: Vec<(&'static str, Value<'static>)>,
    },
}

impl Failure {
    /// A failure told by the text `id`.
    pub fn new(exit: Exit, id: &'static str) -> Failure {
        Failure::Said {
            exit,
            id,
            args: Vec::new(),
        }
    }

    /// Wrong usage or input.
    pub fn usage(id: &'static str) -> Failure {
        Failure::new(Exit::Usage, id)
    }

    /// Something is missing on this machine.
    pub fn environment(id: &'static str) -> Failure {
        Failure::new(Exit::Environment, id)
    }

    /// Adds a variable of the text.
    pub fn with(mut self, name: &'static str, value: impl Into<Value<'static>>) -> Failure {
        if let Failure::Said { args, .. } = &mut self {
            args.push((name, value.into()));
        }
        self
    }

    /// A file or folder could not be read, written or made.
    pub fn file(path: &std::path::Path, error: &io::Error) -> Failure {
        Failure::new(Exit::Failed, "error-file")
            .with("path", path.display().to_string())
            .because(error)
    }

    /// A folder could not be made.
    pub fn folder(path: &std::path::Path, error: &io::Error) -> Failure {
        Failure::new(Exit::Failed, "error-make-folder")
            .with("path", path.display().to_string())
            .because(error)
    }

    /// Adds why a file cannot be used, for `error-file`: in our words where the catalogue has some, else in those of the
    /// system, which are in a language of its own.
    pub fn because(self, error: &io::Error) -> Failure {
        // Somebody's own error of a kind says more.
        let kind = error.raw_os_error().map(|_| error.kind());
        self.refused(kind, &error.to_string())
    }

    /// The same for who has it from somebody else that the system refused.
    pub fn refused(self, kind: Option<io::ErrorKind>, reason: &str) -> Failure {
        use io::ErrorKind;
        let kind = match kind {
            Some(ErrorKind::NotFound) => "missing",
            Some(ErrorKind::PermissionDenied) => "denied",
            Some(ErrorKind::IsADirectory) => "folder",
            Some(ErrorKind::NotADirectory) => "no-folder",
            Some(ErrorKind::AlreadyExists) => "occupied",
            Some(ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => "full",
            Some(ErrorKind::ReadOnlyFilesystem) => "read-only",
            _ => "other",
        };
        self.with("kind", kind).with("reason", reason.to_owned())
    }

    /// The message, several lines without the last line's end.
    pub fn message(&self, language: Language) -> String {
        match self {
            Failure::OutputClosed | Failure::Ended(_) => String::new(),
            Failure::Help(help) => help.clone(),
            Failure::Said { id, args, .. } => {
                let mut said = format!("weft: {}", messages::format(language, id, args));
                for part in ["cause", "next"] {
                    let id = format!("{id}-{part}");
                    let line = messages::try_format(language, &id, args)
                        .or_else(|| messages::try_format(Language::En, &id, args));
                    if let Some(line) = line {
                        said.push_str("\n  ");
                        said.push_str(&line);
                    }
                }
                said
            }
        }
    }

    fn exit_code(&self) -> u8 {
        match self {
            Failure::OutputClosed => 0,
            Failure::Ended(code) => *code,
            Failure::Help(_) => Exit::Usage as u8,
            Failure::Said { exit, .. } => *exit as u8,
        }
    }

    /// Tells the user, and gives the code to exit with.
    pub fn report(&self, language: Language) -> ExitCode {
        if !matches!(self, Failure::OutputClosed | Failure::Ended(_)) {
            // Nobody is left to tell when stderr is closed too.
            let _ = writeln!(io::stderr(), "{}", self.message(language));
        }
        ExitCode::from(self.exit_code())
    }
}

/// What an error says, and what the errors behind it say.
pub fn reason(error: &dyn std::error::Error) -> String {
    let mut reason = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        reason = format!("{reason}: {cause}");
        source = cause.source();
    }
    reason
}

/// For what is written to stdout: the only stream commands write to with `?`.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Failure::OutputClosed
        } else {
            Failure::new(Exit::Failed, "error-output").with("reason", error.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_a_sentence_a_cause_and_a_next_step() {
        let failure = Failure::usage("error-unknown-exercise").with("id", "s9e9");
        for language in Language::ALL {
            let said = failure.message(language);
            assert_eq!(said.lines().count(), 3, "{said}");
            assert!(said.contains("s9e9"), "{said}");
        }
    }

    #[test]
    fn why_a_file_cannot_be_used_is_said_in_the_language_of_the_reader() {
        let missing = io::Error::from_raw_os_error(2);
        let other = io::Error::other("bytes of another kind");
        let mut said = Vec::new();
        for language in Language::ALL {
            let message = |error| Failure::file("a/b".as_ref(), error).message(language);
            let ours = message(&missing);
            assert_eq!(ours.lines().count(), 3, "{ours}");
            assert!(!ours.contains("os error"), "{ours}");
            assert!(!said.contains(&ours), "{ours}");
            said.push(ours);
            let theirs = message(&other);
            assert!(theirs.contains("bytes of another kind"), "{theirs}");
        }
    }

    #[test]
    fn a_closed_pipe_is_not_a_failure() {
        let failure = Failure::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!(failure.exit_code(), 0);
    }
}
