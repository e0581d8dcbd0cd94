//! What translators do, in a copy of the sources that holds one chapter and the index.

use notebooks::beginning::begin;
use notebooks::checkout::Checkout;
use notebooks::glossary::Glossary;
use notebooks::report::{Count, Kind, Part, State, report};
use notebooks::translation::Translation;
use notebooks::{Error, Language};
use std::fs;
use std::path::{Path, PathBuf};

const CHAPTER: &str = "02-threads-and-join";

/// A small checkout of its own for each test; gone afterwards.
struct Copy {
    root: PathBuf,
}

impl Copy {
    fn new(name: &str) -> Copy {
        let root =
            std::env::temp_dir().join(format!("weft-languages-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for folder in [
            "messages/locales",
            "notebooks/i18n",
            "notebooks/chapters/index",
            &format!("notebooks/chapters/{CHAPTER}"),
        ] {
            copy(&source.join(folder), &root.join(folder));
        }
        Copy { root }
    }

    fn checkout(&self) -> Checkout {
        Checkout::at(&self.root).unwrap()
    }

    fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    fn replace(&self, below: &str, from: &str, to: &str) {
        let path = self.path(below);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{below} has no {from:?}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    fn state(&self, code: &str) -> State {
        report(&self.checkout(), Some(code)).unwrap().remove(0)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

fn part<'a>(state: &'a State, name: &str) -> &'a Part {
    state.parts.iter().find(|part| part.name == name).unwrap()
}

#[test]
fn a_folder_that_is_no_checkout_is_refused_and_what_was_expected_is_named() {
    let copy = Copy::new("none");
    fs::remove_file(copy.path("notebooks/i18n/glossary.toml")).unwrap();
    for (root, expected) in [
        (copy.root.clone(), "notebooks/i18n/glossary.toml"),
        (
            copy.path("notebooks"),
            "notebooks/chapters/index/contents.toml",
        ),
        (
            copy.path("not/there"),
            "notebooks/chapters/index/contents.toml",
        ),
    ] {
        match Checkout::at(&root) {
            Err(Error::NoCheckout { expected: said, .. }) => {
                assert_eq!(said, root.join(expected));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn the_languages_of_the_workbook_lack_nothing() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let states = report(&Checkout::at(source).unwrap(), None).unwrap();
    for language in &Language::ALL[1..] {
        let state = states
            .iter()
            .find(|state| state.language == language.code());
        let state = state.unwrap_or_else(|| panic!("{language} is not in the report"));
        assert!(state.built_in);
        let chapters = state.parts.iter().filter(|part| part.kind == Kind::Chapter);
        assert!(chapters.count() >= 29, "{language}");
        for part in &state.parts {
            assert!(part.count.messages > 0, "{language} {}", part.name);
            assert_eq!(part.open, Vec::<String>::new(), "{language} {}", part.name);
            assert_eq!(part.count.obsolete, 0, "{language} {}", part.name);
        }
    }
}

#[test]
fn a_new_language_begins_with_nothing_translated_and_disturbs_nothing() {
    let copy = Copy::new("new");
    let checkout = copy.checkout();
    notebooks::generate(&checkout.notebooks()).unwrap();
    let written = begin(&checkout, "xx").unwrap();
    for path in &written {
        assert!(path.is_file(), "{}", path.display());
    }
    assert_eq!(checkout.languages().unwrap().last().unwrap(), "xx");
    let state = copy.state("xx");
    assert!(!state.built_in);
    let Count {
        messages, missing, ..
    } = state.total;
    assert!(messages > 500, "{messages}");
    assert_eq!(missing, messages);
    assert_eq!(
        part(&state, CHAPTER).open.len(),
        part(&state, CHAPTER).count.messages
    );
    // Nothing is published, and the glossary can still be read.
    assert_eq!(notebooks::check(&checkout.notebooks()).unwrap(), []);
    let glossary = Glossary::read(&checkout.glossary()).unwrap();
    assert!(
        glossary
            .term
            .iter()
            .all(|term| term.chosen["xx"].is_empty())
    );
    // What was made is up to date already.
    assert_eq!(checkout.update("xx", None).unwrap(), Vec::<PathBuf>::new());
}

#[test]
fn a_language_is_begun_once_under_a_code_of_its_own() {
    let copy = Copy::new("once");
    let checkout = copy.checkout();
    for code in ["fa", "zh-TW"] {
        let error = begin(&checkout, code).unwrap_err();
        assert!(matches!(error, Error::LanguageExists { .. }), "{error}");
    }
    assert!(matches!(begin(&checkout, "en"), Err(Error::English)));
    for code in ["../xx", "XX", "zh_TW", "qps", ""] {
        let error = begin(&checkout, code).unwrap_err();
        assert!(matches!(error, Error::LanguageCode(_)), "{error}");
    }
    begin(&checkout, "xx").unwrap();
    assert!(matches!(
        begin(&checkout, "xx"),
        Err(Error::LanguageExists { .. })
    ));
    fs::remove_dir_all(copy.path("messages/locales/xx")).unwrap();
    assert!(matches!(
        begin(&checkout, "xx"),
        Err(Error::LanguageExists { .. })
    ));
}

#[test]
fn a_mistake_in_a_source_leaves_no_half_of_a_language() {
    let copy = Copy::new("half");
    let cells = format!("notebooks/chapters/{CHAPTER}/cells.rs");
    fs::write(copy.path(&cells), "// cell: lonely\n// end cell\n").unwrap();
    assert!(begin(&copy.checkout(), "xx").is_err());
    assert!(!copy.path("messages/locales/xx").exists());
}

#[test]
fn the_report_counts_what_is_translated_fuzzy_missing_and_obsolete() {
    let copy = Copy::new("counts");
    let checkout = copy.checkout();
    begin(&checkout, "xx").unwrap();
    let po = format!("notebooks/chapters/{CHAPTER}/po/xx.po");
    copy.replace(
        &po,
        "msgid \"The idea\"\nmsgstr \"\"",
        "msgid \"The idea\"\nmsgstr \"Die Idee\"",
    );
    copy.replace(
        &po,
        "msgid \"The smallest example\"\nmsgstr \"\"",
        "#, fuzzy\nmsgid \"The smallest example\"\nmsgstr \"Beispiel\"",
    );
    let old = "\nmsgid \"Not said any more\"\nmsgstr \"Weg\"\n";
    let path = copy.path(&po);
    fs::write(&path, fs::read_to_string(&path).unwrap() + old).unwrap();
    let program = "messages/locales/xx/program.ftl";
    copy.replace(program, "# language-name = English", "language-name = Xx");
    let glossary = "notebooks/i18n/glossary.toml";
    copy.replace(glossary, "xx = \"\"", "xx = \"Heft\"");

    let state = copy.state("xx");
    let chapter = part(&state, CHAPTER);
    let Count {
        messages,
        translated,
        fuzzy,
        missing,
        obsolete,
    } = chapter.count;
    assert_eq!((translated, fuzzy, obsolete), (1, 1, 1));
    assert_eq!(missing, messages - 2);
    assert!(
        chapter
            .open
            .iter()
            .any(|text| text == "The smallest example")
    );
    assert_eq!(part(&state, "program.ftl").count.translated, 1);
    assert_eq!(part(&state, "glossary.toml").count.translated, 1);
    assert_eq!(state.total.translated, 3);

    // A topic that is new in English gets its file.
    let topic = copy.path("messages/locales/en/topic.ftl");
    fs::write(&topic, "hello = Hello\n").unwrap();
    let made = copy.path("messages/locales/xx/topic.ftl");
    assert!(checkout.update("xx", None).unwrap().contains(&made));
    assert_eq!(fs::read_to_string(&made).unwrap(), "# hello = Hello\n");
    fs::write(&path, fs::read_to_string(&path).unwrap() + old).unwrap();

    // An update keeps both, and drops what no lesson says.
    let written = checkout.update("xx", Some(CHAPTER)).unwrap();
    assert_eq!(written, std::slice::from_ref(&path));
    let translation = Translation::read(&path).unwrap();
    assert_eq!(translation.get("The idea"), Some("Die Idee"));
    assert_eq!(translation.fuzzy("The smallest example"), Some("Beispiel"));
    assert_eq!(part(&copy.state("xx"), CHAPTER).count.obsolete, 0);
}

#[test]
fn a_language_or_a_chapter_that_is_not_there_is_named() {
    let copy = Copy::new("absent");
    let checkout = copy.checkout();
    let error = report(&checkout, Some("yy")).unwrap_err();
    assert!(
        matches!(&error, Error::NoLanguage { code, .. } if code == "yy"),
        "{error}"
    );
    for wrong in ["persian", "FA", "../fa"] {
        let error = report(&checkout, Some(wrong)).unwrap_err();
        assert!(
            matches!(&error, Error::LanguageCode(code) if code == wrong),
            "{error}"
        );
    }
    assert!(matches!(report(&checkout, Some("en")), Err(Error::English)));
    assert!(matches!(checkout.update("en", None), Err(Error::English)));
    let error = checkout.update("yy", None).unwrap_err();
    assert!(matches!(error, Error::NoLanguage { .. }), "{error}");
    let error = checkout.update("fa", Some("99-none")).unwrap_err();
    assert!(
        matches!(&error, Error::NoChapter(name) if name == "99-none"),
        "{error}"
    );
}

#[test]
fn a_damaged_file_of_a_language_in_work_is_named_with_its_line() {
    let copy = Copy::new("damaged");
    let checkout = copy.checkout();
    begin(&checkout, "xx").unwrap();
    let program = "messages/locales/xx/program.ftl";
    copy.replace(program, "# language-name = English", "language-name");
    let error = report(&checkout, Some("xx")).unwrap_err().to_string();
    assert!(error.contains("xx/program.ftl:6: "), "{error}");
    copy.replace(program, "language-name", "# language-name");
    let po = format!("notebooks/chapters/{CHAPTER}/po/xx.po");
    fs::write(copy.path(&po), "#\n\"lost\"\n").unwrap();
    let error = report(&checkout, None).unwrap_err().to_string();
    assert!(error.contains("po/xx.po:2: "), "{error}");
}
