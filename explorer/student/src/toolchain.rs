//! Which compiler the program is compiled with: the one `rustc` means in this folder.
use crate::Error;
use carried::{Compiler, cache_folder};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The compiler, and where its dynamic libraries lie.
#[derive(Debug, Clone)]
pub struct Toolchain {
    /// The compiler.
    pub compiler: Compiler,
    /// The folders of the compiler's and of the standard library's shared objects.
    pub libraries: Vec<PathBuf>,
}

impl Toolchain {
    /// Asks for it. Two calls of 10 ms each; through rustup once only.
    pub fn find() -> Result<Self, Error> {
        let named = std::env::var_os("RUSTC").filter(|name| !name.is_empty());
        let (rustc, sysroot) = named
            .into_iter()
            .map(PathBuf::from)
            .chain([PathBuf::from("rustc")])
            .chain(in_cargo_home("rustc"))
            .find_map(|rustc| {
                let sysroot = ask(&rustc, &["--print", "sysroot"]).ok()?;
                Some((rustc, PathBuf::from(sysroot.trim())))
            })
            .ok_or(Error::NoToolchain { tool: "rustc" })?;
        Self::of(rustc, sysroot)
    }

    /// The one in this folder.
    pub fn at(sysroot: &Path) -> Result<Self, Error> {
        Self::of(sysroot.join("bin/rustc"), sysroot.to_owned())
    }

    fn of(rustc: PathBuf, sysroot: PathBuf) -> Result<Self, Error> {
        let direct =
            |tool: &str| Some(sysroot.join("bin").join(tool)).filter(|path| path.is_file());
        let rustc = direct("rustc").unwrap_or(rustc);
        let cargo = direct("cargo")
            .or_else(|| in_cargo_home("cargo"))
            .unwrap_or_else(|| PathBuf::from("cargo"));
        let identity = ask(&rustc, &["-vV"])?;
        let host = identity
            .lines()
            .find_map(|line| line.strip_prefix("host: "))
            .unwrap_or_default();
        let libraries = vec![
            sysroot.join("lib"),
            sysroot.join("lib/rustlib").join(host).join("lib"),
        ];
        Ok(Self {
            compiler: Compiler {
                cache: cache_folder().ok_or(Error::NoCacheFolder)?,
                cargo,
                rustc,
                identity,
            },
            libraries,
        })
    }
}

/// Where rustup puts its tools, also where PATH does not know them.
fn in_cargo_home(tool: &str) -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")))?;
    Some(home.join("bin").join(tool)).filter(|path| path.is_file())
}

fn ask(tool: &Path, arguments: &[&str]) -> Result<String, Error> {
    let cannot = |source| Error::Compiler {
        path: tool.to_owned(),
        source,
    };
    let output = Command::new(tool)
        .args(arguments)
        .output()
        .map_err(cannot)?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(cannot(std::io::Error::other(said)))
    }
}
