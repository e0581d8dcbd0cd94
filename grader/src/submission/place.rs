//! Whose a file is, by its path: plain folders, nbgrader's tree, what Moodle and Canvas pack.

use serde::{Deserialize, Serialize};

/// Which system a submission came out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// A folder somebody made, or nbgrader's tree.
    Folder,
    /// The archive Moodle makes of an assignment.
    Moodle,
    /// The archive Canvas makes of an assignment.
    Canvas,
}

impl Origin {
    /// The word in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Origin::Folder => "folder",
            Origin::Moodle => "moodle",
            Origin::Canvas => "canvas",
        }
    }

    /// The origin of that word.
    pub fn from_name(name: &str) -> Origin {
        match name {
            "moodle" => Origin::Moodle,
            "canvas" => Origin::Canvas,
            _ => Origin::Folder,
        }
    }
}

/// Whose a file is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    pub id: String,
    pub name: Option<String>,
    pub origin: Origin,
    /// The name of the file itself.
    pub file: String,
}

/// Whether a file with this name is a notebook.
pub(super) fn is_notebook(name: &str) -> bool {
    has_ending(name, ".ipynb")
}

pub(super) fn has_ending(name: &str, ending: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    !file.starts_with('.')
        && !name.contains("__MACOSX/")
        && !name.contains(".ipynb_checkpoints/")
        && file.len() > ending.len()
        && file.is_char_boundary(file.len() - ending.len())
        && file[file.len() - ending.len()..].eq_ignore_ascii_case(ending)
}

/// What `weft submit` says of a notebook, beside it in the archive.
pub(super) const RECEIPT: &str = "weft-submission.json";

/// The folder nbgrader collects into.
pub(super) const SUBMITTED: &str = "submitted";

/// Of several files of one student: the only one, or the one with the name that was asked for.
pub(super) fn pick(files: &[&str], assignment: &str) -> Option<usize> {
    if files.len() == 1 {
        return Some(0);
    }
    let own = format!("{assignment}.ipynb");
    let named = |wanted: &str| {
        let mut which = files
            .iter()
            .enumerate()
            .filter(|(_, file)| **file == wanted);
        match (which.next(), which.next()) {
            (Some((index, _)), None) => Some(index),
            _ => None,
        }
    };
    named(&own).or_else(|| named("notebook.ipynb"))
}

/// Whether this is a name that systems and programs leave behind, and nobody hands in.
pub(super) fn is_litter(path: &str) -> bool {
    path.split('/').any(|part| {
        let is_hidden = part.starts_with('.') && !matches!(part, "." | "..");
        is_hidden
            || part.starts_with("~$")
            || [
                "__MACOSX",
                "Thumbs.db",
                "desktop.ini",
                "lost+found",
                RECEIPT,
            ]
            .contains(&part)
    })
}

/// Whose something is that is neither a notebook nor a zip file.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Whose {
    /// This student's: a folder or a course system says so.
    Student(Place),
    /// It belongs to another assignment in nbgrader's tree.
    OtherAssignment,
    /// Nothing but the file's own name could tell: a list of the class is called as a student might be.
    Nobody,
}

/// Whose something is that is neither a notebook nor a zip file, by its path (relative, with `/`).
pub(super) fn whose(path: &str, assignment: &str) -> Whose {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or_default();
    let below = parts.count();
    match place(path, assignment) {
        Some(place) if place.origin != Origin::Folder => Whose::Student(place),
        _ if below == 0 || (first == SUBMITTED && below == 1) => Whose::Nobody,
        Some(place) => Whose::Student(place),
        None if first == SUBMITTED => Whose::OtherAssignment,
        None => Whose::Student(Place {
            id: first.to_owned(),
            name: None,
            origin: Origin::Folder,
            file: String::new(),
        }),
    }
}

/// Whether nbgrader keeps a notebook of another assignment at this path: `ID/NAME/NAME.ipynb`.
pub(super) fn is_of_another_assignment(path: &str, assignment: &str) -> bool {
    let mut parts = path.rsplit('/');
    let (file, folder) = (parts.next(), parts.next());
    let stem = file.and_then(|file| file.rsplit_once('.'));
    stem.is_some_and(|(stem, _)| stem != assignment && Some(stem) == folder)
        || path.split('/').next() == Some(SUBMITTED)
}

/// Whether a folder of this name holds what one student handed in, and nobody else.
pub(super) fn is_folder_of(name: &str, id: &str) -> bool {
    name == id || moodle(name, "").is_some_and(|place| place.id == id)
}

/// Whose the file at this path (relative, with `/`) is; `None` where it belongs to another assignment.
pub(super) fn place(path: &str, assignment: &str) -> Option<Place> {
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if parts.len() > 2 && parts.first() == Some(&SUBMITTED) {
        parts.remove(0);
    }
    let file = parts.last()?.to_string();
    for part in &parts {
        if let Some(found) = moodle(part, &file) {
            return Some(found);
        }
    }
    let plain = |id: &str| {
        Some(Place {
            id: id.to_owned(),
            name: None,
            origin: Origin::Folder,
            file: file.clone(),
        })
    };
    match parts.as_slice() {
        // Everybody's notebook is called so: the name tells nothing of whose it is.
        [own] if is_everybodys(own, assignment) => None,
        [_] => canvas(&file).or_else(|| {
            plain(
                file.rsplit_once('.')
                    .map_or(file.as_str(), |(stem, _)| stem),
            )
        }),
        [SUBMITTED, _] => None,
        [id, _] => plain(id),
        [id, middle, _] if *middle == assignment => plain(id),
        _ => None,
    }
}

fn is_everybodys(file: &str, assignment: &str) -> bool {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    stem == assignment || stem == "notebook"
}

/// `Ada Lovelace_1234567_assignsubmission_file_` as a folder or before a file's own name.
fn moodle(part: &str, file: &str) -> Option<Place> {
    let (who, rest) = part.split_once("_assignsubmission_")?;
    let (name, number) = who.rsplit_once('_')?;
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let own = rest.split_once('_').map_or("", |(_, own)| own);
    Some(Place {
        id: number.to_owned(),
        name: Some(name.to_owned()).filter(|name| !name.is_empty()),
        origin: Origin::Moodle,
        file: if own.is_empty() {
            file.to_owned()
        } else {
            own.to_owned()
        },
    })
}

/// `lovelaceada_LATE_123_4567_relay.ipynb`: the student's name, her number, the submission's, her file's name.
fn canvas(file: &str) -> Option<Place> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (name, rest) = file.split_once('_')?;
    let rest = rest.strip_prefix("LATE_").unwrap_or(rest);
    let (student, rest) = rest.split_once('_')?;
    let (submission, own) = rest.split_once('_')?;
    (is_number(student) && is_number(submission)).then(|| Place {
        id: student.to_owned(),
        name: Some(name.to_owned()),
        origin: Origin::Canvas,
        file: own.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whose(path: &str) -> Option<(String, Option<String>)> {
        place(path, "relay").map(|place| (place.id, place.name))
    }

    fn student(id: &str, name: Option<&str>) -> Option<(String, Option<String>)> {
        Some((id.to_owned(), name.map(str::to_owned)))
    }

    #[test]
    fn folders_and_nbgraders_tree_are_understood() {
        assert_eq!(whose("ada/notebook.ipynb"), student("ada", None));
        assert_eq!(whose("ada.ipynb"), student("ada", None));
        assert_eq!(whose("ada/relay/relay.ipynb"), student("ada", None));
        assert_eq!(
            whose("submitted/ada/relay/relay.ipynb"),
            student("ada", None)
        );
        assert_eq!(whose("ada/other/other.ipynb"), None);
    }

    #[test]
    fn archives_of_moodle_and_canvas_are_understood() {
        let ada = student("77", Some("Ada Lovelace"));
        assert_eq!(
            whose("Ada Lovelace_77_assignsubmission_file_/relay.ipynb"),
            ada
        );
        assert_eq!(
            whose("Ada Lovelace_77_assignsubmission_file_relay.ipynb"),
            ada
        );
        assert_eq!(
            whose("آدا_77_assignsubmission_file_/a/b/relay.ipynb"),
            student("77", Some("آدا"))
        );
        assert_eq!(
            whose("lovelaceada_12_345_relay.ipynb"),
            student("12", Some("lovelaceada"))
        );
        assert_eq!(
            whose("lovelaceada_LATE_12_345_re_lay-1.ipynb"),
            student("12", Some("lovelaceada"))
        );
    }

    #[test]
    fn names_that_only_look_like_it_are_folders() {
        assert_eq!(
            whose("x_assignsubmission_file_/a.ipynb"),
            student("x_assignsubmission_file_", None)
        );
        assert_eq!(whose("a_b_c.ipynb"), student("a_b_c", None));
    }

    #[test]
    fn what_is_no_notebook_is_the_students_where_a_folder_or_a_course_system_says_so() {
        let id = |path: &str| match super::whose(path, "relay") {
            Whose::Student(place) => Some(place.id),
            _ => None,
        };
        for (path, owner) in [
            ("ada/essay.docx", "ada"),
            ("ada/src/main.rs", "ada"),
            ("ada/a/b/c/d.rs", "ada"),
            ("submitted/ada/relay/essay.docx", "ada"),
            ("Ada_77_assignsubmission_onlinetext_/text.html", "77"),
            ("lovelaceada_12_345_essay.pdf", "12"),
        ] {
            assert_eq!(id(path).as_deref(), Some(owner), "{path}");
        }
        for path in ["ada.py", "class.csv", "submitted/readme.txt"] {
            assert_eq!(super::whose(path, "relay"), Whose::Nobody, "{path}");
        }
        let other = "submitted/ada/other/essay.docx";
        assert_eq!(super::whose(other, "relay"), Whose::OtherAssignment);
        for litter in [
            "__MACOSX",
            "ada/.DS_Store",
            "x/.ipynb_checkpoints/y.txt",
            "~$essay.docx",
        ] {
            assert!(is_litter(litter), "{litter}");
        }
        assert!(!is_litter("ada/essay~1.docx"));
    }

    #[test]
    fn copies_made_by_jupyter_and_macos_are_no_submissions() {
        assert!(is_notebook("ada/Relay.IPYNB"));
        for name in [
            "ada/.ipynb_checkpoints/x.ipynb",
            "__MACOSX/ada/x.ipynb",
            "ada/._x.ipynb",
            "x.ipynb.txt",
            ".ipynb",
        ] {
            assert!(!is_notebook(name), "{name}");
        }
    }
}
