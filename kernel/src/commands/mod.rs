//! The `:commands` of a cell: one file each, one list ([`ALL`]) from which running, help,
//! completion and inspection come.
//!
//! Commands stand before the Rust code of a cell, each on a line of its own.

mod clear_output;
mod dep;
mod help;
pub(crate) mod lang;
mod opt;
mod run;
mod timeline;
mod vars;

use messages::{Language as Tongue, format, text};
use serde_json::Value;

use crate::evaluate::Session;
use crate::language::{CellOutcome, Completion, Completions};

/// A command and what it does.
struct Definition {
    /// With the colon.
    name: &'static str,
    /// What follows the name in the help; empty for nothing.
    arguments: &'static str,
    /// Id of the sentence that says what it does.
    summary: &'static str,
    /// Runs it; gives payloads of the reply.
    run: fn(&mut Session, u32, &str) -> Result<Vec<Value>, CellOutcome>,
}

/// Every command, in the order of the help.
const ALL: &[Definition] = &[
    run::DEFINITION,
    timeline::DEFINITION,
    vars::DEFINITION,
    dep::DEFINITION,
    opt::DEFINITION,
    clear_output::DEFINITION,
    lang::DEFINITION,
    help::DEFINITION,
];

/// A command as it stands in a cell.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Command<'a> {
    name: &'a str,
    argument: &'a str,
}

impl<'a> Command<'a> {
    /// The commands a cell begins with.
    pub(crate) fn leading(code: &'a str) -> Vec<Command<'a>> {
        head(code).filter_map(Command::parse).collect()
    }

    fn parse(line: &'a str) -> Option<Command<'a>> {
        let line = line.trim();
        // `::std::...` is a path, not a command.
        if !line.starts_with(':') || line.starts_with("::") {
            return None;
        }
        let (name, argument) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        Some(Command {
            name,
            argument: argument.trim(),
        })
    }
}

/// The lines before the first line of Rust.
fn head(code: &str) -> impl Iterator<Item = &str> {
    code.lines().take_while(|line| {
        let line = line.trim();
        line.is_empty() || line.starts_with("//") || Command::parse(line).is_some()
    })
}

/// The Rust code of a cell on the lines it stands on: commands become empty lines.
pub(crate) fn without_commands(code: &str) -> String {
    let commands = head(code).count();
    let lines = code.lines().enumerate().map(|(number, line)| {
        let is_command = number < commands && Command::parse(line).is_some();
        if is_command { "" } else { line }
    });
    let mut code = lines.collect::<Vec<_>>().join("\n");
    // evcxr would take a first line that begins so for a shell command, run by the kernel.
    if let Some(first) = code.find(|character: char| !character.is_whitespace())
        && code[first..].starts_with('!')
    {
        code.insert(first, ' ');
    }
    code
}

/// Runs a command.
pub(crate) fn execute(
    session: &mut Session,
    cell: u32,
    command: &Command<'_>,
) -> Result<Vec<Value>, CellOutcome> {
    match ALL
        .iter()
        .find(|definition| definition.name == command.name)
    {
        Some(definition) => (definition.run)(session, cell, command.argument),
        None => {
            let known: Vec<&str> = ALL.iter().map(|definition| definition.name).collect();
            let sentence = format(
                session.tongue,
                "command-unknown",
                &[
                    ("name", command.name.into()),
                    ("known", known.join(" ").into()),
                ],
            );
            Err(failure("UnknownCommand", sentence))
        }
    }
}

/// A command's failure.
fn failure(name: &str, sentence: String) -> CellOutcome {
    CellOutcome::Error {
        ename: name.to_owned(),
        traceback: vec![sentence.clone()],
        evalue: sentence,
    }
}

/// A sentence for the user that is not part of any command, with its line end.
pub(crate) fn notice(tongue: Tongue, id: &str) -> String {
    let mut said = text(tongue, id);
    said.push('\n');
    said
}

/// Completions of a command's name, or of the arguments of `:run`; `None` where the cursor is not
/// on a command.
pub(crate) fn complete(code: &str, cursor_chars: usize) -> Option<Completions> {
    let before: String = code.chars().take(cursor_chars).collect();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let whole = code
        .lines()
        .nth(before.matches('\n').count())
        .unwrap_or_default();
    Command::parse(if line.trim().is_empty() { whole } else { line })?;
    let word = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    let proposals: Vec<(String, &str)> = if line.trim_start() == word {
        ALL.iter()
            .map(|definition| (definition.name.to_owned(), "magic"))
            .collect()
    } else {
        run::arguments(line.trim())
            .into_iter()
            .map(|word| (word, "param"))
            .collect()
    };
    let matches = proposals
        .into_iter()
        .filter(|(name, _)| name.starts_with(word))
        .map(|(text, kind)| Completion {
            text,
            kind: kind.to_owned(),
            signature: String::new(),
        })
        .collect();
    Some(Completions {
        matches,
        start: cursor_chars - word.chars().count(),
        end: cursor_chars,
    })
}

/// What a command at the end of this text does.
pub(crate) fn inspect(tongue: Tongue, code: &str) -> Option<String> {
    let line = code.lines().last()?.trim();
    let name = Command::parse(line)?.name;
    let definition = ALL.iter().find(|definition| definition.name == name)?;
    Some(described(tongue, definition))
}

/// One line of the help.
fn described(tongue: Tongue, definition: &Definition) -> String {
    let call = format!("{} {}", definition.name, definition.arguments);
    format!(
        "{:<44} {}",
        call.trim_end(),
        text(tongue, definition.summary)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_stand_before_the_code() {
        let cell = "// first\n:run s1e1 --scenario 2\n\n:vars\nlet x = 1;\n:help";
        let names: Vec<&str> = Command::leading(cell)
            .iter()
            .map(|command| command.name)
            .collect();
        assert_eq!(names, [":run", ":vars"]);
        assert_eq!(without_commands(cell), "// first\n\n\n\nlet x = 1;\n:help");
    }

    #[test]
    fn a_path_is_not_a_command() {
        assert_eq!(Command::leading("::std::process::exit(0)"), []);
    }

    #[test]
    fn nothing_is_given_to_a_shell() {
        assert_eq!(without_commands(":vars\n!true"), "\n !true");
    }

    #[test]
    fn names_and_arguments_are_completed() {
        let names = complete(":ti", 3).unwrap();
        assert_eq!(names.matches[0].text, ":timeline");
        assert_eq!((names.start, names.end), (0, 3));
        let ids = complete(":run s1e", 8).unwrap();
        assert!(ids.matches.iter().any(|id| id.text == "s1e1"));
        assert_eq!(complete("let x", 5), None);
    }
}
