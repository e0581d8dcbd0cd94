//! The answer and the program around it: as a crate for the model, and as one text that a student can paste.
//!
//! The crate is laid out as the one that is run (see [`build::source`](crate::build::source)): the answer is a module in
//! a file of its own, and what calls it is a child module before it, in another file. The names that the program around
//! relies on are the standard library's, whatever the answer calls by the same name.

use super::ExploreSpec;
use crate::build::source::without_crate_attributes;
use crate::build::tokens::beginnings;

/// The file of the answer: what lines are counted in.
pub(crate) const ANSWER: &str = "answer.rs";
/// The main file.
pub(super) const MAIN: &str = "main.rs";

/// What stands in for the task library: nothing is recorded in the model, and a line that is said is printed.
const TASK: &str = include_str!("weft_task.rs");

/// The files of the crate.
pub(super) struct Source {
    /// Names, and contents.
    pub files: Vec<(String, String)>,
    /// The line before the answer's first one.
    pub before: u32,
}

/// Writes the crate. `word` is a name that no answer can guess.
pub(super) fn write(prelude: &str, answer: &str, spec: &ExploreSpec, word: &str) -> Source {
    let before = format!(
        "#[path = \"around.rs\"]\npub mod {word};\nuse crate::weft_task;\n{}\n",
        in_this_crate(prelude.trim_end())
    );
    let lines = before.matches('\n').count();
    let main = format!(
        "mod weft_task;\nmod answer;\nuse answer::{word}::program::explored_main as main;\n{}",
        student::entry(&[&before, answer, &spec.main])
    );
    let files = [
        ("weft_task.rs", TASK.to_owned()),
        ("around.rs", around(&spec.main, "super")),
        (
            ANSWER,
            format!(
                "{before}{}\n",
                in_this_crate(&without_crate_attributes(answer))
            ),
        ),
        (MAIN, main),
    ];
    Source {
        files: files.map(|(name, text)| (name.to_owned(), text)).into(),
        before: u32::try_from(lines).unwrap_or(u32::MAX),
    }
}

/// The text with the task library named as a module of this crate: where it is run, it is a crate of its own, whose name
/// is known in every module.
fn in_this_crate(text: &str) -> String {
    let (mut written, mut copied) = (String::with_capacity(text.len()), 0);
    for at in beginnings(text, "weft_task") {
        let before = &text[copied..at];
        // `::weft_task` is a crate and nothing else.
        written.push_str(before.trim_end().strip_suffix("::").unwrap_or(before));
        written.push_str("crate::");
        copied = at;
    }
    written.push_str(&text[copied..]);
    written
}

/// The program around, as a module's content; `up` is the path to the answer's module.
pub(crate) fn around(main: &str, up: &str) -> String {
    format!(
        "#![allow(warnings)]\n\
         use {up}::*;\n\
         use ::std::prelude::rust_2024::*;\n\
         use ::std::{{assert, assert_eq, assert_ne, dbg, debug_assert, debug_assert_eq, debug_assert_ne, eprint, \
         eprintln, format, matches, panic, print, println, thread_local, todo, unreachable, vec, write, writeln}};\n\
         pub mod program {{\n\
         use super::*;\n\
         {main}\n\
         pub fn explored_main() -> impl ::std::process::Termination {{ main() }}\n\
         }}\n"
    )
}

/// Everything as one program: what a student pastes to see a schedule.
pub fn whole(prelude: &str, answer: &str, spec: &ExploreSpec) -> String {
    let prelude = &in_this_crate(prelude);
    let answer = in_this_crate(&without_crate_attributes(answer));
    // In a module of its own: both may have a line like `use std::sync::Arc;`.
    let around = format!(
        "mod around {{\nuse super::*;\n\n{}\n\n\
         pub fn entered() -> impl std::process::Termination {{ main() }}\n}}\n\n\
         fn main() -> impl std::process::Termination {{ around::entered() }}",
        spec.main.trim()
    );
    let mut parts = vec![prelude.trim(), answer.trim_end(), around.as_str()];
    // The task library is where it is graded, not in a notebook.
    let stand_in = format!("mod weft_task {{\n{}\n}}", TASK.trim_end());
    if [prelude, answer.as_str()]
        .iter()
        .any(|text| text.contains("weft_task"))
    {
        parts.push(&stand_in);
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec() -> ExploreSpec {
        toml::from_str("main = 'fn main() { f(); }'").unwrap()
    }

    #[test]
    fn the_answers_lines_are_counted_from_its_first() {
        let source = write("use a;\nuse b;\n", "fn f() {}", &spec(), "w");
        let (_, text) = &source.files[2];
        assert_eq!(text.lines().nth(source.before as usize), Some("fn f() {}"));
    }

    #[test]
    fn the_task_library_is_known_in_every_module() {
        let text = "use weft_task::say; mod given { use ::weft_task::{sync}; use crate::weft_task::thread; }\n\
                    fn f(x: ::weft_task::X) { let weft_task = own::weft_task::f(\"weft_task::\"); }";
        let wanted = "use crate::weft_task::say; mod given { use crate::weft_task::{sync}; use crate::weft_task::thread; }\n\
                      fn f(x: crate::weft_task::X) { let weft_task = own::weft_task::f(\"weft_task::\"); }";
        assert_eq!(in_this_crate(text), wanted);
    }

    #[test]
    fn what_is_pasted_needs_no_task_library() {
        let plain = whole("", "#![allow(x)]\nfn f() {}", &spec());
        assert!(plain.starts_with("\nfn f() {}\n\nmod around {"), "{plain}");
        assert!(plain.contains("\nfn main() { f(); }\n"), "{plain}");
        assert!(!plain.contains("weft_task"), "{plain}");
        let with = whole("use weft_task::thread;\n", "fn f() {}", &spec());
        assert!(with.contains("mod weft_task {"), "{with}");
    }
}
