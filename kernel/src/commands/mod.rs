//! The `:commands` of a cell: one file each, one list ([`ALL`]) from which running, help,
//! completion and inspection come.
//!
//! Commands stand before the Rust code of a cell, each on a line of its own.

mod clear_output;
mod dep;
mod doc;
pub(crate) mod explore;
mod help;
pub(crate) mod lang;
mod load;
mod opt;
mod pick;
pub(crate) mod play;
mod program;
mod progress;
pub(crate) mod run;
mod shell;
pub(crate) mod time;
pub(crate) mod timeline;
mod type_of;
pub(crate) mod vars;
mod why;

use messages::{Language as Tongue, format, text};
use recorder::document::Document;
use serde_json::Value;

use crate::comm::panels::Panel;
use crate::comm::widget::VIEW_TYPE;
use crate::evaluate::Session;
use crate::language::{CellOutcome, Completion, Completions, MimeBundle};

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
    pick::DEFINITION,
    timeline::DEFINITION,
    explore::EXPLORE,
    explore::ASK,
    explore::REPLAY,
    play::DEFINITION,
    why::DEFINITION,
    vars::DEFINITION,
    type_of::DEFINITION,
    doc::DEFINITION,
    time::DEFINITION,
    load::DEFINITION,
    shell::DEFINITION,
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
        if let Some(argument) = shell::line(line) {
            let name = shell::MARK;
            return Some(Command { name, argument });
        }
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
    shielded(lines.collect::<Vec<_>>().join("\n"))
}

/// Code whose first line evcxr takes for what it is. It would drop a documentation comment there,
/// run `!(a && b)` in a shell and take `::std` for a command; with a tab before it, it does not.
fn shielded(mut code: String) -> String {
    let mut at = 0;
    let mut documented = None;
    for line in code.lines() {
        let text = line.trim_start();
        let is_documentation = text.starts_with("///") && !text.starts_with("////");
        if !text.is_empty() && !text.starts_with("//") {
            let first = documented.unwrap_or(at);
            if documented.is_some() || line.starts_with('!') || text.starts_with("::") {
                code.insert(first, '\t');
            }
            break;
        }
        if is_documentation && documented.is_none() {
            documented = Some(at);
        }
        at += line.len() + 1;
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
            let name = ("name", command.name.into());
            let sentence = match nearest(command.name) {
                Some(meant) => {
                    let meant = ("meant", meant.into());
                    format(session.tongue, "command-misspelt", &[name, meant])
                }
                None => {
                    let known: Vec<&str> = ALL.iter().map(|definition| definition.name).collect();
                    let known = ("known", known.join(" ").into());
                    format(session.tongue, "command-unknown", &[name, known])
                }
            };
            Err(failure("UnknownCommand", sentence))
        }
    }
}

/// The command a misspelt one is likely to mean.
fn nearest(name: &str) -> Option<&'static str> {
    ALL.iter()
        .map(|known| (strsim::damerau_levenshtein(name, known.name), known.name))
        .filter(|(distance, known)| distance * 3 <= known.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// A command's failure.
fn failure(name: &str, sentence: String) -> CellOutcome {
    CellOutcome::Error {
        ename: name.to_owned(),
        traceback: vec![sentence.clone()],
        evalue: sentence,
    }
}

/// An argument is missing or is none of those a command knows.
fn wrong_argument(tongue: Tongue, name: &str, argument: &str, expected: &str) -> CellOutcome {
    let id = if argument.is_empty() {
        "command-missing-argument"
    } else {
        "command-wrong-argument"
    };
    let arguments = [
        ("name", name.into()),
        ("argument", argument.into()),
        ("expected", expected.into()),
    ];
    failure("Usage", format(tongue, id, &arguments))
}

/// Shows a panel where pages have widgets, else the text. The note says what it was to a kernel that finds this in a
/// notebook it did not show it in.
fn show_panel(
    session: &mut Session,
    cell: u32,
    in_text: String,
    panel: Box<dyn Panel>,
    note: Value,
) {
    let mut bundle = MimeBundle::plain(in_text);
    if let Some(view) = session.panels.open(&*session.output, panel) {
        bundle = bundle.with(VIEW_TYPE, view);
        bundle.metadata.insert("weft".to_owned(), note);
    }
    session.output.display_data(cell, &bundle, None);
}

/// A sentence for the user that is not part of any command, with its line end.
pub(crate) fn notice(tongue: Tongue, id: &str) -> String {
    let mut said = text(tongue, id);
    said.push('\n');
    said
}

/// Completions of a command's name, or of the arguments of commands that have a choice of them;
/// `None` where the cursor is not on a command.
pub(crate) fn complete(
    code: &str,
    cursor_chars: usize,
    last_run: Option<&Document>,
) -> Option<Completions> {
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
        let line = line.trim();
        let words = [
            run::arguments(line),
            pick::arguments(line),
            timeline::arguments(line),
            why::arguments(line, last_run),
        ];
        words
            .into_iter()
            .flatten()
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

/// The commands whose argument is Rust.
const OF_RUST: [&Definition; 3] = [&type_of::DEFINITION, &doc::DEFINITION, &time::DEFINITION];

/// The Rust before the cursor where it stands in the argument of a command, and how many code points stand before it.
pub(crate) fn rust_before(code: &str, cursor_chars: usize) -> Option<(usize, String)> {
    let before: String = code.chars().take(cursor_chars).collect();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let (name, argument) = line.trim_start().split_once(char::is_whitespace)?;
    OF_RUST.iter().find(|definition| definition.name == name)?;
    let argument = argument.trim_start();
    let start = cursor_chars.min(before.chars().count()) - argument.chars().count();
    Some((start, argument.to_owned()))
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
    fn a_negation_is_not_given_to_a_shell() {
        assert_eq!(without_commands(":vars\n!(true)"), "\n\t!(true)");
        assert_eq!(without_commands("// c\n!(true)"), "// c\n\t!(true)");
        assert_eq!(without_commands(" !true"), " !true");
    }

    #[test]
    fn a_line_for_the_shell_stands_among_commands() {
        let cell = "!ls\n:vars\n!(x)\n!ls";
        assert_eq!(Command::leading(cell).len(), 2);
        assert_eq!(without_commands(cell), "\n\n\t!(x)\n!ls");
    }

    #[test]
    fn what_evcxr_would_misread_is_kept() {
        assert_eq!(shielded("::std::f()".into()), "\t::std::f()");
        let documented = "// a\n\n/// b\n/// c\nfn f() {}";
        assert_eq!(
            shielded(documented.into()),
            "// a\n\n\t/// b\n/// c\nfn f() {}"
        );
        for plain in ["", "/// alone", "// a\nf()", "f()\n/// b\nfn g() {}"] {
            assert_eq!(shielded(plain.into()), plain);
        }
    }

    #[test]
    fn a_misspelt_command_is_recognised() {
        assert_eq!(nearest(":tiem"), Some(":time"));
        assert_eq!(nearest(":docs"), Some(":doc"));
        assert_eq!(nearest(":variables"), None);
        assert_eq!(nearest(":x"), None);
    }

    #[test]
    fn names_and_arguments_are_completed() {
        let names = complete(":ti", 3, None).unwrap();
        assert_eq!(names.matches[0].text, ":timeline");
        assert_eq!((names.start, names.end), (0, 3));
        let ids = complete(":run s1e", 8, None).unwrap();
        assert!(ids.matches.iter().any(|id| id.text == "s1e1"));
        let ids = complete(":pick s1e", 9, None).unwrap();
        assert!(ids.matches.iter().any(|id| id.text == "s1e1"));
        assert_eq!(complete("let x", 5, None), None);
    }

    #[test]
    fn the_argument_of_some_commands_is_rust() {
        let code = "// é\n:doc  std::thread";
        assert_eq!(rust_before(code, 15), Some((11, "std:".to_owned())));
        assert_eq!(rust_before(code, 999), Some((11, "std::thread".to_owned())));
        for (code, cursor) in [(":doc", 4), (":run s1e1", 9), ("a :doc x", 8), ("", 3)] {
            assert_eq!(rust_before(code, cursor), None, "{code}");
        }
    }
}
