//! What is published is what the sources make, complete and valid.

use nbformat::v4::{Cell, Notebook};
use notebooks::chapter::Chapter;
use notebooks::generator::Workbook;
use notebooks::lesson::Piece;
use notebooks::{Language, prose, rust_cells};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn workbook() -> Workbook {
    Workbook::read(root()).unwrap()
}

/// Every committed notebook: language, file name, content.
fn published() -> Vec<(Language, String, Notebook)> {
    let mut notebooks = Vec::new();
    for language in Language::ALL {
        let folder = root().join(language.code());
        let entries = fs::read_dir(&folder)
            .unwrap_or_else(|_| panic!("{} is not there: run `weft notebooks`", folder.display()));
        for entry in entries {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "ipynb") {
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                let text = fs::read_to_string(&path).unwrap();
                // Any other variant means: an older form, or something to repair.
                let Ok(nbformat::Notebook::V4(notebook)) = nbformat::parse_notebook(&text) else {
                    panic!("{} is not valid", path.display());
                };
                notebooks.push((language, name, notebook));
            }
        }
    }
    assert!(
        notebooks.len() >= 20,
        "too few notebooks: {}",
        notebooks.len()
    );
    notebooks
}

fn code_of(notebook: &Notebook) -> Vec<(String, String)> {
    let mut cells = Vec::new();
    for cell in &notebook.cells {
        if let Cell::Code { id, source, .. } = cell {
            cells.push((id.to_string(), source.concat()));
        }
    }
    cells
}

#[test]
fn the_committed_notebooks_are_what_their_sources_make() {
    let differences = notebooks::check(root()).unwrap();
    let list: Vec<String> = differences.iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "run `weft notebooks`: {list:#?}");
}

#[test]
fn a_changed_notebook_is_noticed() {
    let copy = std::env::temp_dir().join(format!("weft-notebooks-{}", std::process::id()));
    for folder in ["chapters/02-threads-and-join", "chapters/index"] {
        fs::create_dir_all(copy.join(folder)).unwrap();
        for name in ["lesson.md", "cells.rs", "contents.toml"] {
            let from = root().join(folder).join(name);
            if from.exists() {
                fs::copy(from, copy.join(folder).join(name)).unwrap();
            }
        }
    }
    assert_eq!(notebooks::generate(&copy).unwrap().len(), 2);
    assert_eq!(notebooks::check(&copy).unwrap(), []);
    fs::write(copy.join("en/index.ipynb"), "{}").unwrap();
    fs::write(copy.join("en/99-old.ipynb"), "{}").unwrap();
    fs::remove_file(copy.join("en/02-threads-and-join.ipynb")).unwrap();
    let found: Vec<String> = notebooks::check(&copy)
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        found,
        [
            "en/02-threads-and-join.ipynb is missing",
            "en/index.ipynb differs from its sources",
            "en/99-old.ipynb has no source",
        ]
    );
    fs::remove_dir_all(&copy).unwrap();
}

#[test]
fn every_translation_is_complete_and_has_nothing_obsolete() {
    let workbook = workbook();
    let index_units = workbook.index_units();
    let chapters = workbook
        .chapters
        .iter()
        .map(|chapter| (chapter, chapter.units()));
    for (chapter, units) in chapters.chain([(&workbook.index, index_units)]) {
        for (language, translation) in &chapter.translations {
            let place = format!("{} {}", chapter.name, language.code());
            assert_eq!(translation.missing(&units), Vec::<&str>::new(), "{place}");
            assert_eq!(translation.obsolete(&units), Vec::<&str>::new(), "{place}");
        }
    }
}

#[test]
fn chapter_two_and_the_index_are_there_in_every_language() {
    for language in Language::ALL {
        for name in ["02-threads-and-join.ipynb", "index.ipynb"] {
            assert!(
                root().join(language.code()).join(name).exists(),
                "{}",
                language.code()
            );
        }
    }
}

#[test]
fn code_is_the_same_in_every_language_but_for_the_comments() {
    let published = published();
    let english: BTreeMap<&str, Vec<(String, String)>> = published
        .iter()
        .filter(|(language, ..)| *language == Language::En)
        .map(|(_, name, notebook)| (name.as_str(), code_of(notebook)))
        .collect();
    for (language, name, notebook) in &published {
        let code = code_of(notebook);
        let original = &english[name.as_str()];
        assert_eq!(code.len(), original.len(), "{} {name}", language.code());
        for ((id, here), (original_id, there)) in code.iter().zip(original) {
            assert_eq!(id, original_id);
            assert_eq!(
                rust_cells::without_comments(here),
                rust_cells::without_comments(there),
                "{} {name} {id}",
                language.code()
            );
        }
    }
}

#[test]
fn every_notebook_names_the_kernel_and_its_language_and_has_no_outputs() {
    for (language, name, notebook) in published() {
        let kernel = notebook.metadata.kernelspec.as_ref().unwrap();
        assert_eq!(
            (
                kernel.name.as_str(),
                kernel.display_name.as_str(),
                kernel.language.as_deref()
            ),
            ("weft", "Rust (Weft)", Some("rust"))
        );
        assert_eq!(
            notebook.metadata.additional["weft"]["lang"],
            language.code()
        );
        assert_eq!((notebook.nbformat, notebook.nbformat_minor), (4, 5));
        let mut ids = BTreeSet::new();
        for cell in &notebook.cells {
            assert!(
                ids.insert(cell.id().to_string()),
                "{name}: {} twice",
                cell.id()
            );
            if let Cell::Code {
                outputs,
                execution_count,
                ..
            } = cell
            {
                assert!(outputs.is_empty() && execution_count.is_none(), "{name}");
            }
        }
    }
}

#[test]
fn internal_links_resolve() {
    for (language, name, notebook) in published() {
        for cell in &notebook.cells {
            if let Cell::Markdown { source, .. } = cell {
                for link in prose::links(&source.concat()) {
                    let outside = link.starts_with("https://");
                    let there = root().join(language.code()).join(&link).is_file();
                    assert!(outside || there, "{} {name}: {link}", language.code());
                }
            }
        }
    }
}

#[test]
fn each_chapter_runs_every_scenario_of_its_exercises_and_the_index_lists_them() {
    let workbook = workbook();
    let index = fs::read_to_string(workbook.index.folder.join("lesson.md")).unwrap();
    let mut all = BTreeSet::new();
    for chapter in &workbook.chapters {
        let commands: Vec<&str> = commands(chapter);
        for id in &chapter.lesson.exercises {
            assert!(all.insert(id.clone()), "{id} is in two chapters");
            assert!(
                index.contains(&format!("| `{id}` |")),
                "{id} is not in the index"
            );
            for scenario in 1..=3 {
                let start = format!(":run {id} --scenario {scenario}");
                assert!(
                    commands.iter().any(|command| command.starts_with(&start)),
                    "{}: {start} is missing",
                    chapter.name
                );
            }
        }
    }
    let catalogue = exercises::catalogue::all().iter();
    let known: BTreeSet<String> = catalogue.map(|lesson| lesson.id.to_owned()).collect();
    assert_eq!(all, known, "chapters, and the catalogue");
    assert_eq!(index.matches("\n| `s").count(), known.len());
}

fn commands(chapter: &Chapter) -> Vec<&str> {
    chapter
        .lesson
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Command(line) => Some(line.as_str()),
            _ => None,
        })
        .collect()
}

#[test]
fn every_command_asks_for_an_exercise_with_parameters_it_has() {
    let workbook = workbook();
    let mut seen = 0;
    for chapter in workbook.chapters.iter().chain([&workbook.index]) {
        for command in commands(chapter) {
            let words: Vec<&str> = command.split(' ').collect();
            if [":ask", ":why"].contains(&words[0]) {
                // Of the cell above, and not of an exercise.
                continue;
            }
            let lesson = exercises::catalogue::find(words[1]).expect(command);
            for option in words[2..].chunks(2) {
                let [name, value] = option else {
                    panic!("{command}: an option without a value");
                };
                let name = name.strip_prefix("--").expect(command);
                match name {
                    "scenario" => assert!(["1", "2", "3"].contains(value), "{command}"),
                    "seed" | "shake" => assert!(value.parse::<u32>().is_ok(), "{command}"),
                    "time-scale" => assert!(value.parse::<f64>().is_ok(), "{command}"),
                    _ => {
                        let parameter = lesson.parameter(name).expect(command);
                        let value: u32 = value.parse().expect(command);
                        let range = parameter.min..=parameter.max;
                        assert!(range.contains(&value), "{command}");
                    }
                }
            }
            seen += 1;
        }
    }
    assert!(seen >= 45, "only {seen} commands");
}

#[test]
fn every_chapter_is_compiled_and_run_as_a_test_program() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    for chapter in &workbook().chapters {
        let path = format!(
            "path = \"chapters/{}/cells.rs\"\nharness = false",
            chapter.name
        );
        assert!(
            manifest.contains(&path),
            "{} is not a test in Cargo.toml",
            chapter.name
        );
        for (name, code) in &chapter.regions {
            // The reader of comments knows only line comments.
            assert!(!code.contains("/*"), "{} {name}", chapter.name);
        }
    }
}

#[test]
fn every_chapter_has_a_task_with_a_self_check() {
    for chapter in &workbook().chapters {
        let tags: Vec<&str> = chapter
            .lesson
            .pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Rust { role, .. } => role.tag(),
                _ => None,
            })
            .collect();
        assert_eq!(tags, ["task", "self-check"], "{}", chapter.name);
        let checks = chapter
            .regions
            .values()
            .filter(|code| code.contains("not solved yet"));
        assert_eq!(checks.count(), 1, "{}", chapter.name);
    }
}

#[test]
fn a_translation_keeps_the_inline_code_and_the_links_of_the_original() {
    let workbook = workbook();
    for chapter in workbook.chapters.iter().chain([&workbook.index]) {
        for (language, translation) in &chapter.translations {
            for (unit, text) in translation.pairs() {
                let place = format!("{} {}: {unit}", chapter.name, language.code());
                assert_eq!(inline_code(unit), inline_code(text), "{place}");
                assert_eq!(prose::links(unit), prose::links(text), "{place}");
            }
        }
    }
}

fn inline_code(text: &str) -> BTreeSet<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn persian_prose_has_persian_digits_letters_and_half_spaces() {
    let workbook = workbook();
    for chapter in workbook.chapters.iter().chain([&workbook.index]) {
        let Some(translation) = chapter.translations.get(&Language::Fa) else {
            continue;
        };
        for (_, text) in translation.pairs() {
            let words = prose::words(text);
            assert!(
                !words.split_whitespace().any(is_a_western_number),
                "western digits: {text}"
            );
            assert!(
                !words.contains(['ي', 'ك', '٠', '١', '٢', '٤', '٥', '٦']),
                "Arabic: {text}"
            );
            for glued in [" ها ", " های ", " می ", " نمی "] {
                assert!(
                    !words.contains(glued),
                    "a half space is missing at{glued}: {text}"
                );
            }
        }
    }
}

/// Digits that belong to no Latin name: `s1e2`, `MyClass-1` and `pipe(7)` keep theirs.
fn is_a_western_number(word: &str) -> bool {
    let named = word
        .chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(|c| c.is_ascii_alphabetic());
    !named && word.contains(|c: char| c.is_ascii_digit())
}

#[test]
fn a_number_is_western_unless_it_ends_a_latin_name() {
    for name in ["s1e2:", "MyClass-1", "[pipe(7)", "p1", "۱۲", "**۱۹۷۴**"] {
        assert!(!is_a_western_number(name), "{name}");
    }
    for number in ["12", "(3)", "تمرین7", "-9", "۱2"] {
        assert!(is_a_western_number(number), "{number}");
    }
}

/// A line of code runs from left to right: Latin words after Persian ones, or a full stop at the
/// end, would be shown in the wrong place.
#[test]
fn persian_comments_read_well_in_a_line_of_code() {
    let workbook = workbook();
    for chapter in &workbook.chapters {
        if !chapter.translations.contains_key(&Language::Fa) {
            continue;
        }
        for code in chapter.regions.values() {
            for comment in rust_cells::comments(code) {
                let text = chapter.text(Language::Fa, &comment);
                let persian = text.find(|c: char| !c.is_ascii()).unwrap_or(text.len());
                let after = &text[persian..];
                assert!(!after.contains(|c: char| c.is_ascii_alphabetic()), "{text}");
                assert!(!after.ends_with('.'), "{text}");
            }
        }
    }
}

#[test]
fn persian_and_chinese_cells_carry_direction_and_language() {
    for (language, name, notebook) in published() {
        for cell in &notebook.cells {
            let Cell::Markdown { source, .. } = cell else {
                continue;
            };
            let text = source.concat();
            let start = match language {
                Language::Fa => "<div dir=\"rtl\" lang=\"fa\">\n",
                Language::ZhTw => "<div lang=\"zh-TW\">\n\n",
                _ => continue,
            };
            assert!(
                text.starts_with(start) && text.ends_with("</div>"),
                "{name}: {text}"
            );
            if language == Language::Fa {
                assert!(
                    !text.contains("<p>") && !text.contains("<code>"),
                    "{name}: {text}"
                );
            }
        }
    }
}

#[test]
fn the_program_carries_the_notebooks_of_each_language() {
    for language in Language::ALL {
        let embedded: Vec<_> = notebooks::embedded(language).collect();
        let folder = root().join(language.code());
        let count = |folder: &Path, ending: &str| {
            let files = fs::read_dir(folder).unwrap();
            files
                .filter(|file| {
                    let path = file.as_ref().unwrap().path();
                    path.extension().is_some_and(|found| found == ending)
                })
                .count()
        };
        assert_eq!(
            embedded.len(),
            count(&folder, "ipynb"),
            "{}",
            language.code()
        );
        let pictures: Vec<_> = notebooks::embedded::pictures(language).collect();
        let drawn = count(&folder.join("pictures"), "svg");
        assert_eq!(pictures.len(), drawn, "{}", language.code());
        for (name, bytes) in embedded.into_iter().chain(pictures) {
            assert_eq!(
                fs::read(root().join(language.code()).join(name)).unwrap(),
                bytes
            );
        }
    }
}
