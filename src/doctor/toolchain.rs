//! Whether cells can be compiled here: rustc, cargo, a linker, and the source of std.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{Examination, Status};
use crate::child;
use crate::failure::Failure;

const PATIENCE: Duration = Duration::from_secs(60);

/// Checks the toolchain.
pub fn examine(examination: &mut Examination) -> Result<(), Failure> {
    let rustc = version(examination, "rustc")?;
    version(examination, "cargo")?;
    if rustc {
        linker(examination)?;
        rust_src(examination)?;
    }
    Ok(())
}

fn version(examination: &mut Examination, program: &'static str) -> Result<bool, Failure> {
    let Some(path) = child::on_path(program) else {
        let detail = examination.text("doctor-not-on-path", &[("name", program.into())]);
        examination.add(program, Status::Missing, detail)?;
        return Ok(false);
    };
    match child::ask(Command::new(&path).arg("--version"), PATIENCE) {
        Ok(answer) if answer.success() => {
            let said = answer.stdout.trim();
            let new_enough = is_new_enough(said);
            let status = if new_enough {
                Status::Ok
            } else {
                Status::Missing
            };
            examination.add(program, status, format!("{said} ({})", path.display()))?;
            Ok(new_enough)
        }
        Ok(answer) => {
            examination.add(program, Status::Failed, answer.last_words())?;
            Ok(false)
        }
        Err(error) => {
            examination.add(program, Status::Failed, error.to_string())?;
            Ok(false)
        }
    }
}

/// "rustc 1.95.0 (...)" against the version the workspace asks for.
fn is_new_enough(said: &str) -> bool {
    let numbers = |version: &str| -> Vec<u32> {
        version
            .split(['.', '-'])
            .map_while(|part| part.parse().ok())
            .collect()
    };
    let here = said.split_whitespace().nth(1).map(numbers);
    here.is_some_and(|here| here >= numbers(env!("CARGO_PKG_RUST_VERSION")))
}

/// Compiles and runs a program: the only proof that linking works.
fn linker(examination: &mut Examination) -> Result<(), Failure> {
    let folder = std::env::temp_dir().join(format!("weft-doctor-link-{}", std::process::id()));
    let outcome = compile_and_run(&folder);
    let _ = fs::remove_dir_all(&folder);
    match outcome {
        Ok(()) => {
            let detail = examination.text("doctor-linker-works", &[]);
            examination.add("linker", Status::Ok, detail)
        }
        Err(reason) => examination.add("linker", Status::Missing, reason),
    }
}

fn compile_and_run(folder: &Path) -> Result<(), String> {
    let described = |error: std::io::Error| error.to_string();
    fs::create_dir_all(folder).map_err(described)?;
    let source = folder.join("linked.rs");
    let program = folder.join("linked");
    fs::write(&source, "fn main() { println!(\"linked\"); }").map_err(described)?;
    let compiled = child::ask(
        Command::new("rustc")
            .args(["--edition", "2024", "-o"])
            .arg(&program)
            .arg(&source)
            .current_dir(folder),
        PATIENCE,
    )
    .map_err(described)?;
    if !compiled.success() {
        let first = compiled
            .stderr
            .lines()
            .find(|line| line.starts_with("error"))
            .map_or_else(|| compiled.last_words(), str::to_owned);
        return Err(first);
    }
    let ran = child::ask(&mut Command::new(&program), PATIENCE).map_err(described)?;
    if ran.stdout == "linked\n" {
        Ok(())
    } else {
        Err(ran.last_words())
    }
}

fn rust_src(examination: &mut Examination) -> Result<(), Failure> {
    let sysroot = child::ask(Command::new("rustc").args(["--print", "sysroot"]), PATIENCE);
    let library = sysroot
        .ok()
        .map(|answer| Path::new(answer.stdout.trim()).join("lib/rustlib/src/rust/library"));
    match library {
        Some(library) if library.join("std/src/lib.rs").exists() => {
            examination.add("rust-src", Status::Ok, library.display().to_string())
        }
        _ => {
            let detail = examination.text("doctor-rust-src-absent", &[]);
            examination.add("rust-src", Status::Note, detail)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toolchain_versions_are_compared_as_numbers() {
        assert!(is_new_enough("rustc 1.95.0 (abc 2026-04-01)"));
        assert!(is_new_enough("cargo 1.100.0"));
        assert!(is_new_enough("rustc 2.0.0-nightly (abc)"));
        assert!(!is_new_enough("rustc 1.9.0"));
        assert!(!is_new_enough("rustc 1.94.1"));
        assert!(!is_new_enough("something else"));
        assert!(!is_new_enough(""));
    }
}
