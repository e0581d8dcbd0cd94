//! The catalogues are whole: same ids, same variables, nothing left in English.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern};
use fluent_syntax::ast::{PatternElement, Resource, VariantKey};
use messages::Language;

const FILES: [&str; 19] = [
    "program.ftl",
    "kernel.ftl",
    "explorer.ftl",
    "contracts.ftl",
    "trace.ftl",
    "timeline.ftl",
    "grading.ftl",
    "grading-explore.ftl",
    "classroom.ftl",
    "showcase.ftl",
    "authors.ftl",
    "lessons/parameters.ftl",
    "lessons/s1.ftl",
    "lessons/s2.ftl",
    "lessons/s3.ftl",
    "lessons/s4.ftl",
    "lessons/s5.ftl",
    "lessons/s6.ftl",
    "lessons/s7.ftl",
];

/// Words that stay as they are in every language: names of programs, commands, formats and of
/// things in code. Anything else in Latin letters inside a Persian, Russian or Chinese text is an
/// English word somebody forgot.
const UNTRANSLATED: &[&str] = &[
    "Weft",
    "weft",
    "Rust",
    "rust",
    "Jupyter",
    "JupyterLab",
    "Python",
    "pip",
    "cargo",
    "Cargo",
    "rustc",
    "rustup",
    "rust-src",
    "JSON",
    "PATH",
    "URL",
    "Linux",
    "Docker",
    "WSL",
    "SSH",
    "Landlock",
    "seccomp",
    "bubblewrap",
    "main",
    "join",
    "Lock",
    "RLock",
    "Semaphore",
    "Barrier",
    "Event",
    "Queue",
    "Pipe",
    "Pool",
    "map",
    "terminate",
    "PID",
    "pid",
    "FIFO",
    "SIGTERM",
    "SIGKILL",
    "std",
    "ID",
    "VS",
    "Code",
    "HTML",
    "stdin",
    "UTF",
    "shell",
    "bash",
    "zsh",
    "fish",
    "Debian",
    "EOF",
    "ASCII",
    "HOME",
    "kernel.json",
    "zh-TW",
    "Ctrl-C",
    "run",
    "add",
    "execute",
    "panic",
    "crate",
    "myFunc",
    "insider",
    "daemon",
    "Reza",
    "futex",
    "nbgrader",
    "Moodle",
    "Redis",
    "PostgreSQL",
    "Canvas",
    "CSV",
    "zip",
    "Ubuntu",
];

const PLURAL_FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

#[derive(Default)]
struct Message {
    /// Variables, and the words choices are made by.
    variables: BTreeSet<String>,
    words: String,
}

fn catalogue(language: Language, file: &str) -> BTreeMap<String, Message> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("locales")
        .join(language.code())
        .join(file);
    let source = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let resource: Resource<String> = fluent_syntax::parser::parse(source)
        .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
    let mut found = BTreeMap::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else {
            continue;
        };
        let mut read = Message::default();
        let id = message.id.name;
        let value = message.value.unwrap_or_else(|| panic!("{id} has no text"));
        pattern(&value, &mut read);
        assert!(
            found.insert(id.clone(), read).is_none(),
            "{}: {id} is there twice",
            path.display()
        );
    }
    found
}

fn pattern(pattern: &Pattern<String>, into: &mut Message) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => into.words.push_str(value),
            PatternElement::Placeable { expression } => {
                into.words.push(' ');
                expression_of(expression, into);
            }
        }
    }
}

fn expression_of(expression: &Expression<String>, into: &mut Message) {
    match expression {
        Expression::Inline(inline) => inline_of(inline, into),
        Expression::Select { selector, variants } => {
            inline_of(selector, into);
            for variant in variants {
                into.words.push(' ');
                // Plural forms differ between languages; choices by a word must not.
                if let VariantKey::Identifier { name } = &variant.key
                    && !PLURAL_FORMS.contains(&name.as_str())
                {
                    into.variables.insert(format!("[{name}]"));
                }
                pattern(&variant.value, into);
            }
        }
    }
}

fn inline_of(inline: &InlineExpression<String>, into: &mut Message) {
    match inline {
        InlineExpression::VariableReference { id } => {
            into.variables.insert(id.name.clone());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            let CallArguments { positional, .. } = arguments;
            for argument in positional {
                inline_of(argument, into);
            }
        }
        InlineExpression::Placeable { expression } => expression_of(expression, into),
        _ => {}
    }
}

/// The English-looking words of a text that are neither code nor on the list above.
fn latin_words(text: &str) -> Vec<String> {
    let without_code: String = text
        .split('`')
        .enumerate()
        .filter(|(place, _)| place % 2 == 0)
        .map(|(_, part)| format!("{part} "))
        .collect();
    without_code
        .split(' ')
        .filter(|word| !word.contains("://"))
        .flat_map(|word| {
            word.split(|c: char| {
                c.is_whitespace() || "()[],;:!?،؛؟。，、；：「」（）“”«»…/=".contains(c)
            })
        })
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        // Single letters are names of threads; anything with signs or digits in it is code.
        .filter(|word| word.chars().filter(char::is_ascii_alphabetic).count() > 2)
        .filter(|word| word.chars().all(|c| c.is_ascii_alphabetic() || c == '-'))
        .filter(|word| !UNTRANSLATED.contains(word))
        .map(str::to_owned)
        .collect()
}

/// Whether the language is written in Latin letters, as its name is: its words cannot be told from English ones.
fn is_latin(language: Language) -> bool {
    let name = messages::try_format(language, "language-name", &[]);
    name.is_some_and(|name| name.chars().all(|letter| letter < '\u{250}'))
}

#[test]
fn every_language_has_every_text_with_the_same_variables() {
    let mut wrong = Vec::new();
    for file in FILES {
        let english = catalogue(Language::En, file);
        for language in Language::ALL {
            let theirs = catalogue(language, file);
            for (id, message) in &english {
                match theirs.get(id) {
                    None => wrong.push(format!("{language}/{file}: {id} is missing")),
                    Some(other) if other.variables != message.variables => wrong.push(format!(
                        "{language}/{file}: {id} uses {:?} instead of {:?}",
                        other.variables, message.variables
                    )),
                    Some(_) => {}
                }
            }
            for id in theirs.keys().filter(|id| !english.contains_key(*id)) {
                wrong.push(format!("{language}/{file}: {id} is not in English"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn nothing_is_left_in_english() {
    let mut wrong = Vec::new();
    for file in FILES {
        let english = catalogue(Language::En, file);
        for language in Language::ALL.into_iter().skip(1) {
            for (id, message) in catalogue(language, file) {
                let Some(original) = english.get(&id) else {
                    continue;
                };
                if latin_words(&original.words).is_empty() {
                    continue;
                }
                if message.words == original.words {
                    wrong.push(format!("{language}/{file}: {id} is the English text"));
                } else if !is_latin(language) {
                    let left = latin_words(&message.words);
                    if !left.is_empty() {
                        wrong.push(format!("{language}/{file}: {id} leaves {left:?}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn persian_is_written_with_persian_letters() {
    // Arabic yeh and kaf look alike, but are other letters to a search and to a font.
    for file in FILES {
        for (id, message) in catalogue(Language::Fa, file) {
            assert!(
                !message.words.contains(['ي', 'ك']),
                "fa/{file}: {id} has Arabic letters"
            );
            // The prefix of the present tense is joined by a zero-width non-joiner.
            let torn = message
                .words
                .split(' ')
                .any(|word| ["می", "نمی", "ها", "های"].contains(&word));
            assert!(
                !torn,
                "fa/{file}: {id} has a space where a half-space belongs"
            );
        }
    }
}

/// What they say on the mainland, a word a line; the chapters are held to it too.
const MAINLAND: &str = include_str!("mainland.txt");

#[test]
fn chinese_uses_the_terms_of_taiwan() {
    for file in FILES {
        for (id, message) in catalogue(Language::ZhTw, file) {
            for foreign in MAINLAND.lines() {
                assert!(
                    !message.words.contains(foreign),
                    "zh-TW/{file}: {id} says {foreign}"
                );
            }
        }
    }
}
