//! Boxes: what a student wrote is compiled and run in one, and nothing gets out but what the grader asked for.
//!
//! | Layer | What it holds | Where |
//! |---|---|---|
//! | [`bubblewrap`] | processes, network, mounts: a box sees only its own | from outside |
//! | [`landlock`] | which files may be read, written, executed | from inside |
//! | [`seccomp`] | which system calls may be made | from inside |
//! | [`limits`] | brakes for each process | from inside |
//! | [`cgroup`] | memory and processes of the whole box, counted | from outside, where delegated |
//! | [`watch`] | the same, measured, where nothing counts | from outside |
//!
//! [`first`] is the process inside that applies the inner layers; [`escape`] tries to get out. Invariants: a box has
//! no place to write but a bounded `/tmp`; two boxes share nothing that can be written; when a box is dropped, every
//! process in it is gone; a layer that is missing is refused unless [`Policy::TrustStudents`] was said.

pub mod bubblewrap;
pub mod cgroup;
mod chamber;
pub mod escape;
pub mod first;
pub mod landlock;
mod level;
pub mod limits;
pub mod orders;
pub mod seccomp;
pub mod watch;

pub use bubblewrap::View;
pub use chamber::Chamber;
pub use level::Level;
pub use limits::ProcessLimits;
pub use seccomp::Calls;

use cgroup::{Delegated, Group};
use nix::sys::socket::{
    AddressFamily, SockFlag, SockType, setsockopt, socketpair, sockopt::PassCred,
};
use orders::{Order, Report, Restraints};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;
use tempfile::TempDir;

/// How long a box may take to begin, and its first process to obey.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What is done where a layer is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Policy {
    /// Nothing is run.
    Strict,
    /// It is run all the same, and every report says so.
    TrustStudents,
}

/// A layer that can be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// The program `bwrap` (Debian: `bubblewrap`), and permission for what it does.
    Bubblewrap,
    /// Landlock: Linux 5.13 with `lsm=landlock`.
    Landlock,
    /// Filters of system calls: a kernel with `CONFIG_SECCOMP_FILTER`.
    Seccomp,
    /// A delegated control group of version 2. Without it measuring takes its place.
    Cgroup,
}

impl Layer {
    /// The word for it in reports; the same as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Layer::Bubblewrap => "bubblewrap",
            Layer::Landlock => "landlock",
            Layer::Seccomp => "seccomp",
            Layer::Cgroup => "cgroup",
        }
    }
}

/// Why there is no box.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// A layer is missing.
    #[error(
        "the sandbox lacks {}: install what is missing, or trust the students explicitly", names(.layers)
    )]
    Missing {
        /// Which.
        layers: Vec<Layer>,
        /// What was said when bubblewrap was tried, where it is installed.
        told: Option<String>,
    },
    /// The filter of system calls could not be made.
    #[error("the filter of system calls: {0}")]
    Filter(String),
    /// The box did not begin.
    #[error("the box did not begin ({stage}): {told}")]
    Begin {
        /// What was expected.
        stage: &'static str,
        /// What its program said.
        told: String,
    },
    /// The first process refused an order.
    #[error("the box refused: {0}")]
    Refused(String),
    /// The box is gone or does not answer.
    #[error("the box does not answer")]
    Gone,
    /// The system refused something.
    #[error("the box")]
    System(#[from] io::Error),
}

impl From<nix::Error> for SandboxError {
    fn from(error: nix::Error) -> Self {
        SandboxError::System(error.into())
    }
}

fn names(layers: &[Layer]) -> String {
    let names: Vec<String> = layers
        .iter()
        .map(|layer| format!("{layer:?}").to_lowercase())
        .collect();
    names.join(", ")
}

/// The program that is the first process of each box, and the arguments that make it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helper {
    /// Where it is.
    pub program: PathBuf,
    /// Its arguments; one more is added.
    pub arguments: Vec<String>,
}

/// What a box is for, and its bounds.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What it sees.
    pub view: View,
    /// What its programs may call.
    pub calls: Calls,
    /// What each of its processes may use.
    pub limits: ProcessLimits,
    /// Memory of all together, in bytes.
    pub memory: u64,
    /// The most files in `/tmp`.
    pub files: u64,
}

/// Makes boxes.
#[derive(Debug)]
pub struct Sandbox {
    helper: Helper,
    policy: Policy,
    bubblewrap: Option<PathBuf>,
    told: Option<String>,
    root: bool,
    landlock: bool,
    seccomp: bool,
    delegated: Option<Delegated>,
    uids: Mutex<BTreeSet<u32>>,
}

impl Sandbox {
    /// Finds out which layers this machine has.
    pub fn new(helper: Helper, policy: Policy) -> Result<Sandbox, SandboxError> {
        Sandbox::with(helper, policy, bubblewrap::find(), Delegated::find())
    }

    /// As [`new`](Sandbox::new), with this bubblewrap or none, and with groups in this folder or none.
    pub fn with(
        helper: Helper,
        policy: Policy,
        bubblewrap: Option<PathBuf>,
        delegated: Option<Delegated>,
    ) -> Result<Sandbox, SandboxError> {
        let mut sandbox = Sandbox {
            helper,
            policy,
            bubblewrap,
            told: None,
            root: nix::unistd::geteuid().is_root(),
            landlock: landlock::is_there(),
            // SAFETY: asks for a state.
            seccomp: unsafe { libc::prctl(libc::PR_GET_SECCOMP, 0, 0, 0, 0) } >= 0,
            delegated,
            uids: Mutex::default(),
        };
        if sandbox.bubblewrap.is_some()
            && let Err(error) = sandbox.trial()
        {
            // Root in a container may be root without the permissions of root.
            let as_root = std::mem::take(&mut sandbox.root);
            if !as_root || sandbox.trial().is_err() {
                sandbox.root = as_root;
                sandbox.bubblewrap = None;
                sandbox.told = Some(error.to_string());
            }
        }
        let missing = sandbox.missing();
        let refused: Vec<Layer> = missing
            .into_iter()
            .filter(|layer| *layer != Layer::Cgroup)
            .collect();
        if !refused.is_empty() && policy == Policy::Strict {
            return Err(SandboxError::Missing {
                layers: refused,
                told: sandbox.told,
            });
        }
        Ok(sandbox)
    }

    /// The layers this machine lacks.
    pub fn missing(&self) -> Vec<Layer> {
        let layers = [
            (Layer::Bubblewrap, self.bubblewrap.is_some()),
            (Layer::Landlock, self.landlock),
            (Layer::Seccomp, self.seccomp),
            (Layer::Cgroup, self.delegated.is_some()),
        ];
        layers
            .into_iter()
            .filter(|(_, there)| !there)
            .map(|(layer, _)| layer)
            .collect()
    }

    /// Why bubblewrap makes no box here although it is installed, in its own words.
    pub fn told(&self) -> Option<&str> {
        self.told.as_deref()
    }

    /// What was said about missing layers.
    pub fn policy(&self) -> Policy {
        self.policy
    }

    /// Where in a box a readable thing is: without bubblewrap it is where it is.
    pub fn place(&self, view: &View, outside: &std::path::Path) -> PathBuf {
        view.readable
            .iter()
            .filter(|_| self.bubblewrap.is_some())
            .find(|(from, _)| from == outside)
            .map_or(outside, |(_, to)| to)
            .to_owned()
    }

    /// Opens a box with all that any stage needs: where a container's engine masks parts of `/proc`, only such a box fails.
    fn trial(&self) -> Result<(), SandboxError> {
        self.open(&Plan {
            view: View {
                readable: Vec::new(),
                scratch: Some(1 << 20),
                proc: true,
            },
            calls: Calls {
                anonymous_files: false,
                sleep: true,
            },
            limits: ProcessLimits {
                cpu_s: 1,
                memory: 1 << 30,
                file: 0,
                threads: 10,
                descriptors: 64,
            },
            memory: 1 << 30,
            files: 0,
        })
        .map(drop)
    }

    /// Opens a box.
    pub fn open(&self, plan: &Plan) -> Result<Chamber, SandboxError> {
        let (ours, theirs) = socketpair(
            AddressFamily::Unix,
            SockType::SeqPacket,
            None,
            SockFlag::SOCK_CLOEXEC,
        )?;
        setsockopt(&ours, PassCred, &true)?;
        let uid = self.root.then(|| self.fresh_uid());
        let folder = match (&self.bubblewrap, plan.view.scratch) {
            (None, Some(_)) => Some(own_folder(uid)?),
            _ => None,
        };
        let group = self
            .delegated
            .as_ref()
            // The first process is in the group, too. A box without one says so: its runs are measured, not counted.
            .and_then(|delegated| delegated.group(plan.memory, plan.limits.threads + 4).ok());
        let mut words = self.helper.arguments.clone();
        words.push(theirs.as_raw_fd().to_string());
        let mut command = match &self.bubblewrap {
            Some(bubblewrap) => {
                let mut command = Command::new(bubblewrap);
                command.args(bubblewrap::arguments(
                    &plan.view,
                    &self.helper.program,
                    &words,
                    self.root,
                ));
                command
            }
            None => {
                let mut command = Command::new(&self.helper.program);
                command.args(&words).current_dir("/");
                command
            }
        };
        command
            .env_clear()
            // A Ctrl-C in the terminal is for the grader: what is being judged is judged to its end.
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let door = group.as_ref().map(Group::door).transpose()?;
        let socket = theirs.as_raw_fd();
        // SAFETY: between fork and exec only system calls are made, on descriptors that stay open until then.
        unsafe {
            command.pre_exec(move || {
                if let Some(door) = &door
                    && libc::write(door.as_raw_fd(), b"0".as_ptr().cast(), 1) != 1
                {
                    return Err(io::Error::last_os_error());
                }
                match libc::fcntl(socket, libc::F_SETFD, 0) {
                    0 => Ok(()),
                    _ => Err(io::Error::last_os_error()),
                }
            });
        }
        let process = command.spawn()?;
        drop(command);
        drop(theirs);
        let mut chamber = Chamber {
            process,
            socket: ours,
            first: 0,
            group,
            uid,
            folder,
            contained: self.bubblewrap.is_some(),
        };
        match chamber.hear(PATIENCE) {
            Ok(Some(Report::Ready { .. })) => {}
            _ => {
                return Err(SandboxError::Begin {
                    stage: "its first process",
                    told: chamber.last_words(),
                });
            }
        }
        let path = |place: &PathBuf| place.display().to_string();
        let mut readable: Vec<String> =
            ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/dev"]
                .map(str::to_owned)
                .into();
        readable.extend(["/etc/ld.so.cache", bubblewrap::FIRST].map(str::to_owned));
        if self.bubblewrap.is_some() {
            readable.extend(plan.view.readable.iter().map(|(_, to)| path(to)));
        } else {
            readable.extend(plan.view.readable.iter().map(|(from, _)| path(from)));
            readable.push(path(&self.helper.program));
        }
        if plan.view.proc {
            readable.push("/proc".to_owned());
        }
        let mut writable: Vec<String> = ["/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"]
            .map(str::to_owned)
            .into();
        if plan.view.scratch.is_some() {
            writable.push(chamber.scratch().to_owned());
        }
        let mut limits = plan.limits;
        if !self.root {
            // The user's limit counts the first process as well.
            limits.threads += 1;
        }
        chamber.say(&Order::Prepare(Restraints {
            uid,
            readable,
            writable,
            landlock: self.landlock,
            filters: if self.seccomp {
                seccomp::filters(plan.calls)?
            } else {
                Vec::new()
            },
            limits: limits.numbered(),
            watched: plan
                .view
                .scratch
                // The machine's own disk is not ours to watch.
                .filter(|_| self.bubblewrap.is_some())
                // A page less: a full folder has no room for one more page.
                .map(|bytes| ("/tmp".to_owned(), bytes.saturating_sub(4096), plan.files)),
        }))?;
        Ok(chamber)
    }

    /// A user id that no user and no other box of this grader has.
    fn fresh_uid(&self) -> u32 {
        const FIRST: u32 = 1_600_000_000;
        const COUNT: u32 = 1 << 28;
        // Boxes of so long ago are gone.
        const MOST: usize = 100_000;
        let mut uids = self.uids.lock().unwrap_or_else(|lock| lock.into_inner());
        let mut bytes = [0; 4];
        // Without random bytes the first free one is taken.
        let _ = random(&mut bytes);
        let mut uid = FIRST + u32::from_le_bytes(bytes) % COUNT;
        while uids.contains(&uid) {
            uid += 1;
        }
        if uids.len() > MOST {
            uids.clear();
        }
        uids.insert(uid);
        uid
    }
}

/// Without bubblewrap a box has no `/tmp` of its own, but a folder.
fn own_folder(uid: Option<u32>) -> io::Result<TempDir> {
    let folder = tempfile::Builder::new().prefix("weft-box-").tempdir()?;
    if uid.is_some() {
        std::os::unix::fs::chown(folder.path(), uid, uid)?;
    }
    Ok(folder)
}

/// Fills with random bytes of the system.
pub(crate) fn random(bytes: &mut [u8]) -> io::Result<()> {
    // SAFETY: the buffer is ours and has the length that is given.
    let got = unsafe { libc::getrandom(bytes.as_mut_ptr().cast(), bytes.len(), 0) };
    if got == bytes.len() as isize {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}
