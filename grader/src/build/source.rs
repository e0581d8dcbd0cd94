//! One crate for the answers of a submission.
//!
//! Each task is a module in a file of its own: an answer cannot close its module and go on outside. What calls the
//! answer is a child module before it, in another file: it sees the answer's private names, and no macro of the answer
//! can change a word of it.

use super::tokens::{beginnings, tokens};
use crate::explored;
use crate::judge::TaskSpec;

/// The files of the crate.
pub struct Source {
    /// Names, and contents.
    pub files: Vec<(String, String)>,
    /// For each task: the line before its answer's first one.
    pub offsets: Vec<u32>,
    /// For each task: the number of its first probe.
    pub probes: Vec<u32>,
}

/// The main file.
pub const MAIN: &str = "main.rs";

/// The file of a task.
pub fn task_file(place: usize) -> String {
    format!("t{place}.rs")
}

/// Writes the crate. `word` is a name that no answer can guess.
pub fn write(answers: &[(&TaskSpec, &str)], word: &str) -> Source {
    let mut source = Source {
        files: Vec::new(),
        offsets: Vec::new(),
        probes: Vec::new(),
    };
    let (mut modules, mut list, mut number) = (String::new(), String::new(), 0);
    for (place, (task, answer)) in answers.iter().enumerate() {
        source.probes.push(number);
        modules.push_str(&format!("mod t{place};\n"));
        let mut probes =
            String::from("#![allow(warnings)]\nuse super::*;\nuse ::weft_task::Input;\n");
        for (check, spec) in task.checks.iter().enumerate() {
            // What is explored is compiled with the real std as well: its mistakes are told in the usual words.
            let probe = match &spec.explore {
                Some(explore) => {
                    let around = explored::around(&explore.main, "super::super");
                    probes.push_str(&format!("mod e{check} {{\n{around}}}\n"));
                    "()"
                }
                None => &spec.probe,
            };
            probes.push_str(&format!(
                "pub fn p{check}(input: &::weft_task::Input) -> ::weft_task::wire::Value {{\n\
                 ::weft_task::Answer::answer(&{{\n{probe}\n}})\n}}\n"
            ));
            list.push_str(&format!("t{place}::{word}::p{check}, "));
            number += 1;
        }
        source.files.push((format!("t{place}_probe.rs"), probes));
        let before = format!(
            "#[path = \"t{place}_probe.rs\"]\npub mod {word};\n{}\n",
            task.prelude
        );
        let lines = before.matches('\n').count();
        source
            .offsets
            .push(u32::try_from(lines).unwrap_or(u32::MAX));
        let text = format!("{before}{}\n", without_crate_attributes(answer));
        source.files.push((task_file(place), text));
    }
    let main = format!("{modules}fn main() {{\n::weft_task::harness::main(&[{list}]);\n}}\n");
    source.files.push((MAIN.to_owned(), main));
    source
}

/// A cell may begin with `#![allow(...)]`; in the middle of a file that is an error, and it changes nothing here.
pub(crate) fn without_crate_attributes(answer: &str) -> String {
    let mut at_the_beginning = true;
    let lines: Vec<&str> = answer
        .lines()
        .map(|line| {
            let words = line.trim();
            let attribute = words.starts_with("#![") && words.ends_with(']');
            at_the_beginning &= attribute || words.is_empty() || words.starts_with("//");
            if at_the_beginning && attribute {
                ""
            } else {
                line
            }
        })
        .collect();
    lines.join("\n")
}

/// The answer with `weft_task::recorded` wherever it says `std`; nothing where its prelude has none of the task library,
/// or the answer does not name std. A recorded lock and std's condition do not fit together, and nobody who writes
/// `use std::sync::Condvar;` can know that the lock of her task is a recorded one.
pub fn recorded(task: &TaskSpec, answer: &str) -> Option<String> {
    let hands_out = tokens(&task.prelude)
        .iter()
        .any(|token| token.text == "weft_task");
    if !hands_out {
        return None;
    }
    let (mut text, mut copied) = (String::with_capacity(answer.len() * 2), 0);
    for at in beginnings(answer, "std") {
        text.push_str(&answer[copied..at]);
        text.push_str("weft_task::recorded");
        copied = at + "std".len();
    }
    text.push_str(&answer[copied..]);
    (copied > 0).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn std_is_replaced_where_it_is_std_and_where_the_prelude_has_what_stands_for_it() {
        let task = |prelude: &str| -> TaskSpec {
            let text = format!("id = \"a\"\nprelude = {prelude:?}\nchecks = []");
            toml::from_str(&text).expect("a task")
        };
        let with = task("use weft_task::sync::Mutex;");
        let answer = "use std::sync::Condvar; // std::sync\nuse ::std::{thread};\nfn f(x:std::time::Duration) -> \
                      own::std::X { let std = \"std::\"; own:: std ::f(std) }";
        let wanted = "use weft_task::recorded::sync::Condvar; // std::sync\nuse ::weft_task::recorded::{thread};\n\
                      fn f(x:weft_task::recorded::time::Duration) -> own::std::X { let std = \"std::\"; own:: std ::f(std) }";
        assert_eq!(recorded(&with, answer).as_deref(), Some(wanted));
        assert_eq!(recorded(&with, "fn f() { std() }"), None);
        assert_eq!(recorded(&task("use std::sync::Mutex;"), answer), None);
    }

    #[test]
    fn crate_attributes_at_the_beginning_leave_an_empty_line() {
        let answer = "// note\n#![allow(unused)]\nfn f() {}\n#![deny(x)]";
        assert_eq!(
            without_crate_attributes(answer),
            "// note\n\nfn f() {}\n#![deny(x)]"
        );
    }
}
