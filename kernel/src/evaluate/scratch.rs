//! The kernel's temporary folder. It is removed when the kernel ends; where it was killed, by the next one that starts.

use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::TempDir;

const PREFIX: &str = "weft-kernel-";
/// A file in the folder that is locked (`flock(2)`) while the kernel or a process it forked lives.
const MARK: &str = "alive";

/// A temporary folder, and the mark that its kernel lives.
pub(crate) struct Scratch {
    folder: TempDir,
    _mark: File,
}

impl Scratch {
    /// Makes a folder in `temporary`, and removes what killed kernels left there.
    pub(crate) fn new(temporary: &Path) -> io::Result<Scratch> {
        sweep(temporary);
        let folder = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempdir_in(temporary)?;
        let unlocked = folder.path().join("begun");
        let mark = File::create(&unlocked)?;
        // A file system without locks: the folder may stay behind, the kernel works.
        if mark.try_lock().is_ok() {
            // Only now: whoever sees the mark sees it locked.
            std::fs::rename(unlocked, folder.path().join(MARK))?;
        }
        Ok(Scratch {
            folder,
            _mark: mark,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Removes the folders of kernels that live no more. Those of other users, and those without a mark, are left alone.
fn sweep(temporary: &Path) {
    let Ok(entries) = std::fs::read_dir(temporary) else {
        return;
    };
    for entry in entries.flatten() {
        if !entry.file_name().to_string_lossy().starts_with(PREFIX) {
            continue;
        }
        let folder = entry.path();
        let Ok(mark) = File::open(folder.join(MARK)) else {
            continue;
        };
        if mark.try_lock().is_ok() {
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_kernel_left_is_removed_by_the_next_and_nothing_else() {
        let temporary = tempfile::tempdir().unwrap();
        let alive = Scratch::new(temporary.path()).unwrap();
        let dead = temporary.path().join("weft-kernel-dead");
        let other = temporary.path().join("weft-kernel-without-a-mark");
        for folder in [&dead, &other] {
            std::fs::create_dir(folder).unwrap();
        }
        std::fs::write(dead.join(MARK), "").unwrap();
        let next = Scratch::new(temporary.path()).unwrap();
        assert!(!dead.exists());
        assert!(other.exists() && alive.path().exists() && next.path().exists());
    }
}
