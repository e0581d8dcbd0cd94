//! Which compiler cells are compiled with.

use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::EvaluateError;

/// The real tools behind the stand-ins that evcxr calls.
#[derive(Debug, Clone)]
pub(crate) struct Toolchain {
    pub(crate) cargo: PathBuf,
    pub(crate) rustc: PathBuf,
}

/// What a compiler says of itself.
#[derive(Debug, Clone)]
pub(crate) struct CompilerFacts {
    /// All of `rustc -vV`: two compilers with the same text make the same code.
    pub(crate) identity: String,
    /// E.g. `1.95.0`.
    pub(crate) release: String,
    /// The folder of the dynamic standard library.
    pub(crate) library_folder: PathBuf,
}

/// How often a tool is asked that is killed instead of answering.
const ATTEMPTS: u32 = 3;

/// Where rustup puts the source of the standard library, below a toolchain's own folder.
const STANDARD_SOURCE: &str = "lib/rustlib/src/rust/library";

impl CompilerFacts {
    /// The system it compiles for, e.g. `x86_64-unknown-linux-gnu`.
    pub(super) fn host(&self) -> Option<&str> {
        self.identity
            .lines()
            .find_map(|line| line.strip_prefix("host: "))
    }
}

impl Toolchain {
    /// Finds cargo and rustc: by rustup, which knows the folder's own choice, else by PATH, else
    /// in cargo's home, where a notebook server started from a desktop menu finds nothing else.
    ///
    /// # Errors
    /// [`EvaluateError::NoToolchain`] names the tool that is missing.
    pub(crate) fn find() -> Result<Toolchain, EvaluateError> {
        Ok(Toolchain {
            cargo: find_tool("cargo")?,
            rustc: find_tool("rustc")?,
        })
    }

    /// The one in this folder, as `rustc --print sysroot` names it.
    ///
    /// # Errors
    /// [`EvaluateError::NoToolchain`] where neither it nor the user has a cargo.
    pub(crate) fn at(sysroot: &Path) -> Result<Toolchain, EvaluateError> {
        let cargo = sysroot.join("bin/cargo");
        Ok(Toolchain {
            cargo: if cargo.is_file() {
                cargo
            } else {
                find_tool("cargo")?
            },
            rustc: sysroot.join("bin/rustc"),
        })
    }

    /// Installs the source of the standard library if rustup can: with it completion knows the
    /// standard library. Without it everything else works, so nothing is said where it fails.
    pub(crate) fn add_standard_source(&self) {
        let Some(name) = self.folder().and_then(Path::file_name) else {
            return;
        };
        if self.standard_source().is_none() {
            let _ = Command::new("rustup")
                .args(["component", "add", "rust-src", "--toolchain"])
                .arg(name)
                .output();
        }
    }

    /// The source of the standard library, if it is there.
    pub(super) fn standard_source(&self) -> Option<PathBuf> {
        let source = self.folder()?.join(STANDARD_SOURCE);
        source.is_dir().then_some(source)
    }

    fn folder(&self) -> Option<&Path> {
        self.rustc.parent()?.parent()
    }

    /// Asks the compiler about itself.
    ///
    /// # Errors
    /// [`EvaluateError::Compiler`] where it cannot be run or answers strangely.
    pub(crate) fn facts(&self) -> Result<CompilerFacts, EvaluateError> {
        let identity = ask(&self.rustc, &["-vV"])?;
        let line = |key: &str| {
            identity
                .lines()
                .find_map(|line| line.strip_prefix(key))
                .map(str::to_owned)
                .ok_or_else(|| EvaluateError::Compiler(format!("no `{key}` in: {identity}")))
        };
        Ok(CompilerFacts {
            release: line("release: ")?,
            library_folder: ask(&self.rustc, &["--print", "target-libdir"])?
                .trim()
                .into(),
            identity,
        })
    }
}

fn find_tool(name: &'static str) -> Result<PathBuf, EvaluateError> {
    let by_rustup = Command::new("rustup")
        .args(["which", name])
        .output()
        .ok()
        .filter(|output| output.status.success())
        .map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    by_rustup
        .into_iter()
        .chain(on_path(name))
        .chain(in_cargo_home(name))
        .find(|path| path.is_file())
        .ok_or(EvaluateError::NoToolchain { tool: name })
}

fn on_path(name: &str) -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .collect()
}

fn in_cargo_home(name: &str) -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))?;
    Some(home.join("bin").join(name))
}

/// What a tool answers. One that was killed is asked again: it is not the tool's fault, and without its answer no cell
/// would ever run.
fn ask(tool: &Path, arguments: &[&str]) -> Result<String, EvaluateError> {
    let mut left = ATTEMPTS;
    loop {
        let output = Command::new(tool)
            .args(arguments)
            .output()
            .map_err(|error| EvaluateError::Compiler(format!("{}: {error}", tool.display())))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        left -= 1;
        match output.status.signal() {
            Some(_) if left > 0 => {}
            Some(signal) => {
                let reason = format!("{}: ended by signal {signal}", tool.display());
                return Err(EvaluateError::Compiler(reason));
            }
            None => {
                let reason = String::from_utf8_lossy(&output.stderr).into_owned();
                return Err(EvaluateError::Compiler(reason));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_that_was_killed_is_asked_again_and_one_that_is_always_killed_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let asked = folder.path().join("asked");
        let killed_once = format!(
            "[ -e {0} ] || {{ : > {0}; kill -9 $$; }}; echo answer",
            asked.display()
        );
        let shell = Path::new("/bin/sh");
        assert_eq!(ask(shell, &["-c", &killed_once]).unwrap(), "answer\n");
        let error = ask(shell, &["-c", "kill -9 $$"]).unwrap_err();
        assert!(error.to_string().contains("signal 9"), "{error}");
    }
}
