//! A folder and an environment that belong to one test.

use super::{MINUTE, Python, Step, repository, weft, workshop};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// A scratch folder with its own home, Jupyter folders and language.
///
/// It is removed when the test passes and kept, for looking at, when it fails.
pub struct Scratch {
    folder: PathBuf,
    tag: String,
    environment: BTreeMap<OsString, OsString>,
}

impl Scratch {
    /// An empty folder called after the test.
    pub fn new(name: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let tag = format!("{name}-{}-{number}", std::process::id());
        let folder = workshop().join("scratch").join(&tag);
        fs::create_dir_all(&folder).expect("a scratch folder can be made");
        let mut scratch = Scratch {
            environment: BTreeMap::new(),
            folder,
            tag,
        };
        scratch.isolate();
        scratch
    }

    /// The user's own settings, Jupyter folders and caches stay out of sight;
    /// the Rust toolchain is the only thing of the home folder that is used.
    fn isolate(&mut self) {
        for name in ["PATH", "CARGO_TARGET_DIR", "TMPDIR"] {
            if let Some(value) = std::env::var_os(name) {
                self.environment.insert(name.into(), value);
            }
        }
        // A test runs inside cargo, whose wrappers would reach the cells' cargo.
        self.environment.remove(OsStr::new("CARGO_TARGET_DIR"));
        let home = std::env::var_os("HOME").map_or_else(|| PathBuf::from("/root"), PathBuf::from);
        for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
            let value = std::env::var_os(name).unwrap_or_else(|| home.join(folder).into());
            self.environment.insert(name.into(), value);
        }
        for name in [
            "RUSTUP_TOOLCHAIN",
            "RUSTUP_DIST_SERVER",
            "PIP_INDEX_URL",
            "PIP_CONFIG_FILE",
        ] {
            if let Some(value) = std::env::var_os(name) {
                self.environment.insert(name.into(), value);
            }
        }
        for (name, folder) in [
            ("HOME", "home"),
            ("XDG_CONFIG_HOME", "home/.config"),
            ("XDG_CACHE_HOME", "home/.cache"),
            ("XDG_DATA_HOME", "home/.local/share"),
            ("XDG_STATE_HOME", "home/.local/state"),
            ("XDG_RUNTIME_DIR", "home/run"),
            ("JUPYTER_CONFIG_DIR", "jupyter/config"),
            ("JUPYTER_DATA_DIR", "jupyter/data"),
            ("JUPYTER_RUNTIME_DIR", "jupyter/runtime"),
            ("IPYTHONDIR", "jupyter/ipython"),
        ] {
            let path = self.folder.join(folder);
            fs::create_dir_all(&path).expect("a scratch folder can be made");
            self.environment.insert(name.into(), path.into());
        }
        self.set("LC_ALL", "C.UTF-8");
        self.set("WEFT_LANG", "en");
        self.set("PYTHONDONTWRITEBYTECODE", "1");
        self.set("WEFT_CACHE_DIR", workshop().join("weft-cache"));
        self.set("WEFT_TEST_TAG", self.tag.clone());
    }

    /// Changes one variable of the environment of later commands.
    pub fn set(&mut self, name: &str, value: impl Into<OsString>) {
        self.environment.insert(name.into(), value.into());
    }

    /// Takes one variable out of the environment of later commands.
    pub fn unset(&mut self, name: &str) {
        self.environment.remove(OsStr::new(name));
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// Writes a file into the folder.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().expect("a file lies in a folder"))
            .expect("a scratch folder can be made");
        fs::write(&path, text).expect("a scratch file can be written");
        path
    }

    /// Any program, in this folder and environment.
    pub fn program<A: AsRef<OsStr>>(&self, program: impl AsRef<OsStr>, arguments: &[A]) -> Step {
        Step::new(
            program.as_ref(),
            arguments,
            &self.folder,
            &self.environment,
            &self.tag,
        )
    }

    /// `weft ARGUMENTS...`
    pub fn weft<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Step {
        self.program(weft(), arguments)
    }

    /// A script of `tests/python`, with the environment the tests made.
    pub fn python(&self, script: &str, arguments: &[&str]) -> Step {
        let mut all = vec![
            repository()
                .join("tests/python")
                .join(script)
                .into_os_string(),
        ];
        all.extend(arguments.iter().map(OsString::from));
        self.program(Python::ready().interpreter(), &all)
    }

    /// Installs the kernel under test below this folder, where only this
    /// test's Jupyter looks, and makes sure that what it builds once is built.
    pub fn with_kernel(name: &str) -> Self {
        let mut scratch = Scratch::new(name);
        scratch.install_kernel();
        warm_up();
        scratch
    }

    fn install_kernel(&mut self) {
        let prefix = self.folder.join("prefix");
        self.set("JUPYTER_PATH", prefix.join("share/jupyter"));
        self.weft(&["install".as_ref(), "--prefix".as_ref(), prefix.as_os_str()])
            .within(5 * MINUTE)
            .run()
            .exits(0);
    }
}

/// The first start of a kernel on a machine may build the library that cells
/// use. No test shall pay for that in the middle of its own time limits.
fn warm_up() {
    static WARM: OnceLock<()> = OnceLock::new();
    WARM.get_or_init(|| {
        let mut scratch = Scratch::new("warm-up");
        scratch.install_kernel();
        scratch
            .python("warm_up.py", &[])
            .within(Duration::from_secs(600))
            .run()
            .exits(0);
    });
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            // A folder that cannot be removed is no fault of the test.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}
