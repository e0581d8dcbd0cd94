//! `weft install` and `weft uninstall`: make the kernel known to Jupyter, and undo exactly that.

use std::io::Write;
use std::path::PathBuf;
use std::process::Command as Program;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgGroup, Command};

use crate::child;
use crate::cli::{Call, Subcommand, Words};
use crate::failure::Failure;
use crate::kernelspec::{self, KernelName};

/// `weft install`.
pub const INSTALL: Subcommand = Subcommand {
    name: "install",
    define: |command, words| define(command, words).about(words.of("help-install")),
    run: install,
};

/// `weft uninstall`.
pub const UNINSTALL: Subcommand = Subcommand {
    name: "uninstall",
    define: |command, words| define(command, words).about(words.of("help-uninstall")),
    run: uninstall,
};

fn define(command: Command, words: Words) -> Command {
    command
        .arg(words.flag("user", "help-install-user"))
        .arg(words.flag("sys-prefix", "help-install-sys-prefix"))
        .arg(
            words
                .option("prefix", "P", "help-install-prefix")
                .action(ArgAction::Set)
                .value_parser(clap::value_parser!(PathBuf)),
        )
        .group(ArgGroup::new("place").args(["user", "sys-prefix", "prefix"]))
        .arg(name_argument(words))
}

fn name_argument(words: Words) -> Arg {
    words
        .option("name", "N", "help-install-name")
        .default_value(kernelspec::DEFAULT_NAME)
        .hide_default_value(true)
}

fn install(call: &Call<'_>) -> Result<(), Failure> {
    let folder = chosen_folder(call)?;
    let spec = kernelspec::kernel_json(&this_program()?, |name| std::env::var_os(name));
    let written = kernelspec::write(&folder, &spec)?;
    print_paths(call, "install-written", &written)?;
    let mut out = std::io::stdout();
    writeln!(out, "{}", call.text("install-next"))?;
    Ok(())
}

fn uninstall(call: &Call<'_>) -> Result<(), Failure> {
    let removed = kernelspec::remove(&chosen_folder(call)?)?;
    print_paths(call, "install-removed", &removed)
}

fn print_paths(call: &Call<'_>, id: &str, paths: &[PathBuf]) -> Result<(), Failure> {
    let mut out = std::io::stdout();
    for path in paths {
        let path = path.display().to_string();
        writeln!(out, "{}", call.format(id, &[("path", path.into())]))?;
    }
    Ok(())
}

/// The absolute path of the program that is running: what Jupyter is to start.
pub fn this_program() -> Result<PathBuf, Failure> {
    std::env::current_exe().map_err(|error| Failure::file("weft".as_ref(), &error))
}

fn chosen_folder(call: &Call<'_>) -> Result<PathBuf, Failure> {
    let name = match call.matches.get_one::<String>("name") {
        Some(name) => KernelName::parse(name)?,
        None => KernelName::parse(kernelspec::DEFAULT_NAME)?,
    };
    let data = if let Some(prefix) = call.matches.get_one::<PathBuf>("prefix") {
        let prefix = std::path::absolute(prefix).map_err(|error| Failure::file(prefix, &error))?;
        kernelspec::prefix_data_folder(&prefix)
    } else if call.matches.get_flag("sys-prefix") {
        kernelspec::prefix_data_folder(&sys_prefix()?)
    } else {
        user_data_folder()?
    };
    Ok(kernelspec::folder(&data, &name))
}

/// The user's Jupyter data folder.
pub fn user_data_folder() -> Result<PathBuf, Failure> {
    kernelspec::user_data_folder(|name| std::env::var_os(name))
        .ok_or_else(|| Failure::environment("error-no-home"))
}

/// The prefix of the active Python environment, else of the `python3` on `PATH`.
fn sys_prefix() -> Result<PathBuf, Failure> {
    let active = ["VIRTUAL_ENV", "CONDA_PREFIX"]
        .into_iter()
        .filter_map(std::env::var_os)
        .find(|prefix| !prefix.is_empty());
    if let Some(prefix) = active {
        return Ok(prefix.into());
    }
    let python =
        child::on_path("python3").ok_or_else(|| Failure::environment("error-no-python"))?;
    let answer = child::ask(
        Program::new(&python).args(["-c", "import sys; print(sys.prefix)"]),
        Duration::from_secs(30),
    )
    .map_err(|error| Failure::file(&python, &error))?;
    let prefix = answer.stdout.trim();
    if !answer.success() || prefix.is_empty() {
        return Err(Failure::environment("error-python-broken")
            .with("path", python.display().to_string())
            .with("reason", answer.last_words()));
    }
    Ok(prefix.into())
}
