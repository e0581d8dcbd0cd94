//! Crates that are built from a folder, which may change while the notebook is open.
//!
//! When the source has changed, the crate is built again for the next cell, and it has to be *another* crate for the
//! compiler: variables of its types may be alive in the worker, and with the same identity their bytes would be taken
//! for what the new source says. cargo makes the identity of a crate from its profile too, so a number in the profile
//! that goes with the state of the source gives each state its own.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

/// So many files and folders of a crate are looked at.
const MOST_ENTRIES: usize = 4096;
/// What cargo writes beside the source.
const BUILT: &str = "target";
/// A setting that changes nothing for a crate of usual size: into how many parts it may be divided at most.
const NUMBER: &str = "codegen-units";
/// The number where nothing is known of the state (the Cargo Book on profiles: what cargo takes with `incremental`).
const LEAST: i64 = 256;
/// How many states there are.
const STATES: u64 = 60_000;

/// What stands in the profile for these dependencies.
pub(super) fn profile_of(dependencies: &toml::Table) -> toml::Table {
    let mut profile = toml::Table::new();
    for (name, wish) in dependencies {
        let Some(folder) = wish.get("path").and_then(toml::Value::as_str) else {
            continue;
        };
        let package = wish.get("package").and_then(toml::Value::as_str);
        let mut settings = toml::Table::new();
        let state = state_of(Path::new(folder)) % STATES;
        settings.insert(NUMBER.to_owned(), (LEAST + state as i64).into());
        let package = package.unwrap_or(name).to_owned();
        profile.insert(package, toml::Value::Table(settings));
    }
    profile
}

/// A number that goes with the names, sizes and times of the files in a folder.
fn state_of(folder: &Path) -> u64 {
    let mut state = 0_u64;
    let mut left = MOST_ENTRIES;
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let Ok(entries) = fs::read_dir(&next) else {
            continue;
        };
        for entry in entries.flatten().take(left) {
            left -= 1;
            let name = entry.file_name();
            if name == BUILT || name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let Ok(about) = entry.metadata() else {
                continue;
            };
            if about.is_dir() {
                folders.push(entry.path());
                continue;
            }
            let time = about.modified().ok();
            let time = time.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
            let mut hash = Sha256::new();
            hash.update(entry.path().as_os_str().as_encoded_bytes());
            hash.update(about.len().to_le_bytes());
            hash.update(time.unwrap_or_default().as_nanos().to_le_bytes());
            let digest = hash.finalize();
            let (first, _) = digest.split_first_chunk().unwrap_or((&[0; 8], &[]));
            // A sum, because folders are read in any order.
            state = state.wrapping_add(u64::from_le_bytes(*first));
        }
    }
    state
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_the_source_is_another_state_and_what_cargo_makes_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("src/deep")).unwrap();
        fs::write(at("src/deep/lib.rs"), "fn a() {}").unwrap();
        let first = state_of(folder.path());
        assert_eq!(state_of(folder.path()), first);
        fs::create_dir(at("target")).unwrap();
        fs::write(at("target/x"), "x").unwrap();
        fs::write(at(".hidden"), "x").unwrap();
        assert_eq!(state_of(folder.path()), first);
        fs::write(at("src/deep/lib.rs"), "fn ab() {}").unwrap();
        assert_ne!(state_of(folder.path()), first);
        assert_eq!(state_of(Path::new("/no/such/folder")), 0);
    }

    #[test]
    fn only_folders_have_a_state() {
        let wish = "regex = \"1\"\nreef = { path = \"/no/reef\" }\ncoral = { path = \"/no\", package = \"coral-rs\" }";
        let profile = profile_of(&wish.parse().unwrap());
        let names: Vec<&String> = profile.keys().collect();
        assert_eq!(names, ["coral-rs", "reef"]);
        assert_eq!(profile["reef"][NUMBER].as_integer(), Some(LEAST));
    }
}
