//! What rustc said and made for a cell, kept: the same source for the same compiler gives the same shared object.
//!
//! A notebook that is restarted and run again compiles nothing. The folder is shared by all kernels of a user. An
//! entry is one file, written under another name and then renamed, so nobody reads a half; it begins with a checksum
//! of the rest, so a damaged one is compiled again and never loaded. The folder is bounded: the entries that nobody
//! has used for longest go first. Where the folder cannot be used, everything is compiled.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::library;

/// All entries together may take so many bytes.
const ROOM: u64 = 512 << 20;
/// Bytes of the checksum before an entry.
const CHECKSUM: usize = 32;
/// So many entries are made until somebody looks whether there are too many.
const LOOK_EVERY: u8 = 16;

/// The folder.
pub(super) struct Cache {
    folder: PathBuf,
    room: u64,
}

/// Names an entry.
pub(super) struct Key(String);

impl Key {
    /// The key of this compilation: the source, every argument, and the state of each file the compiler is told to
    /// link.
    pub(super) fn of(command: &Command, source: &str) -> Key {
        let mut hash = Sha256::new();
        let mut add = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        add(env!("CARGO_PKG_VERSION").as_bytes());
        add(source.as_bytes());
        add(command.get_program().as_encoded_bytes());
        for argument in command.get_args() {
            add(argument.as_encoded_bytes());
            add(&state_of_file_in(argument));
        }
        Key(hex::encode(&hash.finalize()[..20]))
    }
}

/// Size and time of the file in `name=path`; nothing for other arguments.
pub(super) fn state_of_file_in(argument: &OsStr) -> Vec<u8> {
    let state = argument
        .to_str()
        .and_then(|argument| argument.split_once('='))
        .and_then(|(_, path)| fs::metadata(path).ok())
        .filter(fs::Metadata::is_file);
    let Some(state) = state else {
        return Vec::new();
    };
    let time = state
        .modified()
        .ok()
        .and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok())
        .unwrap_or_default();
    format!("{} {}", state.len(), time.as_nanos()).into_bytes()
}

/// What a compilation gave.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Outcome {
    /// The compiler's exit code.
    pub(super) code: i32,
    /// What it said.
    pub(super) said: String,
    /// What it made; empty where it failed.
    #[serde(skip)]
    pub(super) object: Vec<u8>,
}

impl Cache {
    /// The user's cache, if it can be used.
    pub(super) fn of_user() -> Option<Cache> {
        Cache::in_folder(library::cache_folder().ok()?.join("compiled"), ROOM)
    }

    fn in_folder(folder: PathBuf, room: u64) -> Option<Cache> {
        fs::create_dir_all(&folder).ok()?;
        Some(Cache { folder, room })
    }

    /// What was kept, if it is whole.
    pub(super) fn fetch(&self, key: &Key) -> Option<Outcome> {
        let path = self.folder.join(&key.0);
        let outcome = decode(&fs::read(&path).ok()?)?;
        // Used now: others go first. Only the order depends on it.
        let touched = fs::File::options().append(true).open(&path);
        let _ = touched.and_then(|file| file.set_modified(SystemTime::now()));
        Some(outcome)
    }

    /// Keeps an outcome. That it could not be kept is no reason for a cell to fail.
    pub(super) fn keep(&self, key: &Key, outcome: &Outcome) {
        let written = || -> io::Result<()> {
            let new = tempfile::NamedTempFile::new_in(&self.folder)?;
            fs::write(new.path(), encode(outcome)?)?;
            new.persist(self.folder.join(&key.0))?;
            Ok(())
        };
        if let Err(error) = written() {
            tracing::debug!("a compiled cell was not kept: {error}");
        }
        if key.0.as_bytes()[0].is_multiple_of(LOOK_EVERY) {
            self.make_room();
        }
    }

    /// Removes what was not used for longest, until the rest has room.
    fn make_room(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        let mut found: Vec<(SystemTime, u64, PathBuf)> = entries
            .flatten()
            .filter_map(|entry| {
                let about = entry.metadata().ok()?;
                Some((about.modified().ok()?, about.len(), entry.path()))
            })
            .collect();
        found.sort();
        let mut taken: u64 = found.iter().map(|(_, size, _)| size).sum();
        for (_, size, path) in found {
            if taken <= self.room {
                return;
            }
            // Another kernel may have removed it.
            let _ = fs::remove_file(path);
            taken -= size;
        }
    }
}

fn encode(outcome: &Outcome) -> io::Result<Vec<u8>> {
    let head = serde_json::to_vec(outcome)?;
    let mut rest = (head.len() as u64).to_le_bytes().to_vec();
    rest.extend_from_slice(&head);
    rest.extend_from_slice(&outcome.object);
    let mut entry = Sha256::digest(&rest).to_vec();
    entry.append(&mut rest);
    Ok(entry)
}

fn decode(entry: &[u8]) -> Option<Outcome> {
    let (checksum, rest) = entry.split_at_checked(CHECKSUM)?;
    if Sha256::digest(rest).as_slice() != checksum {
        return None;
    }
    let (length, rest) = rest.split_first_chunk::<8>()?;
    let (head, object) =
        rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    let mut outcome: Outcome = serde_json::from_slice(head).ok()?;
    outcome.object = object.to_vec();
    Some(outcome)
}

/// Writes a file anew.
pub(super) fn replace_file(path: &Path, content: &[u8]) -> io::Result<()> {
    // The old file may be mapped into a worker: it keeps its content under no name.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::write(path, content)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cache(room: u64) -> (tempfile::TempDir, Cache) {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::in_folder(folder.path().join("compiled"), room).unwrap();
        (folder, cache)
    }

    fn made(size: usize) -> Outcome {
        Outcome {
            code: 0,
            said: "{}".to_owned(),
            object: vec![7; size],
        }
    }

    fn key(name: &str) -> Key {
        Key::of(&Command::new("rustc"), name)
    }

    #[test]
    fn what_was_kept_comes_back() {
        let (_folder, cache) = cache(ROOM);
        assert_eq!(cache.fetch(&key("a")), None);
        cache.keep(&key("a"), &made(1000));
        assert_eq!(cache.fetch(&key("a")), Some(made(1000)));
        assert_eq!(cache.fetch(&key("b")), None);
    }

    #[test]
    fn a_damaged_entry_is_none() {
        let (_folder, cache) = cache(ROOM);
        cache.keep(&key("a"), &made(1000));
        let path = cache.folder.join(&key("a").0);
        let whole = fs::read(&path).unwrap();
        for length in [0, 10, 40, whole.len() - 1] {
            fs::write(&path, &whole[..length]).unwrap();
            assert_eq!(cache.fetch(&key("a")), None, "cut at {length}");
        }
        for place in [0, CHECKSUM, CHECKSUM + 8, whole.len() - 1] {
            let mut wrong = whole.clone();
            wrong[place] ^= 1;
            fs::write(&path, wrong).unwrap();
            assert_eq!(cache.fetch(&key("a")), None, "wrong at {place}");
        }
    }

    #[test]
    fn what_was_not_used_for_longest_goes_first() {
        let (_folder, cache) = cache(3 * 1200);
        let names = ["a", "b", "c", "d"];
        for (age, name) in names.iter().enumerate() {
            cache.keep(&key(name), &made(1000));
            let file = fs::File::options()
                .append(true)
                .open(cache.folder.join(&key(name).0))
                .unwrap();
            let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1000 + age as u64);
            file.set_modified(time).unwrap();
        }
        assert!(cache.fetch(&key("a")).is_some(), "used just now");
        cache.make_room();
        assert_eq!(
            names.map(|name| cache.fetch(&key(name)).is_some()),
            [true, false, true, true]
        );
    }

    #[test]
    fn a_library_that_changed_has_another_key() {
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("libtide.rlib");
        let key = || {
            let mut command = Command::new("rustc");
            command.arg(format!("tide={}", library.display()));
            Key::of(&command, "fn main() {}").0
        };
        fs::write(&library, "one").unwrap();
        let before = key();
        assert_eq!(before, key());
        fs::write(&library, "longer").unwrap();
        assert_ne!(before, key());
    }
}
