//! A real kernel, driven by Jupyter's own client: start, execute, interrupt, shutdown.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use super::{Examination, Status};
use crate::child;
use crate::failure::Failure;
use crate::install::this_program;
use crate::kernelspec::{self, KernelName};

const SCRIPT: &str = include_str!("round_trip.py");
/// More than the script's own bounds together.
const PATIENCE: Duration = Duration::from_secs(600);

/// One step the script reports.
#[derive(Debug, Deserialize)]
struct Step {
    step: String,
    ok: bool,
    ms: Option<u64>,
    why: Option<String>,
    folder: Option<String>,
    program: Option<String>,
}

/// The steps a whole round trip has, after the kernelspec was looked for.
const STEPS: [(&str, &str); 4] = [
    ("start", "kernel-start"),
    ("execute", "kernel-execute"),
    ("interrupt", "kernel-interrupt"),
    ("shutdown", "kernel-shutdown"),
];

/// Runs the kernel through its life with this Python.
pub fn examine(examination: &mut Examination, python: &Path) -> Result<(), Failure> {
    examination.announce("doctor-kernel-announce");
    // For the case that the kernel is not installed: what is tried is this very program.
    let own = std::env::temp_dir().join(format!("weft-doctor-{}", std::process::id()));
    let outcome = drive(python, &own);
    let _ = fs::remove_dir_all(&own);
    let answer = outcome?;
    let steps: Vec<Step> = answer
        .stdout
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    kernelspec_found(
        examination,
        steps.iter().find(|step| step.step == "kernelspec"),
    )?;
    for (name, id) in STEPS {
        match steps.iter().find(|step| step.step == name) {
            Some(step) if step.ok => {
                let ms = step.ms.unwrap_or_default();
                examination.add(id, Status::Ok, format!("{ms} ms"))?;
            }
            Some(step) => {
                let why = step.why.clone().unwrap_or_default();
                return examination.add(id, Status::Failed, why);
            }
            None => return examination.add(id, Status::Failed, answer.last_words()),
        }
    }
    Ok(())
}

fn drive(python: &Path, own: &Path) -> Result<child::Answer, Failure> {
    let name = KernelName::parse(kernelspec::DEFAULT_NAME)?;
    let spec = kernelspec::kernel_json(&this_program()?, |name| std::env::var_os(name));
    kernelspec::write(&kernelspec::folder(own, &name), &spec)?;
    child::ask(
        Command::new(python)
            .args(["-c", SCRIPT, kernelspec::DEFAULT_NAME])
            .arg(own.join("kernels")),
        PATIENCE,
    )
    .map_err(|error| Failure::file(python, &error))
}

fn kernelspec_found(examination: &mut Examination, step: Option<&Step>) -> Result<(), Failure> {
    let Some(folder) = step.and_then(|step| step.folder.as_deref()) else {
        let detail = examination.text("doctor-not-installed", &[]);
        return examination.add("kernelspec", Status::Note, detail);
    };
    let program = step.and_then(|step| step.program.as_deref()).unwrap_or("");
    if !child::is_executable(Path::new(program)) {
        let detail = examination.text(
            "doctor-kernelspec-stale",
            &[("path", folder.into()), ("program", program.into())],
        );
        return examination.add("kernelspec", Status::Failed, detail);
    }
    examination.add("kernelspec", Status::Ok, format!("{folder} ({program})"))
}
