//! What a new language starts from: empty PO files, the program's texts as comments, an empty word for each term.

use crate::chapter::translation_path;
use crate::checkout::Checkout;
use crate::{Error, Language, Result, glossary, translation};
use std::fs;
use std::path::PathBuf;
use unic_langid::LanguageIdentifier;

/// Begins the language `code` and returns the files that were made or changed. The sources are read before anything is
/// written, so that a mistake in one leaves no half of a language behind.
pub fn begin(checkout: &Checkout, code: &str) -> Result<Vec<PathBuf>> {
    check(code)?;
    if let Some(path) = there_already(checkout, code)? {
        return Err(Error::LanguageExists {
            code: code.to_owned(),
            path,
        });
    }
    let chapters = checkout.translatable()?;
    let glossary = checkout.glossary();
    let terms = fs::read_to_string(&glossary).map_err(Error::file(&glossary))?;
    let mut written = checkout.begin_texts(code)?;
    fs::write(&glossary, glossary::with_column(&terms, code)).map_err(Error::file(&glossary))?;
    written.push(glossary);
    for one in chapters {
        let path = translation_path(&one.chapter.folder, code);
        translation::update(&path, code, &one.units)?;
        written.push(path);
    }
    Ok(written)
}

/// The line of the table of languages in `messages/src/language.rs` that makes the program speak `code`.
pub fn table_row(code: &str) -> String {
    let identifier: LanguageIdentifier = code.parse().unwrap_or_default();
    let variant: String = code
        .split('-')
        .map(|part| {
            let (first, rest) = part.split_at(part.len().min(1));
            first.to_ascii_uppercase() + &rest.to_ascii_lowercase()
        })
        .collect();
    let regions: Vec<String> = [
        identifier.script.map(|script| script.to_string()),
        identifier.region.map(|region| region.to_string()),
    ]
    .into_iter()
    .flatten()
    .map(|part| format!("{:?}", part.to_ascii_lowercase()))
    .collect();
    let name = identifier.language.as_str();
    format!(
        "    /// {code}.\n    {variant} = {code:?} {{\n        names: [{name:?}],\n        \
         regions: [{}],\n        right_to_left: false,\n    }}\n",
        regions.join(", ")
    )
}

/// Nothing, if `code` is a code as Unicode writes it, and not English: it becomes the name of folders and files.
pub(crate) fn check(code: &str) -> Result<()> {
    if code == Language::En.code() {
        return Err(Error::English);
    }
    let wrong = || Error::LanguageCode(code.to_owned());
    let identifier: LanguageIdentifier = code.parse().map_err(|_| wrong())?;
    // Longer ones are reserved, and none is in use: "german" is a name, not a code.
    let letters = identifier.language.as_str().len();
    let known = !identifier.language.is_empty() && letters <= 3 && code != Language::Pseudo.code();
    match known && identifier == code {
        true => Ok(()),
        false => Err(wrong()),
    }
}

fn there_already(checkout: &Checkout, code: &str) -> Result<Option<PathBuf>> {
    let texts = checkout.texts(code);
    if texts.exists() {
        return Ok(Some(texts));
    }
    let chapters = checkout.notebooks().join("chapters");
    for entry in fs::read_dir(&chapters).map_err(Error::file(&chapters))? {
        let folder = entry.map_err(Error::file(&chapters))?.path();
        let path = translation_path(&folder, code);
        if path.exists() {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_written_as_unicode_writes_it_and_names_no_other_folder() {
        for code in ["de", "pt-BR", "zh-Hans", "sr-Latn-RS", "gsw"] {
            assert!(check(code).is_ok(), "{code}");
        }
        for code in [
            "", "DE", "pt_BR", "pt-br", "zh-hans", "../fa", "de/", "german", "und", "qps", "d",
            ".", "d\u{e9}",
        ] {
            let error = check(code).unwrap_err();
            assert!(matches!(error, Error::LanguageCode(_)), "{code}: {error}");
        }
        assert!(matches!(check("en"), Err(Error::English)));
    }

    #[test]
    fn the_row_of_a_language_is_rust() {
        assert_eq!(
            table_row("sr-Latn"),
            "    /// sr-Latn.\n    SrLatn = \"sr-Latn\" {\n        names: [\"sr\"],\n        \
             regions: [\"latn\"],\n        right_to_left: false,\n    }\n"
        );
        assert!(
            table_row("de")
                .contains("De = \"de\" {\n        names: [\"de\"],\n        regions: [],")
        );
    }
}
