//! `weft doctor`: whether everything Weft needs is here, ending with a real kernel that is
//! started, executes, is interrupted and shut down.

mod jupyter_checks;
mod round_trip;
mod sandbox;
mod toolchain;

use std::io::Write;

use clap::Command;
use messages::{Language, Value};
use serde::Serialize;

use crate::cli::{Call, Subcommand, Words};
use crate::failure::{Exit, Failure};

/// The subcommand.
pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "doctor",
    define,
    run,
};

fn define(command: Command, words: Words) -> Command {
    command
        .about(words.of("help-doctor"))
        .arg(words.flag("json", "help-json"))
}

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// As it should be.
    Ok,
    /// Not needed for the workbook, or good to know.
    Note,
    /// Weft needs it and it is not here.
    Missing,
    /// It is here and does not work.
    Failed,
}

/// One thing looked at.
#[derive(Debug, Serialize)]
pub struct Check {
    id: &'static str,
    status: Status,
    title: String,
    detail: String,
    next: Option<String>,
}

/// Collects checks and, unless the answer is JSON, tells each as it comes.
pub struct Examination {
    language: Language,
    live: bool,
    checks: Vec<Check>,
}

impl Examination {
    /// Adds a check. The catalogue has `doctor-ID` for its title and, for checks that can go
    /// wrong, `doctor-ID-next` for what to do then.
    pub fn add(
        &mut self,
        id: &'static str,
        status: Status,
        detail: impl Into<String>,
    ) -> Result<(), Failure> {
        let next = (status != Status::Ok)
            .then(|| {
                let id = format!("doctor-{id}-next");
                messages::try_format(self.language, &id, &[])
                    .or_else(|| messages::try_format(Language::En, &id, &[]))
            })
            .flatten();
        let check = Check {
            id,
            status,
            title: messages::text(self.language, &format!("doctor-{id}")),
            detail: detail.into(),
            next,
        };
        if self.live {
            self.tell(&check)?;
        }
        self.checks.push(check);
        Ok(())
    }

    /// A text for a detail.
    pub fn text(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        messages::format(self.language, id, args)
    }

    /// Says what takes a while now.
    pub fn announce(&self, id: &str) {
        if self.live {
            let _ = writeln!(std::io::stderr(), "{}", messages::text(self.language, id));
        }
    }

    /// A word about what it is at.
    fn mention(&self, what: &str) {
        if self.live {
            let _ = writeln!(std::io::stderr(), "        {what}");
        }
    }

    fn tell(&self, check: &Check) -> Result<(), Failure> {
        let mut out = std::io::stdout();
        let status = match check.status {
            Status::Ok => "doctor-status-ok",
            Status::Note => "doctor-status-note",
            Status::Missing => "doctor-status-missing",
            Status::Failed => "doctor-status-failed",
        };
        let status = messages::text(self.language, status);
        writeln!(out, "[{status}] {}: {}", check.title, check.detail)?;
        if let Some(next) = &check.next {
            writeln!(out, "        {next}")?;
        }
        Ok(())
    }

    fn count(&self, status: Status) -> usize {
        self.checks
            .iter()
            .filter(|check| check.status == status)
            .count()
    }
}

fn run(call: &Call<'_>) -> Result<(), Failure> {
    let json = call.matches.get_flag("json");
    let mut examination = Examination {
        language: call.language,
        live: !json,
        checks: Vec::new(),
    };
    platform(&mut examination)?;
    toolchain::examine(&mut examination)?;
    sandbox::examine(&mut examination)?;
    jupyter_checks::ports(&mut examination)?;
    let python = jupyter_checks::examine(&mut examination)?;
    library(&mut examination)?;
    if let Some(python) = python {
        round_trip::examine(&mut examination, &python)?;
    }
    let missing = examination.count(Status::Missing);
    let failed = examination.count(Status::Failed);
    if json {
        let mut out = std::io::stdout().lock();
        let document = serde_json::json!({
            "ok": missing + failed == 0,
            "checks": examination.checks,
        });
        serde_json::to_writer_pretty(&mut out, &document).map_err(std::io::Error::from)?;
        writeln!(out)?;
    }
    match (missing, failed) {
        (0, 0) => {
            if !json {
                writeln!(std::io::stdout(), "{}", call.text("doctor-all-well"))?;
            }
            Ok(())
        }
        (0, _) => Err(Failure::new(Exit::Failed, "error-doctor-failed").with("count", failed)),
        _ => Err(Failure::environment("error-doctor-missing").with("count", missing)),
    }
}

/// Prepares what cells can use, if that has not been done: the first cell would wait for it.
fn library(examination: &mut Examination) -> Result<(), Failure> {
    if matches!(kernel::evaluate::is_prepared(), Ok(false)) {
        examination.announce("doctor-library-announce");
    }
    match kernel::evaluate::prepare(&mut |name| examination.mention(name)) {
        Ok(folder) => examination.add("library", Status::Ok, folder.display().to_string()),
        Err(error) => examination.add("library", Status::Failed, error.to_string()),
    }
}

fn platform(examination: &mut Examination) -> Result<(), Failure> {
    let here = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let supported = cfg!(all(
        target_os = "linux",
        any(target_arch = "x86_64", target_arch = "aarch64")
    ));
    let status = if supported {
        Status::Ok
    } else {
        Status::Missing
    };
    examination.add("platform", status, here)
}
