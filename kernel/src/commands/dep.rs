//! `:dep`

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use messages::{Language as Tongue, format, text};
use serde_json::Value;

use super::progress::Notice;
use super::{Definition, failure};
use crate::evaluate::Session;
use crate::evaluate::dependencies::{Chosen, Progress};
use crate::language::CellOutcome;

pub(super) const DEFINITION: Definition = Definition {
    name: ":dep",
    arguments: "NAME = \"VERSION\"",
    summary: "command-dep",
    run,
};

/// How often the progress of a build is looked at.
const LOOK: Duration = Duration::from_millis(150);
/// What cargo says where a crate of this name does not exist.
const NO_CRATE: &str = "no matching package";
/// What it says before the versions there are.
const CANDIDATES: &str = "candidate versions found which didn't match: ";
/// What cargo says where it cannot reach the registry.
const UNREACHABLE: [&str; 7] = [
    "resolve host",
    "Could not connect",
    "Couldn't connect",
    "failed to connect",
    "network error",
    "failed to download",
    "download of config.json failed",
];
/// The crate evcxr makes to try a dependency.
const DUMMY: &str = "evcxr_dummy_validate_dep";
/// What cargo says behind the name of a feature that a crate does not have, and before it.
const NO_FEATURE: &str = "with feature `";
/// What it says where a folder, or the manifest in it, is missing.
const NO_FOLDER: [&str; 2] = ["No such file or directory", "could not find `Cargo.toml`"];
/// Lines of cargo's that tell nothing about what is wrong.
const CHATTER: [&str; 5] = ["Updating", "Locking", "Downloading", "Downloaded", "Adding"];

/// Adds a crate; it is built now, so that the next cell does not wait for it.
fn run(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let tongue = session.tongue;
    if argument.is_empty() {
        return Err(failure("Usage", text(tongue, "command-dep-usage")));
    }
    let wanted = Wanted::parse(argument, session.folder()).map_err(|reason| {
        let arguments = [("argument", argument.into()), ("reason", reason.into())];
        failure("Usage", format(tongue, "dep-unreadable", &arguments))
    })?;
    let mut line = wanted.line();
    if wanted.folder().is_some() {
        // Its source may have changed since it was last asked for, which evcxr does not know.
        line.push_str("\n();");
    }
    let build = session.build_folder().to_owned();
    let progress = Progress::begin(&build);
    let mut shown = Notice::new(Arc::clone(&session.output), cell);
    let (ended, end) = channel::<()>();
    let result = std::thread::scope(|scope| {
        let (shown, progress) = (&mut shown, &progress);
        scope.spawn(move || {
            while end.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                if let Some(said) = under_way(tongue, &progress.compiled()) {
                    shown.put(said);
                }
            }
        });
        let result = session.evaluate(cell, &line);
        drop(ended);
        result
    });
    result.map_err(|outcome| explained(tongue, &wanted, outcome))?;
    session.added.insert(wanted.name.clone());
    if let Some(chosen) = progress.chosen(&wanted.name) {
        shown.put(ready(tongue, &chosen));
    }
    Ok(Vec::new())
}

fn under_way(tongue: Tongue, compiled: &[String]) -> Option<String> {
    let last = compiled.last()?;
    let arguments = [
        ("count", compiled.len().into()),
        ("last", last.clone().into()),
    ];
    Some(format(tongue, "dep-under-way", &arguments))
}

fn ready(tongue: Tongue, chosen: &Chosen) -> String {
    let mut arguments = vec![
        ("name", chosen.name.clone().into()),
        ("version", chosen.version.clone().into()),
    ];
    if chosen.features.is_empty() {
        return format(tongue, "dep-ready", &arguments);
    }
    arguments.push(("features", chosen.features.join(", ").into()));
    format(tongue, "dep-ready-features", &arguments)
}

/// A crate as the line asks for it.
#[derive(Debug, PartialEq)]
struct Wanted {
    name: String,
    /// A version, or a table as in `Cargo.toml`; a folder stands for itself.
    from: Option<toml::Value>,
}

impl Wanted {
    /// Reads `NAME`, `NAME = "VERSION"`, `NAME = { ... }` or `./FOLDER`; a folder begins at the
    /// notebook's. `Err`: what is wrong with it.
    fn parse(argument: &str, folder: &Path) -> Result<Wanted, String> {
        if argument.starts_with(['.', '/']) {
            return Ok(Wanted {
                name: folder.join(argument).display().to_string(),
                from: None,
            });
        }
        let line = if argument.contains('=') {
            argument.to_owned()
        } else {
            format!("{argument} = \"*\"")
        };
        let table: BTreeMap<String, toml::Value> =
            toml::from_str(&line).map_err(|error| error.message().to_owned())?;
        let mut entries = table.into_iter();
        let (Some((name, mut from)), None) = (entries.next(), entries.next()) else {
            return Err(line);
        };
        match &mut from {
            toml::Value::String(_) => {}
            toml::Value::Table(table) => {
                if let Some(toml::Value::String(path)) = table.get_mut("path") {
                    *path = folder.join(&*path).display().to_string();
                }
            }
            other => return Err(format!("{name} = \"{other}\"")),
        }
        Ok(Wanted {
            name,
            from: Some(from),
        })
    }

    /// The folder it is to be built from, if it is not fetched.
    fn folder(&self) -> Option<&str> {
        match &self.from {
            None => Some(&self.name),
            Some(from) => from.get("path")?.as_str(),
        }
    }

    /// The line evcxr understands.
    fn line(&self) -> String {
        match &self.from {
            Some(from) => format!(":dep {} = {from}", self.name),
            None => format!(":dep {}", self.name),
        }
    }
}

/// cargo's complaint as a sentence that says what to do.
fn explained(tongue: Tongue, wanted: &Wanted, outcome: CellOutcome) -> CellOutcome {
    let CellOutcome::Error {
        ename,
        evalue,
        traceback,
    } = outcome
    else {
        return outcome;
    };
    if ename != "CompileError" {
        return CellOutcome::Error {
            ename,
            evalue,
            traceback,
        };
    }
    let said = without_chatter(&evalue);
    let mut arguments = vec![("name", wanted.name.as_str().into())];
    let sentence = if said.contains(NO_CRATE) {
        format(tongue, "dep-no-crate", &arguments)
    } else if let Some(candidates) = after(&said, CANDIDATES) {
        arguments.push(("candidates", candidates.into()));
        format(tongue, "dep-no-version", &arguments)
    } else if let Some(rest) = after(&said, NO_FEATURE) {
        let feature = rest.split('`').next().unwrap_or_default();
        arguments.push(("feature", feature.into()));
        format(tongue, "dep-no-feature", &arguments)
    } else if let (Some(folder), true) = (
        wanted.folder(),
        NO_FOLDER.iter().any(|sign| said.contains(sign)),
    ) {
        let folder = ("folder", folder.into());
        format(tongue, "dep-no-folder", &[folder])
    } else if UNREACHABLE.iter().any(|sign| said.contains(sign)) {
        format(tongue, "dep-no-network", &arguments)
    } else {
        arguments.push(("reason", said.as_str().into()));
        format(tongue, "dep-failed", &arguments)
    };
    let mut traceback = vec![sentence.clone()];
    if !sentence.contains(&said) {
        traceback.push(said.replace(DUMMY, "cell"));
    }
    CellOutcome::Error {
        ename: "DependencyError".to_owned(),
        evalue: sentence,
        traceback,
    }
}

fn without_chatter(said: &str) -> String {
    let is_chatter = |line: &str| CHATTER.iter().any(|word| line.trim().starts_with(word));
    let kept: Vec<&str> = said.lines().filter(|line| !is_chatter(line)).collect();
    let kept = kept.join("\n");
    let kept = kept.trim();
    kept.strip_prefix("error: ").unwrap_or(kept).to_owned()
}

/// The rest of the line behind this.
fn after<'a>(text: &'a str, sign: &str) -> Option<&'a str> {
    text.split_once(sign)?.1.lines().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(argument: &str) -> Result<String, String> {
        Wanted::parse(argument, Path::new("/lessons")).map(|wanted| wanted.line())
    }

    #[test]
    fn a_crate_is_asked_for_as_in_a_manifest() {
        assert_eq!(parse("regex").unwrap(), ":dep regex = \"*\"");
        assert_eq!(parse("regex = \"1\"").unwrap(), ":dep regex = \"1\"");
        assert_eq!(parse("./tide").unwrap(), ":dep /lessons/./tide");
        assert_eq!(
            parse("tide = { path = \"tide\" }").unwrap(),
            ":dep tide = { path = \"/lessons/tide\" }"
        );
        assert_eq!(
            parse("serde = { version = \"1\", features = [\"derive\"] }").unwrap(),
            ":dep serde = { features = [\"derive\"], version = \"1\" }"
        );
    }

    #[test]
    fn what_is_no_crate_is_told() {
        assert_eq!(parse("regex = 1").unwrap_err(), "regex = \"1\"");
        for wrong in [
            "reg ex",
            "regex = ",
            "= \"1\"",
            "regex = { version = \"1\"",
            "a.b = \"1\"\nc = \"2\"",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn cargos_complaints_become_sentences() {
        let wanted = Wanted::parse("boat = \"99\"", Path::new("/")).unwrap();
        let sentence = |said: &str| {
            let outcome = CellOutcome::Error {
                ename: "CompileError".to_owned(),
                evalue: said.to_owned(),
                traceback: Vec::new(),
            };
            let CellOutcome::Error { evalue, .. } = explained(Tongue::En, &wanted, outcome) else {
                panic!("an error stays one");
            };
            evalue
        };
        let said = "    Updating crates.io index\nerror: no matching package named `boat` found\n";
        assert!(
            sentence(said).contains("no crate `boat`"),
            "{}",
            sentence(said)
        );
        let said = format!("error: failed to select\n{CANDIDATES}1.2.0, 1.1.0\nlocation");
        assert!(sentence(&said).contains("1.2.0, 1.1.0"));
        let said = "error: failed\nCaused by:\n  Could not resolve host: index.crates.io";
        assert!(sentence(said).contains("network"), "{}", sentence(said));
        let said = "error: x\npackage `y` depends on `boat` with feature `sail` but `boat` does not have that feature.";
        assert!(sentence(said).contains("`sail`") && !sentence(said).contains("`y`"));
        assert!(sentence("error: something else").contains("something else"));
    }
}
