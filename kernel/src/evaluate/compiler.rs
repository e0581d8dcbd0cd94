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
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};

use super::cache::{self, Cache, Key, Outcome};
use super::dependencies::{self, Manifest};
use super::edited::Edited;
use super::library::Library;
use super::linker::{self, Linker};
use super::order::LineOrder;
use super::statics::{self, Record};
use super::toolchain::Toolchain;
use super::under_way::UnderWay;
use super::{retold, rewrite, standard_source, variable_types, warnings};

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
/// What evcxr writes for cargo beside the source.
const MANIFEST: &str = "Cargo.toml";
/// Macros that read what stands in no source.
const INCLUDING: [&str; 4] = ["include!", "include_str!", "include_bytes!", "env!"];
/// Codes of errors that are not the source's: crates that cannot be found or do not fit, for the moment.
const OF_CRATES: [&str; 5] = ["E0460", "E0461", "E0462", "E0463", "E0514"];
/// How rustc's JSON begins the code of an error in the source.
const CODED_ERROR: &str = "\"code\":{\"code\":\"E";
/// As in a debug build, at every level of optimisation: what a cell computes wrongly is told.
pub(super) const CHECKED: [&str; 2] = ["-Cdebug-assertions=on", "-Coverflow-checks=on"];
/// Exit code where the compiler could not be called.
pub(super) const BROKEN: i32 = 101;

/// What the stand-ins need to know.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Settings {
    pub(crate) cargo: PathBuf,
    pub(crate) rustc: PathBuf,
    /// PATH as it was.
    pub(crate) path: OsString,
    /// TMPDIR as it was.
    pub(crate) temporary: Option<OsString>,
    /// RUST_SRC_PATH as it was.
    pub(crate) standard_source: Option<OsString>,
    /// Where the library of cells is described, once it is ready.
    pub(crate) library: PathBuf,
    /// The kernel, which calls the stand-ins.
    pub(crate) kernel: u32,
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

/// Gives what runs a reader's code the environment the kernel was started with.
pub(crate) fn restore_environment(command: &mut Command) {
    if let Some(settings) = Settings::from_environment() {
        match settings.temporary {
            Some(temporary) => command.env("TMPDIR", temporary),
            None => command.env_remove("TMPDIR"),
        };
    }
    hide_stand_ins(command);
}

/// Lets a tool of ours find the real toolchain. What it leaves in TMPDIR goes with the kernel.
pub(super) fn hide_stand_ins(command: &mut Command) {
    if let Some(settings) = Settings::from_environment() {
        command.env("PATH", settings.path);
        match settings.standard_source {
            Some(source) => command.env(standard_source::VARIABLE, source),
            None => command.env_remove(standard_source::VARIABLE),
        };
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
    hide_stand_ins(&mut command);
    command.exec()
}

/// Compiles the cell into a shared object.
fn build(settings: &Settings) -> std::io::Result<i32> {
    let under_way = UnderWay::announce(settings.kernel, &settings.board);
    let source = fs::read_to_string("src/lib.rs")?;
    let library = read_library(settings);
    let cell = PathBuf::from(warnings::FOLDER);
    fs::create_dir_all(&cell)?;
    let student = fs::read_to_string(CELL_SOURCE).unwrap_or_default();
    let file = syn::parse_file(&source).ok();
    let order = LineOrder::of(&source, file.as_ref());
    let folder = Path::new(".");
    let object = cell.join(format!("lib{CRATE}.so"));
    let question = retold::question(&order.arrange(&rewrite::entry(&source, &[])));
    let retelling = under_way.is_retelling();
    if retelling && let Some(answer) = retold::known(folder, &question) {
        hand_on(&answer.said, &order)?;
        if answer.code == 0 {
            // evcxr expects a file; nobody opens it.
            cache::replace_file(&object, &[])?;
            tell_where(&object)?;
        }
        return Ok(answer.code);
    }
    let manifest = Manifest::read(Path::new(MANIFEST))?;
    let wanted = manifest.wanted();
    let compiled = |record: &mut Record, crates: &[String]| {
        let shared = match &file {
            Some(file) => statics::share(&source, file, &student, &wanted, record),
            None => Edited::unchanged(&source),
        };
        let rewritten = rewrite::entry(&order.arrange(&shared.text), crates);
        let rewritten = match &library {
            Some(_) => rewrite::rewrite(&rewritten),
            None => rewritten,
        };
        (shared, rewritten)
    };
    // The name must end like the original's: evcxr looks at it to see whose error it is.
    let path = cell.join("lib.rs");
    let compiler = |linking: Vec<OsString>| {
        let mut called = rustc(settings, &manifest, library.as_ref())?;
        if let Ok((command, _)) = &mut called {
            command
                .args(linking)
                // One page less that stays in memory for good: what the loader writes lies beside the cell's own data.
                .arg("-Crelro-level=off")
                .args(["--crate-type", "cdylib", "--emit", "link", "--out-dir"])
                .arg(&cell)
                .arg(&path);
        }
        std::io::Result::Ok(called)
    };
    // What crates of the reader's own ask of the linker, they ask by way of `cc`.
    let linker = library
        .as_ref()
        .and_then(|library| library.linker.as_ref())
        .filter(|_| manifest.others.is_empty());
    let linking = linker.map_or_else(linker::by_cc, Linker::arguments);
    let (mut command, crates) = match compiler(linking)? {
        Ok(both) => both,
        Err(code) => return Ok(code),
    };
    // Without the library there is nothing in the command that tells one compiler from another.
    // Nor does the source tell what it includes.
    let is_whole = !includes(&source);
    let cache = library
        .as_ref()
        .filter(|_| is_whole)
        .and_then(|_| Cache::of_user());
    let mut compile = |record: &mut Record| {
        let (shared, source) = compiled(record, &crates);
        fs::write(&path, &source)?;
        let run = |command: &mut Command| match &cache {
            Some(cache) => kept_or_made(cache, command, &source, &object),
            None => made(command.arg("-Awarnings")),
        };
        let mut outcome = run(&mut command)?;
        if linker.is_some()
            && outcome.code != 0
            && linker::is_about_linking(&outcome.said)
            && let Ok((mut command, _)) = compiler(linker::by_cc())?
        {
            outcome = run(&mut command)?;
        }
        outcome.said = order.restore_columns(&outcome.said, &shared);
        std::io::Result::Ok(outcome)
    };
    let mut record = Record::for_compilation(folder);
    let known = record.clone();
    let mut outcome = compile(&mut record)?;
    if outcome.code != 0 {
        let mut apart = known;
        if apart.set_apart(&outcome.said) {
            outcome = compile(&mut apart)?;
            record = apart;
        }
    }
    hand_on(&outcome.said, &order)?;
    drop(under_way);
    retold::note(folder, question, outcome.code, &outcome.said);
    if outcome.code == 0 {
        if !retelling {
            record.propose(folder)?;
        }
        let map: Vec<String> = rewrite::line_map(&order.arrange(&source), &student)
            .iter()
            .map(u32::to_string)
            .collect();
        fs::write(cell.join(LINE_MAP), map.join("\n"))?;
        tell_where(&object)?;
    }
    Ok(outcome.code)
}

/// Tells evcxr where the shared object is.
fn tell_where(object: &Path) -> std::io::Result<()> {
    let path = std::env::current_dir()?.join(object);
    match std::env::var_os(SHARED_OBJECT_FILE) {
        Some(file) => fs::write(file, path.to_string_lossy().as_bytes()),
        None => Ok(()),
    }
}

/// Whether the source reads more than itself, going by its text; evcxr speaks of it in a comment.
fn includes(source: &str) -> bool {
    source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .any(|line| INCLUDING.iter().any(|word| line.contains(word)))
}

/// The compiler's words, and the shared object where it left it.
fn made(command: &mut Command) -> std::io::Result<Outcome> {
    let output = command.stderr(Stdio::piped()).output()?;
    Ok(Outcome {
        // Without a code: ended by a signal.
        code: output.status.code().unwrap_or(BROKEN),
        said: String::from_utf8_lossy(&output.stderr).into_owned(),
        object: Vec::new(),
    })
}

/// The shared object and the compiler's words from the cache, else from the compiler.
fn kept_or_made(
    cache: &Cache,
    command: &mut Command,
    source: &str,
    object: &Path,
) -> std::io::Result<Outcome> {
    let key = Key::of(command, source);
    if let Some(kept) = cache.fetch(&key) {
        if kept.code == 0 {
            cache::replace_file(object, &kept.object)?;
        }
        return Ok(kept);
    }
    let mut outcome = made(command)?;
    // A full disk, a missing linker or an interrupt decides nothing; an error in the source has a code.
    let is_of_crates = OF_CRATES.iter().any(|code| outcome.said.contains(code));
    if outcome.code == 0 || outcome.said.contains(CODED_ERROR) && !is_of_crates {
        if outcome.code == 0 {
            outcome.object = fs::read(object)?;
        }
        cache.keep(&key, &outcome);
    }
    Ok(outcome)
}

/// The compiler's words: errors to evcxr, which takes whatever it reads for one; warnings to the kernel.
/// The first have the lines evcxr knows, the others those of the shared object, as its line map.
fn hand_on(said: &str, order: &LineOrder) -> std::io::Result<()> {
    let (warnings, others) = warnings::split(said);
    eprint!("{}", order.restore(&others));
    fs::write(Path::new(warnings::FOLDER).join(warnings::FILE), warnings)
}

/// Checks the source evcxr made for analysis, and writes down the types of its variables.
fn check(settings: &Settings) -> std::io::Result<i32> {
    let _under_way = UnderWay::announce(settings.kernel, &settings.board);
    let source = fs::read_to_string("src/lib.rs")?;
    let folder = PathBuf::from("target/weft-check");
    fs::create_dir_all(&folder)?;
    let path = folder.join("lib.rs");
    fs::write(&path, variable_types::ask_in(&source))?;
    let library = read_library(settings);
    let manifest = Manifest::read(Path::new(MANIFEST))?;
    let (mut command, _) = match rustc(settings, &manifest, library.as_ref())? {
        Ok(both) => both,
        Err(code) => return Ok(code),
    };
    command
        .args(["--crate-type", "lib", "--emit", "metadata", "--out-dir"])
        .arg(&folder)
        .arg(&path)
        // Types with their whole paths: an unstable option of diagnostics, not of code.
        .args(["-Ztrim-diagnostic-paths=no", "--verbose", "-Awarnings"])
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
/// Some crates must be named in the source to be linked; these are given back too.
fn rustc(
    settings: &Settings,
    manifest: &Manifest,
    library: Option<&Library>,
) -> std::io::Result<Result<(Command, Vec<String>), i32>> {
    let mut names = Vec::new();
    let mut command = Command::new(&settings.rustc);
    command
        .args([
            "--crate-name",
            CRATE,
            "--edition",
            "2024",
            "--error-format=json",
        ])
        .args(["-Cprefer-dynamic", "-Cembed-bitcode=no", "-Cdebuginfo=0"])
        .args(CHECKED)
        .arg(format!("-Copt-level={}", manifest.opt_level));
    hide_stand_ins(&mut command);
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
        match dependencies::build(settings, manifest, library)? {
            Ok(built) => {
                for (name, path) in &built.crates {
                    command.arg("--extern").arg(extern_crate(name, path));
                }
                command.arg("-L").arg(search("dependency", &built.folder));
                for path in &built.native {
                    command.arg("-L").arg(path);
                }
                for shared in &built.shared {
                    shared.link(&mut command);
                }
                names.extend(built.shared.into_iter().map(|shared| shared.name));
            }
            Err(code) => return Ok(Err(code)),
        }
    }
    Ok(Ok((command, names)))
}

pub(super) fn extern_crate(name: &str, path: &Path) -> OsString {
    let mut text = OsString::from(format!("{name}="));
    text.push(path);
    text
}

pub(super) fn search(kind: &str, folder: &Path) -> OsString {
    extern_crate(kind, folder)
}

fn read_library(settings: &Settings) -> Option<Library> {
    serde_json::from_str(&fs::read_to_string(&settings.library).ok()?).ok()
}
