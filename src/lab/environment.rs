//! Weft's own Jupyter: a virtual environment in the user's data folder.

use std::collections::VecDeque;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::json;

use super::progress::Progress;
use crate::child;
use crate::failure::{Exit, Failure};
use crate::jupyter::{self, Found, Jupyter};

/// Makes the environment at `prefix`.
pub fn make(prefix: &Path, progress: &Progress) -> Result<Jupyter, Failure> {
    let python =
        child::on_path("python3").ok_or_else(|| Failure::environment("error-no-python"))?;
    make_venv(&python, prefix)?;
    let inner = prefix.join("bin/python3");
    let pip = [
        "-m",
        "pip",
        "install",
        "--upgrade",
        "--disable-pip-version-check",
    ];
    stream(
        Command::new(&inner)
            .args(pip)
            .args(["--progress-bar", "off", "jupyterlab>=4,<5"])
            // Draws the forms of `:pick`.
            .arg("jupyterlab_widgets>=3,<4"),
        progress,
    )?;
    quiet_news(&prefix.join("etc/jupyter"))?;
    let ready = prefix.join(jupyter::READY);
    fs::write(&ready, env!("CARGO_PKG_VERSION")).map_err(|error| Failure::file(&ready, &error))?;
    match jupyter::private(prefix) {
        Found::Usable(jupyter) => Ok(jupyter),
        Found::Unusable { reason, .. } => {
            Err(Failure::new(Exit::Environment, "error-jupyter-install").with("reason", reason))
        }
        Found::TooOld { lab, .. } => {
            Err(Failure::new(Exit::Environment, "error-jupyter-install").with("reason", lab))
        }
        Found::Nothing => {
            Err(Failure::new(Exit::Environment, "error-jupyter-install").with("reason", ""))
        }
    }
}

fn make_venv(python: &Path, prefix: &Path) -> Result<(), Failure> {
    if let Some(parent) = prefix.parent() {
        fs::create_dir_all(parent).map_err(|error| Failure::folder(parent, &error))?;
    }
    let answer = child::ask(
        Command::new(python)
            .args(["-m", "venv", "--clear"])
            .arg(prefix),
        Duration::from_secs(180),
    )
    .map_err(|error| Failure::file(python, &error))?;
    if answer.success() {
        return Ok(());
    }
    // Debian's Python comes without what a virtual environment needs.
    let missing = format!("{}{}", answer.stdout, answer.stderr);
    if missing.contains("ensurepip") || missing.contains("No module named venv") {
        return Err(Failure::environment("error-no-venv"));
    }
    Err(Failure::environment("error-python-broken")
        .with("path", python.display().to_string())
        .with("reason", answer.last_words()))
}

/// Runs pip, telling what it is at.
fn stream(command: &mut Command, progress: &Progress) -> Result<(), Failure> {
    let failed = |reason: String| {
        Failure::new(Exit::Environment, "error-jupyter-install").with("reason", reason)
    };
    let (reader, writer) = std::io::pipe().map_err(|error| failed(error.to_string()))?;
    let other = writer
        .try_clone()
        .map_err(|error| failed(error.to_string()))?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(writer)
        .stderr(other)
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    // The command keeps its ends of the pipe open; without this there is no end of file.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut last = VecDeque::new();
    for line in BufReader::new(reader).split(b'\n') {
        let Ok(line) = line else { break };
        let line = String::from_utf8_lossy(&line).trim().to_owned();
        if ["Collecting ", "Installing "]
            .iter()
            .any(|at_work| line.starts_with(at_work))
        {
            progress.detail(&shortened(&line));
        }
        if !line.is_empty() {
            last.push_back(line);
            if last.len() > 5 {
                last.pop_front();
            }
        }
    }
    let status = child.wait().map_err(|error| failed(error.to_string()))?;
    if status.success() {
        return Ok(());
    }
    let error = last.iter().rev().find(|line| line.starts_with("ERROR"));
    Err(failed(error.or(last.back()).cloned().unwrap_or_default()))
}

/// Pip names everything it installs in one line.
fn shortened(line: &str) -> String {
    const WIDTH: usize = 70;
    match line.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line.to_owned(),
    }
}

/// Turns off JupyterLab's question about news, which stands in front of the first notebook, for
/// servers that have `config` among their folders of settings.
pub fn quiet_news(config: &Path) -> Result<(), Failure> {
    let folder = config.join("labconfig");
    let file: PathBuf = folder.join("default_setting_overrides.json");
    let settings = json!({
        "@jupyterlab/apputils-extension:notification": {
            "fetchNews": "false",
            "checkForUpdates": false,
        },
    });
    let content = serde_json::to_vec_pretty(&settings).unwrap_or_default();
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&file, content))
        .map_err(|error| Failure::file(&file, &error))
}
