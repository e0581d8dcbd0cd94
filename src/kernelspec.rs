//! Kernelspecs: where Jupyter looks for them, what ours says, and how it comes and goes.
//!
//! The invariant: `remove` undoes exactly what `write` did. `write` leaves a record beside
//! `kernel.json` that says how many folders it had to create; `remove` takes away the files Weft
//! wrote and, as long as they are empty, as many folders. A kernelspec that is not Weft's is
//! neither overwritten nor removed.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::failure::{Exit, Failure};

/// The name under which Jupyter knows the kernel.
pub const DEFAULT_NAME: &str = "weft";

const RECORD: &str = "weft-install.json";
const LOGO: (&str, &[u8]) = ("logo-svg.svg", include_bytes!("logo.svg"));

/// What `write` has to remember for `remove`.
#[derive(Serialize, Deserialize)]
struct Record {
    weft: String,
    /// How many folders did not exist before, the kernelspec's own included.
    created_folders: usize,
}

/// A name Jupyter accepts for a kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KernelName(String);

impl KernelName {
    /// Checks a name: letters, digits, dot, hyphen and underscore, as Jupyter has it.
    pub fn parse(name: &str) -> Result<KernelName, Failure> {
        let legal = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
        if name.is_empty() || name.starts_with('.') || name.len() > 100 || !name.chars().all(legal)
        {
            return Err(Failure::usage("error-kernel-name").with("name", name.to_owned()));
        }
        Ok(KernelName(name.to_ascii_lowercase()))
    }
}

/// The user's Jupyter data folder, from environment variables.
pub fn user_data_folder(get: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let folder = |name: &str| {
        get(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    folder("JUPYTER_DATA_DIR")
        .or_else(|| folder("XDG_DATA_HOME").map(|data| data.join("jupyter")))
        .or_else(|| folder("HOME").map(|home| home.join(".local/share/jupyter")))
}

/// The Jupyter data folder of an installation prefix.
pub fn prefix_data_folder(prefix: &Path) -> PathBuf {
    prefix.join("share/jupyter")
}

/// The folder of the kernelspec `name` below a Jupyter data folder.
pub fn folder(data: &Path, name: &KernelName) -> PathBuf {
    data.join("kernels").join(&name.0)
}

/// What `kernel.json` says, for this program and this environment.
pub fn kernel_json(program: &Path, get: impl Fn(&str) -> Option<OsString>) -> serde_json::Value {
    // Jupyter is often started from a desktop, where the shell's PATH with cargo in it is not set.
    let env: serde_json::Map<String, serde_json::Value> = ["PATH", "CARGO_HOME", "RUSTUP_HOME"]
        .into_iter()
        .filter_map(|name| {
            let value = get(name)?.into_string().ok()?;
            (!value.is_empty()).then(|| (name.to_owned(), value.into()))
        })
        .collect();
    json!({
        "argv": [program, "kernel", "-f", "{connection_file}"],
        "display_name": "Rust (Weft)",
        "language": "rust",
        "interrupt_mode": "message",
        "env": env,
        "metadata": { "debugger": false },
    })
}

/// Writes the kernelspec; gives the paths written.
pub fn write(folder: &Path, kernel_json: &serde_json::Value) -> Result<Vec<PathBuf>, Failure> {
    if folder.join("kernel.json").exists() && !is_ours(folder) {
        return Err(
            Failure::usage("error-kernelspec-foreign").with("path", folder.display().to_string())
        );
    }
    // Writing again must not forget what the first time created.
    let created_folders = match read_record(folder) {
        Some(record) => record.created_folders,
        None => missing_folders(folder),
    };
    fs::create_dir_all(folder).map_err(|error| Failure::folder(folder, &error))?;
    let record = Record {
        weft: env!("CARGO_PKG_VERSION").to_owned(),
        created_folders,
    };
    let pretty = |value| serde_json::to_vec_pretty(value).unwrap_or_default();
    let files = [
        // First, so that a half-written kernelspec can be removed.
        (RECORD, pretty(&json!(record))),
        (LOGO.0, LOGO.1.to_vec()),
        ("kernel.json", pretty(kernel_json)),
    ];
    let mut written = Vec::new();
    for (name, content) in files {
        let path = folder.join(name);
        fs::write(&path, content).map_err(|error| Failure::file(&path, &error))?;
        written.push(path);
    }
    Ok(written)
}

/// Removes the kernelspec; gives the paths removed.
pub fn remove(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let spec = folder.join("kernel.json");
    if !spec.exists() && read_record(folder).is_none() {
        return Err(Failure::new(Exit::Failed, "error-not-installed")
            .with("path", folder.display().to_string()));
    }
    if !is_ours(folder) {
        return Err(
            Failure::usage("error-kernelspec-foreign").with("path", folder.display().to_string())
        );
    }
    let created = read_record(folder).map_or(1, |record| record.created_folders);
    let mut removed = Vec::new();
    for name in ["kernel.json", LOGO.0, RECORD] {
        let path = folder.join(name);
        match fs::remove_file(&path) {
            Ok(()) => removed.push(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Failure::file(&path, &error)),
        }
    }
    for folder in folder.ancestors().take(created) {
        // What somebody else has put there stays.
        match fs::remove_dir(folder) {
            Ok(()) => removed.push(folder.to_owned()),
            Err(_) => break,
        }
    }
    Ok(removed)
}

fn read_record(folder: &Path) -> Option<Record> {
    serde_json::from_slice(&fs::read(folder.join(RECORD)).ok()?).ok()
}

/// Whether the kernelspec in this folder starts a `weft kernel`.
pub fn is_ours(folder: &Path) -> bool {
    if read_record(folder).is_some() {
        return true;
    }
    let Ok(content) = fs::read(folder.join("kernel.json")) else {
        return false;
    };
    let spec: serde_json::Value = serde_json::from_slice(&content).unwrap_or_default();
    spec["argv"][0].as_str().is_some_and(|program| {
        Path::new(program)
            .file_stem()
            .is_some_and(|stem| stem == "weft")
    }) && spec["argv"][1] == "kernel"
}

fn missing_folders(folder: &Path) -> usize {
    folder.ancestors().take_while(|part| !part.exists()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<OsString> + 'a {
        |name| {
            pairs
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| OsString::from(value))
        }
    }

    fn temporary(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("weft-spec-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        path
    }

    fn tree(folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(tree(&path));
            }
            found.push(path);
        }
        found.sort();
        found
    }

    fn name(name: &str) -> KernelName {
        KernelName::parse(name).unwrap()
    }

    #[test]
    fn the_users_folder_follows_jupyters_own_rules() {
        let folder = |pairs: &[(&str, &str)]| user_data_folder(environment(pairs));
        assert_eq!(
            folder(&[("HOME", "/h")]),
            Some("/h/.local/share/jupyter".into())
        );
        assert_eq!(
            folder(&[("HOME", "/h"), ("XDG_DATA_HOME", "/x")]),
            Some("/x/jupyter".into())
        );
        assert_eq!(
            folder(&[("JUPYTER_DATA_DIR", "/j"), ("XDG_DATA_HOME", "/x")]),
            Some("/j".into())
        );
        assert_eq!(
            folder(&[("JUPYTER_DATA_DIR", ""), ("HOME", "/h")]),
            Some("/h/.local/share/jupyter".into())
        );
        assert_eq!(folder(&[]), None);
    }

    #[test]
    fn the_spec_starts_this_program_and_records_where_cargo_is() {
        let spec = kernel_json(
            Path::new("/opt/weft"),
            environment(&[("PATH", "/a:/b"), ("CARGO_HOME", "/c"), ("RUSTUP_HOME", "")]),
        );
        assert_eq!(
            spec["argv"],
            json!(["/opt/weft", "kernel", "-f", "{connection_file}"])
        );
        assert_eq!(spec["interrupt_mode"], "message");
        assert_eq!(spec["env"], json!({"PATH": "/a:/b", "CARGO_HOME": "/c"}));
    }

    #[test]
    fn removing_leaves_everything_as_it_was() {
        let root = temporary("inverse");
        fs::create_dir_all(root.join("share")).unwrap();
        let before = tree(&root);
        let folder = folder(&prefix_data_folder(&root), &name("weft"));
        let written = write(&folder, &json!({})).unwrap();
        assert!(written.iter().all(|path| path.exists()));
        // A second time must not forget what the first created.
        write(&folder, &json!({})).unwrap();
        remove(&folder).unwrap();
        assert_eq!(tree(&root), before);
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn what_others_put_beside_ours_stays() {
        let root = temporary("beside");
        let data = prefix_data_folder(&root);
        let ours = folder(&data, &name("weft"));
        write(&ours, &json!({})).unwrap();
        let theirs = data.join("kernels/other/kernel.json");
        fs::create_dir_all(theirs.parent().unwrap()).unwrap();
        fs::write(&theirs, "{}").unwrap();
        remove(&ours).unwrap();
        assert!(!ours.exists());
        assert!(theirs.exists());
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_foreign_kernelspec_is_neither_overwritten_nor_removed() {
        let root = temporary("foreign");
        let folder = folder(&root, &name("python3"));
        fs::create_dir_all(&folder).unwrap();
        let theirs = r#"{"argv": ["python", "-m", "ipykernel_launcher"]}"#;
        fs::write(folder.join("kernel.json"), theirs).unwrap();
        for outcome in [write(&folder, &json!({})), remove(&folder)] {
            match outcome {
                Err(Failure::Said { id, .. }) => assert_eq!(id, "error-kernelspec-foreign"),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(
            fs::read_to_string(folder.join("kernel.json")).unwrap(),
            theirs
        );
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn names_that_would_leave_the_folder_are_refused() {
        for bad in ["", "..", "a/b", "../x", "a b", ".hidden", "نخ"] {
            assert!(KernelName::parse(bad).is_err(), "{bad:?}");
        }
        assert_eq!(name("Weft-2.0"), KernelName("weft-2.0".to_owned()));
    }
}
