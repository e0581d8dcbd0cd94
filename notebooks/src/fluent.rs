//! The texts of the program as Fluent files, seen by somebody who translates them: which there are, and what a file
//! looks like before its first translation.

use crate::{Error, Result};
use fluent_syntax::ast::{Entry, Resource};
use std::fs;
use std::path::{Path, PathBuf};

/// The Fluent files below a folder: paths below it, in order, those of the folder itself first.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut here = Vec::new();
    let mut deeper = Vec::new();
    let mut entries = fs::read_dir(folder)
        .map_err(Error::file(folder))?
        .map(|entry| Ok(entry.map_err(Error::file(folder))?.path()))
        .collect::<Result<Vec<PathBuf>>>()?;
    entries.sort();
    for path in entries {
        let name = PathBuf::from(path.file_name().unwrap_or_default());
        if path.is_dir() {
            deeper.extend(files(&path)?.iter().map(|file| name.join(file)));
        } else if name.extension().is_some_and(|ending| ending == "ftl") {
            here.push(name);
        }
    }
    here.extend(deeper);
    Ok(here)
}

/// The ids of the texts in a file, in its order. A file that is not there has none.
pub fn ids(path: &Path) -> Result<Vec<String>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(path).map_err(Error::file(path))?;
    let resource: Resource<&str> =
        fluent_syntax::parser::parse(text.as_str()).map_err(|(_, errors)| {
            let first = errors.first();
            // Where the text begins that cannot be read; the error itself is often noticed a line later.
            let start = first.map_or(0, |error| {
                error
                    .slice
                    .as_ref()
                    .map_or(error.pos.start, |junk| junk.start)
            });
            let line = 1 + text.get(..start).unwrap_or_default().matches('\n').count();
            let problem = first.map_or_else(String::new, |error| error.kind.to_string());
            Error::source(path, line, problem)
        })?;
    let named = resource.body.iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message.id.name.to_owned()),
        _ => None,
    });
    Ok(named.collect())
}

/// An English file with every text made a comment: what a translator starts from. Comments and gaps stay, so that
/// the files of two languages can be read side by side.
pub fn skeleton(english: &str) -> String {
    let mut skeleton = String::with_capacity(english.len() + english.len() / 10);
    for line in english.lines() {
        if !line.is_empty() && !line.starts_with('#') {
            skeleton.push_str("# ");
        }
        skeleton.push_str(line);
        skeleton.push('\n');
    }
    skeleton
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skeleton_has_no_text_yet_and_every_line_of_the_english_one() {
        let english = "# Help\n\nhelp = Show\n    this { $x ->\n       *[a] b\n    }\n\n## More\n\nmore = x\n";
        let skeleton = skeleton(english);
        assert_eq!(skeleton.lines().count(), english.lines().count());
        assert!(skeleton.contains("\n# help = Show\n#     this { $x ->\n"));
        let parsed = fluent_syntax::parser::parse(skeleton.as_str()).unwrap();
        let messages = parsed
            .body
            .iter()
            .filter(|entry| matches!(entry, Entry::Message(_)));
        assert_eq!(messages.count(), 0);
        let uncommented: String = skeleton
            .lines()
            .map(|line| format!("{}\n", line.strip_prefix("# ").unwrap_or(line)))
            .collect();
        assert_eq!(uncommented.replace("Help\n", "# Help\n"), english);
    }

    #[test]
    fn a_mistake_in_a_file_is_told_with_its_line() {
        let path = std::env::temp_dir().join(format!("weft-ftl-{}.ftl", std::process::id()));
        fs::write(&path, "a = b\n\nc\n").unwrap();
        let error = ids(&path).unwrap_err().to_string();
        fs::remove_file(&path).unwrap();
        assert!(error.contains(".ftl:3: "), "{error}");
    }
}
