use super::process_type::{IntoExitCode, Process, ProcessError};

/// Why a command was not run.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// There is no command of that name.
    #[error("there is no command `{name}`{}", hint(.near))]
    Unknown {
        /// What was asked for.
        name: String,
        /// The command whose name looks most like it, if one does.
        near: Option<String>,
    },
    /// A name stands for one command.
    #[error("there is a command `{0}` already")]
    Twice(String),
    /// Its process could not be started or waited for.
    #[error(transparent)]
    Process(#[from] ProcessError),
}

fn hint(near: &Option<String>) -> String {
    let near = near.as_ref();
    near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

type Function<'a> = Box<dyn Fn(&[&str]) -> i32 + 'a>;

/// Functions that are called by a name, each in a process of its own, with an exit code: as a
/// command line calls programs.
///
/// | | difference |
/// |---|---|
/// | `std::process::Command` | starts programs that are files; see [`Subprocess`](super::Subprocess) |
/// | Python's invoke | `@task` on a function in a file `tasks.py`; a program `invoke` searches it |
///
/// ```
/// use exercises::process::{CommandError, Commands};
///
/// let mut commands = Commands::new();
/// commands.register("greet", |words| if words == ["world"] { 0 } else { 1 }).unwrap();
/// assert_eq!(commands.call("greet", &["world"]).unwrap(), Some(0));
/// assert_eq!(commands.call("greet", &[]).unwrap(), Some(1));
/// let error = commands.call("gret", &[]).unwrap_err();
/// assert_eq!(error.to_string(), "there is no command `gret`; did you mean `greet`?");
/// ```
#[derive(Default)]
pub struct Commands<'a> {
    commands: Vec<(String, Function<'a>)>,
}

impl<'a> Commands<'a> {
    /// No commands yet.
    pub fn new() -> Commands<'a> {
        Commands::default()
    }

    /// Registers a function under a name. It gets the arguments of the call, and gives what a
    /// [`Process`] gives.
    pub fn register<R: IntoExitCode>(
        &mut self,
        name: impl Into<String>,
        function: impl Fn(&[&str]) -> R + 'a,
    ) -> Result<(), CommandError> {
        let name = name.into();
        if self.find(&name).is_some() {
            return Err(CommandError::Twice(name));
        }
        let function = Box::new(move |arguments: &[&str]| function(arguments).into_exit_code());
        self.commands.push((name, function));
        Ok(())
    }

    /// The names, in the order in which they were registered.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.commands.iter().map(|(name, _)| name.as_str())
    }

    fn find(&self, name: &str) -> Option<&Function<'a>> {
        let found = self.commands.iter().find(|(known, _)| known == name);
        found.map(|(_, function)| function)
    }

    /// Runs the command of that name in a process of its own (which has the name, too), waits for
    /// its end and gives its exit code.
    pub fn call(&self, name: &str, arguments: &[&str]) -> Result<Option<i32>, CommandError> {
        let Some(function) = self.find(name) else {
            return Err(CommandError::Unknown {
                name: name.to_owned(),
                near: self.nearest(name),
            });
        };
        let mut process = Process::borrowing(name, || function(arguments));
        process.start()?;
        Ok(process.join()?)
    }

    /// The registered name with the fewest letters to change; none if that is more than a third of
    /// them.
    fn nearest(&self, name: &str) -> Option<String> {
        let most = name.chars().count().div_ceil(3);
        self.names()
            .map(|known| (distance(known, name), known))
            .filter(|(changes, _)| *changes <= most)
            .min_by_key(|(changes, _)| *changes)
            .map(|(_, known)| known.to_owned())
    }
}

/// How many letters must be put in, taken out or replaced to make the one word of the other
/// (Levenshtein's distance, a row of the table at a time).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for j in 0..b.len() {
            let replaced = diagonal + usize::from(letter != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_one_with_the_fewest_changes() {
        assert_eq!(distance("mytime", "mytimes"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        let mut commands = Commands::new();
        for name in ["mytime", "whoami", "mine"] {
            commands.register(name, |_| ()).unwrap();
        }
        let near = |name| commands.nearest(name);
        assert_eq!(near("mytimes").as_deref(), Some("mytime"));
        assert_eq!(near("whoami?").as_deref(), Some("whoami"));
        assert_eq!(near("quit"), None);
        assert_eq!(near(""), None);
        let again = commands.register("mine", |_| ());
        assert!(matches!(again, Err(CommandError::Twice(name)) if name == "mine"));
    }
}
