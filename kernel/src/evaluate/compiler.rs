//! The `cargo` evcxr calls.
//!
//! evcxr builds each cell with cargo. For a crate without dependencies of its own cargo only
//! repeats the same rustc command line, at twice the price. So the kernel puts a folder with two
//! stand-ins at the front of its own PATH, `rustup` and `cargo`, both links to this program:
//! `rustup which cargo` names the stand-in, `cargo build` calls rustc directly and `cargo check`
//! tells the types of new variables. Everything else goes to the real tools.
//!
//! It talks to the kernel through the environment ([`Settings`]) and through files in the folder
//! evcxr builds in.

use std::ffi::OsString;
use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::Ordering;

use serde::{Deserialize, Serialize};

use super::library::Library;
use super::toolchain::Toolchain;
use super::{dependencies, rewrite, variable_types};
use crate::worker::board::Board;

/// Carries the [`Settings`], as JSON. Its presence makes this program play cargo and rustup.
const VARIABLE: &str = "WEFT_COMPILER";
/// evcxr's own variable: the file that shall hold the path of the shared object.
const SHARED_OBJECT_FILE: &str = "EVCXR_EXECUTION_SO_PATH";
/// The name evcxr gives the crate of a cell.
const CRATE: &str = "ctx";
/// The cell as the student wrote it; the kernel writes it before evcxr starts.
pub(crate) const CELL_SOURCE: &str = "weft-cell.rs";
/// Line numbers beside the shared object, see [`rewrite::line_map`].
pub(crate) const LINE_MAP: &str = "weft-lines";
/// Exit code where the compiler could not be called.
const BROKEN: i32 = 101;

/// What the stand-ins need to know.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Settings {
    pub(crate) cargo: PathBuf,
    pub(crate) rustc: PathBuf,
    /// PATH as it was.
    pub(crate) path: OsString,
    /// Where the library of cells is described, once it is ready.
    pub(crate) library: PathBuf,
    /// The board, by a path that any process of this user can open.
    pub(crate) board: PathBuf,
}

impl Settings {
    /// Puts the stand-ins in front: for this process and those it starts.
    ///
    /// # Safety
    /// No other thread may run: the environment is changed.
    pub(crate) unsafe fn install(&self, stand_ins: &Path) -> std::io::Result<()> {
        // By this process, not by name: the file may be replaced while the kernel runs.
        let program = format!("/proc/{}/exe", std::process::id());
        fs::create_dir_all(stand_ins)?;
        for name in ["cargo", "rustup"] {
            std::os::unix::fs::symlink(&program, stand_ins.join(name))?;
        }
        let mut folders = vec![stand_ins.to_owned()];
        folders.extend(std::env::split_paths(&self.path));
        let path = std::env::join_paths(folders).map_err(std::io::Error::other)?;
        let settings = serde_json::to_string(self).map_err(std::io::Error::other)?;
        // SAFETY: the caller promises a single thread.
        unsafe {
            std::env::set_var("PATH", path);
            std::env::set_var(VARIABLE, settings);
        }
        Ok(())
    }

    fn from_environment() -> Option<Settings> {
        serde_json::from_str(&std::env::var(VARIABLE).ok()?).ok()
    }

    pub(super) fn toolchain(&self) -> Toolchain {
        Toolchain {
            cargo: self.cargo.clone(),
            rustc: self.rustc.clone(),
        }
    }
}

/// Whether the stand-ins are in force in this process.
pub(crate) fn is_enabled() -> bool {
    std::env::var_os(VARIABLE).is_some()
}

/// Gives a process that runs cells the environment the kernel was started with.
pub(crate) fn restore_environment(command: &mut Command) {
    if let Some(settings) = Settings::from_environment() {
        command.env("PATH", settings.path);
    }
    for name in [VARIABLE, "EVCXR_TMPDIR", "EVCXR_CONFIG_DIR"] {
        command.env_remove(name);
    }
}

/// Plays `rustup`: only `rustup which TOOL` is asked.
pub(crate) fn rustup() -> i32 {
    let Some(settings) = Settings::from_environment() else {
        return BROKEN;
    };
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["which", "cargo"] => match std::env::args_os().next().map(PathBuf::from) {
            Some(own) => println!("{}", stand_in(&own, &settings).display()),
            None => return BROKEN,
        },
        ["which", "rustc"] => println!("{}", settings.rustc.display()),
        _ => return 1,
    }
    0
}

/// Where the stand-in for cargo lies: the first one on PATH, which is how we were called.
fn stand_in(own: &Path, settings: &Settings) -> PathBuf {
    let beside = |folder: &Path| {
        let path = folder.join("cargo");
        path.is_symlink().then_some(path)
    };
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    own.parent()
        .and_then(beside)
        .or_else(|| std::env::split_paths(&on_path).find_map(|folder| beside(&folder)))
        .unwrap_or_else(|| settings.cargo.clone())
}

/// Plays `cargo`.
pub(crate) fn cargo() -> i32 {
    let Some(settings) = Settings::from_environment() else {
        return BROKEN;
    };
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let subcommand = arguments.iter().find(|argument| !argument.starts_with('-'));
    let result = match subcommand.map(String::as_str) {
        Some("build") => build(&settings),
        Some("check") => check(&settings),
        _ => Err(run_real_cargo(&settings)),
    };
    result.unwrap_or_else(|error| {
        eprintln!("weft: {error}");
        BROKEN
    })
}

fn run_real_cargo(settings: &Settings) -> std::io::Error {
    let mut command = Command::new(&settings.cargo);
    command.args(std::env::args_os().skip(1));
    restore_environment(&mut command);
    command.exec()
}

/// Compiles the cell into a shared object.
fn build(settings: &Settings) -> std::io::Result<i32> {
    let under_way = announce(settings);
    let source = fs::read_to_string("src/lib.rs")?;
    let library = read_library(settings);
    let cell = PathBuf::from("target/weft");
    fs::create_dir_all(&cell)?;
    let rewritten = match &library {
        Some(_) => rewrite::rewrite(&source),
        None => source.clone(),
    };
    // The name must end like the original's: evcxr looks at it to see whose error it is.
    let path = cell.join("lib.rs");
    fs::write(&path, rewritten)?;
    let mut command = match rustc(settings, library.as_ref())? {
        Ok(command) => command,
        Err(code) => return Ok(code),
    };
    command
        .args(["--crate-type", "cdylib", "--emit", "link", "--out-dir"])
        .arg(&cell)
        .arg(&path);
    let status = command.status()?;
    drop(under_way);
    if status.success() {
        let student = fs::read_to_string(CELL_SOURCE).unwrap_or_default();
        let map: Vec<String> = rewrite::line_map(&source, &student)
            .iter()
            .map(u32::to_string)
            .collect();
        fs::write(cell.join(LINE_MAP), map.join("\n"))?;
        let shared_object = std::env::current_dir()?
            .join(cell)
            .join(format!("lib{CRATE}.so"));
        if let Some(file) = std::env::var_os(SHARED_OBJECT_FILE) {
            fs::write(file, shared_object.to_string_lossy().as_bytes())?;
        }
    }
    Ok(status.code().unwrap_or(BROKEN))
}

/// Checks the source evcxr made for analysis, and writes down the types of its variables.
fn check(settings: &Settings) -> std::io::Result<i32> {
    let _under_way = announce(settings);
    let source = fs::read_to_string("src/lib.rs")?;
    let folder = PathBuf::from("target/weft-check");
    fs::create_dir_all(&folder)?;
    let path = folder.join("lib.rs");
    fs::write(&path, variable_types::ask_in(&source))?;
    let library = read_library(settings);
    let mut command = match rustc(settings, library.as_ref())? {
        Ok(command) => command,
        Err(code) => return Ok(code),
    };
    command
        .args(["--crate-type", "lib", "--emit", "metadata", "--out-dir"])
        .arg(&folder)
        .arg(&path)
        // Types with their whole paths: an unstable option of diagnostics, not of code.
        .args(["-Ztrim-diagnostic-paths=no", "--verbose"])
        .env("RUSTC_BOOTSTRAP", "1");
    let output = command.output()?;
    let words = String::from_utf8_lossy(&output.stderr);
    let (types, errors) = variable_types::answers(&words, &source);
    fs::write(
        variable_types::FILE,
        serde_json::to_string(&types).unwrap_or_default(),
    )?;
    let failed = !errors.is_empty();
    for error in errors {
        println!("{error}");
    }
    Ok(i32::from(failed))
}

/// rustc with everything both uses share; `Err(code)` where the cell's dependencies do not build.
fn rustc(settings: &Settings, library: Option<&Library>) -> std::io::Result<Result<Command, i32>> {
    let manifest = dependencies::Manifest::read(Path::new("Cargo.toml"))?;
    let mut command = Command::new(&settings.rustc);
    command
        .args([
            "--crate-name",
            CRATE,
            "--edition",
            "2024",
            "--error-format=json",
        ])
        .args([
            "-Awarnings",
            "-Cprefer-dynamic",
            "-Cembed-bitcode=no",
            "-Cdebuginfo=0",
        ])
        .args(["-Cdebug-assertions=on", "-Coverflow-checks=on"])
        .arg(format!("-Copt-level={}", manifest.opt_level));
    restore_environment(&mut command);
    if let Some(library) = library {
        command
            .arg("--extern")
            .arg(extern_crate("weft", &library.shared_object))
            .arg("--extern")
            .arg(extern_crate("exercises", &library.exercises))
            .arg("-L")
            .arg(search("dependency", &library.crates));
    }
    if !manifest.others.is_empty() {
        match dependencies::build(settings, &manifest)? {
            Ok(built) => {
                for (name, path) in &built.crates {
                    command.arg("--extern").arg(extern_crate(name, path));
                }
                command.arg("-L").arg(search("dependency", &built.folder));
                for path in &built.native {
                    command.arg("-L").arg(path);
                }
            }
            Err(code) => return Ok(Err(code)),
        }
    }
    Ok(Ok(command))
}

fn extern_crate(name: &str, path: &Path) -> OsString {
    let mut text = OsString::from(format!("{name}="));
    text.push(path);
    text
}

fn search(kind: &str, folder: &Path) -> OsString {
    extern_crate(kind, folder)
}

fn read_library(settings: &Settings) -> Option<Library> {
    serde_json::from_str(&fs::read_to_string(&settings.library).ok()?).ok()
}

/// Tells the kernel whom to end if the user interrupts; withdrawn when dropped.
struct UnderWay(Option<Board>);

fn announce(settings: &Settings) -> UnderWay {
    // Its own process group, so that rustc and the linker end with it.
    let _ = nix::unistd::setpgid(nix::unistd::Pid::this(), nix::unistd::Pid::from_raw(0));
    let file = fs::OpenOptions::new()
        .read(true)
        .write(true)
        .open(&settings.board);
    let board = file.ok().and_then(|file| Board::attach(file.into()).ok());
    if let Some(board) = &board {
        let own = std::process::id() as i32;
        board.notes().compiler.store(own, Ordering::SeqCst);
    }
    UnderWay(board)
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        if let Some(board) = &self.0 {
            board.notes().compiler.store(0, Ordering::SeqCst);
        }
    }
}
