//! The layer of namespaces: a box sees its own processes, its own loopback, and the folders that were put into it.
//!
//! Bubblewrap makes it. As root no user namespace is needed, and each program gets a user id that exists nowhere
//! else; without root the box has a user namespace of its own, in which limits are counted for it alone.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What a box sees of the machine, and what it has besides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Folders and files to read, and where they are in the box.
    pub readable: Vec<(PathBuf, PathBuf)>,
    /// Bytes for `/tmp`; without it there is no place to write.
    pub scratch: Option<u64>,
    /// Whether it has a `/proc` with its own processes.
    pub proc: bool,
}

/// Where the box's first process finds itself.
pub(super) const FIRST: &str = "/weft/first";

/// Where bubblewrap is.
pub fn find() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join("bwrap"))
        .find(|program| program.is_file())
}

/// The folders that programs need that are linked to the system's libraries, as they are on this machine.
fn system() -> Vec<OsString> {
    let mut arguments: Vec<OsString> = vec!["--dir".into(), "/etc".into()];
    for folder in ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32"] {
        let path = Path::new(folder);
        match path.read_link() {
            Ok(target) => arguments.extend(["--symlink".into(), target.into(), folder.into()]),
            Err(_) if path.is_dir() => {
                arguments.extend(["--ro-bind".into(), folder.into(), folder.into()]);
            }
            Err(_) => {}
        }
    }
    // Finding libraries is slow without it.
    let cache = "/etc/ld.so.cache";
    arguments.extend(["--ro-bind-try".into(), cache.into(), cache.into()]);
    arguments
}

/// The arguments that make the box and start its first process.
pub(super) fn arguments(
    view: &View,
    first: &Path,
    first_arguments: &[String],
    root: bool,
) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = Vec::new();
    let mut say = |words: &[&str]| arguments.extend(words.iter().map(OsString::from));
    say(&[
        "--unshare-pid",
        "--unshare-net",
        "--unshare-ipc",
        "--unshare-uts",
    ]);
    say(&[
        "--unshare-cgroup-try",
        "--die-with-parent",
        "--new-session",
        "--as-pid-1",
    ]);
    say(&["--hostname", "box", "--clearenv", "--cap-drop", "ALL"]);
    if root {
        // For the first process: to become the box's user, to end what runs, and to write where that user reads.
        for capability in ["CAP_SETUID", "CAP_SETGID", "CAP_KILL", "CAP_DAC_OVERRIDE"] {
            say(&["--cap-add", capability]);
        }
    } else {
        say(&["--unshare-user"]);
    }
    arguments.extend(system());
    let mut say = |words: &[&str]| arguments.extend(words.iter().map(OsString::from));
    // A folder that is made on the way to something else can be entered by nobody but root.
    for folder in ["/dev", "/weft"] {
        say(&["--dir", folder]);
    }
    for device in ["/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"] {
        say(&["--dev-bind", device, device]);
    }
    if view.proc {
        say(&["--proc", "/proc"]);
    }
    if let Some(bytes) = view.scratch {
        say(&[
            "--perms",
            "1777",
            "--size",
            &bytes.to_string(),
            "--tmpfs",
            "/tmp",
        ]);
    }
    for (from, to) in &view.readable {
        arguments.extend(["--ro-bind".into(), from.into(), to.into()]);
    }
    arguments.extend(["--ro-bind".into(), first.into(), FIRST.into()]);
    let mut say = |words: &[&str]| arguments.extend(words.iter().map(OsString::from));
    say(&["--remount-ro", "/", "--chdir", "/", "--", FIRST]);
    arguments.extend(first_arguments.iter().map(OsString::from));
    arguments
}
