//! The folder of a grader, below the one the system has for temporary things.
//!
//! As long as a grader lives it holds a lock on its folder; when it is killed, the system lets go of the lock. So the
//! next one that starts can tell what nobody owns any more, and sweeps it. Invariant: whoever sweeps a folder has its
//! lock, and whoever works in one has had it since before anything was in it.

use nix::unistd::geteuid;
use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use tempfile::{Builder, TempDir};

/// Folders of earlier versions, which held no lock, have another name: they are left alone.
const PREFIX: &str = "weft-judging-";
/// So often in a row nobody else sweeps what is being made.
const ATTEMPTS: u32 = 100;

/// A folder that is gone with its owner, or at the latest when the next one starts.
#[derive(Debug)]
pub(crate) struct Workplace {
    folder: TempDir,
    /// Nothing where the file system knows no locks: then nobody can sweep there either.
    _lock: Option<File>,
}

impl Workplace {
    /// A new one; sweeps those whose owners are gone.
    pub(crate) fn new() -> io::Result<Workplace> {
        let place = std::env::temp_dir();
        sweep(&place)?;
        for _ in 0..ATTEMPTS {
            let folder = Builder::new()
                .prefix(PREFIX)
                .tempdir_in(&place)
                .map_err(unnamed)?;
            match lock(folder.path()) {
                Ok(lock) => {
                    return Ok(Workplace {
                        folder,
                        _lock: Some(lock),
                    });
                }
                // Another one that starts took it for nobody's, in the moment before it was locked.
                Err(Other::Owner) => {}
                Err(Other::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(Workplace {
                        folder,
                        _lock: None,
                    });
                }
                Err(Other::Error(error)) => return Err(error),
            }
        }
        Err(io::Error::other("others sweep every new folder"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// An error of the system as it was before a library wrote the path behind it, which hides what kind it is of.
pub(crate) fn unnamed(error: io::Error) -> io::Error {
    let code = match error.kind() {
        _ if error.raw_os_error().is_some() => return error,
        io::ErrorKind::NotFound => libc::ENOENT,
        io::ErrorKind::PermissionDenied => libc::EACCES,
        io::ErrorKind::NotADirectory => libc::ENOTDIR,
        io::ErrorKind::StorageFull => libc::ENOSPC,
        io::ErrorKind::QuotaExceeded => libc::EDQUOT,
        io::ErrorKind::ReadOnlyFilesystem => libc::EROFS,
        _ => return error,
    };
    io::Error::from_raw_os_error(code)
}

/// Why there is no lock.
enum Other {
    /// Somebody else has it, or the folder is gone or somebody else's.
    Owner,
    Error(io::Error),
}

/// The lock on a folder that is this user's, and still there once it is locked.
fn lock(folder: &Path) -> Result<File, Other> {
    let opened = File::options()
        .read(true)
        .custom_flags(libc::O_DIRECTORY | libc::O_NOFOLLOW)
        .open(folder);
    let Ok(opened) = opened else {
        return Err(Other::Owner);
    };
    let held = opened.metadata().map_err(Other::Error)?;
    if held.uid() != geteuid().as_raw() {
        return Err(Other::Owner);
    }
    match opened.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(Other::Owner),
        Err(TryLockError::Error(error)) => return Err(Other::Error(error)),
    }
    match fs::symlink_metadata(folder) {
        Ok(named) if (named.dev(), named.ino()) == (held.dev(), held.ino()) => Ok(opened),
        _ => Err(Other::Owner),
    }
}

/// Removes the folders whose owners are gone.
fn sweep(place: &Path) -> io::Result<()> {
    for entry in fs::read_dir(place)?.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if ours && let Ok(_lock) = lock(&entry.path()) {
            // What cannot be removed takes room, and hinders nobody.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_names_its_path_is_one_of_the_system_again() {
        let named = tempfile::tempdir_in("/nowhere").expect_err("no such folder");
        assert_eq!(named.raw_os_error(), None);
        assert_eq!(unnamed(named).raw_os_error(), Some(libc::ENOENT));
        let own = io::Error::other("nothing of the system's");
        assert_eq!(unnamed(own).to_string(), "nothing of the system's");
    }

    #[test]
    fn only_folders_of_this_user_that_nobody_holds_are_swept() {
        let place = tempfile::tempdir().expect("a folder");
        let made = |name: &str| {
            let folder = place.path().join(format!("{PREFIX}{name}"));
            fs::create_dir(&folder).expect("a folder");
            fs::write(folder.join("library"), "").expect("a file");
            folder
        };
        let (left, held, kept) = (made("left"), made("held"), place.path().join("kept"));
        fs::create_dir(&kept).expect("a folder");
        let file = place.path().join(format!("{PREFIX}file"));
        fs::write(&file, "").expect("a file");
        let link = place.path().join(format!("{PREFIX}link"));
        std::os::unix::fs::symlink(&kept, &link).expect("a link");
        let others = made("others");
        let is_root = geteuid().is_root();
        if is_root {
            std::os::unix::fs::chown(&others, Some(54321), None).expect("another owner");
        }
        let owner = lock(&held).ok().expect("the lock");
        for _ in 0..2 {
            sweep(place.path()).expect("a sweep");
            assert!(!left.exists());
            assert!(held.join("library").exists());
            assert!(kept.exists() && file.exists() && link.is_symlink());
            // Only root can give a folder away.
            assert_eq!(others.join("library").exists(), is_root);
        }
        drop(owner);
        sweep(place.path()).expect("a sweep");
        assert!(!held.exists());
    }
}
