//! `weft lab`: from nothing to an open JupyterLab with the workbook in it.

mod environment;
mod merge;
mod progress;
mod server;
mod workbook;

use std::io::{self, BufRead, IsTerminal, Write};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use clap::Command;
use messages::Language;

use self::progress::{Progress, say};
use self::server::{Opening, Server};
use crate::cli::{Call, Subcommand, Words};
use crate::failure::{Exit, Failure};
use crate::install;
use crate::jupyter::{self, Found, Jupyter};
use crate::kernelspec::{self, KernelName};
use crate::values;

pub use self::server::{LOCALHOST, is_free};

/// The subcommand.
pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "lab",
    define,
    run,
};

/// Looking for Jupyter, the kernelspec, the cells' library, the notebooks, JupyterLab.
const STEPS: usize = 5;
/// The table of contents, where a language has one.
const INDEX: &str = "index.ipynb";

fn define(command: Command, words: Words) -> Command {
    command
        .about(words.of("help-lab"))
        .arg(values::address(words.option(
            "ip",
            "ADDRESS",
            "help-lab-ip",
        )))
        .arg(values::whole::<u16>(
            words.option("port", "N", "help-lab-port"),
            1..=u64::from(u16::MAX),
        ))
        .arg(words.flag("no-browser", "help-lab-no-browser"))
        .arg(
            words
                .option("dir", "D", "help-lab-dir")
                .value_parser(clap::value_parser!(PathBuf)),
        )
        .arg(words.flag("yes", "help-lab-yes").short('y'))
        .arg(
            words
                .flag("offline", "help-lab-offline")
                .conflicts_with("yes"),
        )
}

fn run(call: &Call<'_>) -> Result<(), Failure> {
    let progress = Progress::new(STEPS);
    // What can be refused is refused before minutes are spent.
    let ip = call.matches.get_one::<IpAddr>("ip");
    let ip = ip.copied().unwrap_or(LOCALHOST);
    let port = server::choose_port(ip, call.matches.get_one("port").copied())?;
    let address = SocketAddr::new(ip, port);
    let folder = working_folder(call)?;

    progress.step(&call.text("lab-looking"));
    let jupyter = usable_jupyter(call, &progress)?;

    progress.step(&call.text("lab-kernelspec"));
    install_kernel(&jupyter, &progress)?;

    progress.step(&call.text("lab-preparing"));
    kernel::evaluate::prepare(&mut |what: &str| progress.detail(what)).map_err(|error| {
        Failure::new(Exit::Environment, "error-prepare").with("reason", error.to_string())
    })?;

    progress.step(&call.text("lab-notebooks"));
    let first = copy_notebooks(call, &folder, &progress)?;

    progress.step(&call.text("lab-opening"));
    let config = session_settings(&jupyter)?;
    let server = Server::start(
        &jupyter,
        address,
        &Opening {
            folder: &folder,
            first: &first,
            language: call.language.code(),
            browser: !call.matches.get_flag("no-browser"),
            offline: call.matches.get_flag("offline"),
            config: config.as_deref(),
        },
    )?;
    let mut out = io::stdout();
    writeln!(out, "{}", server.url())?;
    if !ip.is_loopback() {
        let open = [("address", address.to_string().into())];
        say(&call.format("lab-open-to-all", &open));
    }
    say(&call.text("lab-open"));
    let status = server.wait()?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(Exit::Failed, "error-jupyter-ended").with("status", status.to_string()))
    }
}

/// Settings for a server of the user's Jupyter while it is ours: her own files stay untouched. In
/// Weft's own environment they are part of the installation.
fn session_settings(jupyter: &Jupyter) -> Result<Option<PathBuf>, Failure> {
    if jupyter.private.is_some() {
        return Ok(None);
    }
    let prefix = private_prefix()?;
    let config = prefix.with_file_name("jupyter-settings");
    environment::quiet_news(&config)?;
    Ok(Some(config))
}

fn private_prefix() -> Result<PathBuf, Failure> {
    jupyter::private_prefix(|name| std::env::var_os(name))
        .ok_or_else(|| Failure::environment("error-no-home"))
}

fn working_folder(call: &Call<'_>) -> Result<PathBuf, Failure> {
    let folder = match call.matches.get_one::<PathBuf>("dir") {
        Some(folder) => folder.clone(),
        None => std::env::var_os("HOME")
            .filter(|home| !home.is_empty())
            .map(|home| Path::new(&home).join("weft-workbook"))
            .ok_or_else(|| Failure::environment("error-no-home"))?,
    };
    std::fs::create_dir_all(&folder)
        .and_then(|()| folder.canonicalize())
        .map_err(|error| Failure::folder(&folder, &error))
}

fn usable_jupyter(call: &Call<'_>, progress: &Progress) -> Result<Jupyter, Failure> {
    let tell = |jupyter: &Jupyter| {
        progress.detail(&call.format(
            "lab-found",
            &[
                ("version", jupyter.lab.as_str().into()),
                ("path", jupyter.command.display().to_string().into()),
            ],
        ));
    };
    match jupyter::on_path() {
        Found::Usable(jupyter) => {
            tell(&jupyter);
            return Ok(jupyter);
        }
        Found::TooOld { command, lab } => progress.detail(&call.format(
            "lab-too-old",
            &[
                ("version", lab.into()),
                ("path", command.display().to_string().into()),
            ],
        )),
        Found::Unusable { command, reason } => progress.detail(&call.format(
            "lab-unusable",
            &[
                ("path", command.display().to_string().into()),
                ("reason", reason.into()),
            ],
        )),
        Found::Nothing => {}
    }
    let prefix = private_prefix()?;
    if let Found::Usable(jupyter) = jupyter::private(&prefix) {
        tell(&jupyter);
        return Ok(jupyter);
    }
    if call.matches.get_flag("offline") {
        return Err(Failure::environment("error-lab-offline"));
    }
    ask_to_make(call, &prefix)?;
    progress.detail(&call.text("lab-making"));
    let jupyter = environment::make(&prefix, progress)?;
    tell(&jupyter);
    Ok(jupyter)
}

/// A yes, or the failure that says how to say yes.
fn ask_to_make(call: &Call<'_>, prefix: &Path) -> Result<(), Failure> {
    if call.matches.get_flag("yes") {
        return Ok(());
    }
    let refused = || Failure::environment("error-no-jupyter");
    if !io::stdin().is_terminal() {
        return Err(refused());
    }
    let path = prefix.display().to_string();
    let question = call.format("lab-ask", &[("path", path.into())]);
    let mut err = io::stderr();
    let _ = write!(err, "{question} [Y/n] ");
    let _ = err.flush();
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    match (read, answer.trim()) {
        // End of file is no answer.
        (Ok(0) | Err(_), _) => Err(refused()),
        (Ok(_), "" | "y" | "Y" | "yes") => Ok(()),
        (Ok(_), _) => Err(refused()),
    }
}

/// Into Weft's own environment, or, for a Jupyter of the user's, into the user's folder: that is
/// where every Jupyter of that user looks, and it can always be written to.
fn install_kernel(jupyter: &Jupyter, progress: &Progress) -> Result<(), Failure> {
    let data = match &jupyter.private {
        Some(prefix) => kernelspec::prefix_data_folder(prefix),
        None => install::user_data_folder()?,
    };
    let folder = kernelspec::folder(&data, &KernelName::parse(kernelspec::DEFAULT_NAME)?);
    let program = install::this_program()?;
    let spec = kernelspec::kernel_json(&program, |name| std::env::var_os(name));
    for path in kernelspec::write(&folder, &spec)? {
        progress.detail(&path.display().to_string());
    }
    Ok(())
}

/// Copies the notebooks of the reader's language, and the English ones beside them for the chapters
/// that are not translated yet; gives the one to open first.
fn copy_notebooks(call: &Call<'_>, folder: &Path, progress: &Progress) -> Result<String, Failure> {
    let mut languages = vec![call.language];
    if call.language != Language::En {
        languages.push(Language::En);
    }
    let mut first = None;
    for language in languages {
        let published = published(language);
        let here = |(path, content)| (Path::new(language.code()).join(path), content);
        // It stands in a notebook of that language.
        let heading = messages::text(language, "lab-newer-version");
        let copied = workbook::copy(folder, published.iter().copied().map(here), &heading)?;
        // They belong to the texts: only notebooks are counted.
        let pictures = notebooks::embedded::pictures(language).map(here);
        workbook::copy(folder, pictures, &heading)?;
        let path = folder.join(language.code()).display().to_string();
        progress.detail(&call.format(
            "lab-copied",
            &[
                ("path", path.into()),
                ("new", copied.new.into()),
                ("updated", copied.updated.into()),
                ("merged", copied.merged.len().into()),
                ("kept", (copied.kept + copied.left.len()).into()),
            ],
        ));
        for (path, beside) in copied.merged.iter().filter(|(_, beside)| *beside > 0) {
            let path = path.display().to_string();
            let both = [("path", path.into()), ("cells", (*beside).into())];
            progress.detail(&call.format("lab-both-changed", &both));
        }
        for path in &copied.left {
            let path = path.display().to_string();
            progress.detail(&call.format("lab-left", &[("path", path.into())]));
        }
        if first.is_none() {
            let index = published.iter().find(|(name, _)| *name == INDEX);
            first = index
                .or(published.first())
                .map(|(name, _)| format!("{}/{name}", language.code()));
        }
    }
    first.ok_or_else(|| Failure::new(Exit::Failed, "error-no-notebooks"))
}

fn published(language: Language) -> Vec<(&'static str, &'static [u8])> {
    notebooks::embedded(language).collect()
}
