//! From a program's text to the answer, compiling included: `cargo run --release -p student --example latency [RUNS]`.
//!
//! Prints the median and the slowest of some runs for each small program of the tests, next to the bound of 250 ms, and
//! what a bare compiler takes for the same text on this machine in the same sitting.
use explorer::job::{Job, Question};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use student::{Edition, Source, Watch, Workshop};

/// What may pass from a cell to its answer.
const BOUND: Duration = Duration::from_millis(250);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runs: usize = match std::env::args().nth(1) {
        Some(runs) => runs.parse()?,
        None => 11,
    };
    let begun = Instant::now();
    Workshop::open(&mut |_| {})?;
    println!(
        "{:<28} {:>9.1?}",
        "workshop, made or found",
        begun.elapsed()
    );
    println!(
        "{:<28} {:>9} {:>9} {:>9}",
        "program", "median", "slowest", "rustc"
    );
    for path in programs()? {
        let mut times = Vec::new();
        let mut bare = Vec::new();
        for _ in 0..runs.max(1) {
            times.push(answer(&path)?);
            bare.push(compile(&path)?);
        }
        times.sort();
        bare.sort();
        let (median, slowest) = (times[times.len() / 2], times[times.len() - 1]);
        println!(
            "{:<28} {:>9.1?} {:>9.1?} {:>9.1?}{}",
            path.file_stem().unwrap_or_default().to_string_lossy(),
            median,
            slowest,
            bare[bare.len() / 2],
            if median > BOUND { "   over 250 ms" } else { "" }
        );
    }
    Ok(())
}

fn programs() -> std::io::Result<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let mut found = Vec::new();
    for group in ["table", "bugs"] {
        for entry in std::fs::read_dir(folder.join(group))? {
            found.push(entry?.path());
        }
    }
    found.sort();
    Ok(found)
}

/// All of it, as a new process would do it.
fn answer(path: &Path) -> Result<Duration, Box<dyn std::error::Error>> {
    let begun = Instant::now();
    let workshop = Workshop::open(&mut |_| {})?;
    let source = Source::read(path, Edition::default())?;
    let compiled = workshop.compile(&source)?;
    let job = Job {
        libraries: Vec::new(),
        budget: Duration::from_secs(10),
        memory_bytes: 1 << 30,
        classes: None,
        question: Question::Explore,
        list: 0,
        ask: None,
        workers: student::cores(),
        disturb: true,
        seal: Vec::new(),
    };
    let mut watch = Watch {
        progress: &mut |_, _| {},
        interrupted: &|| false,
    };
    workshop.explore(&[&compiled], job, &mut watch)?;
    Ok(begun.elapsed())
}

/// The same text by a bare compiler.
fn compile(path: &Path) -> Result<Duration, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let begun = Instant::now();
    Command::new("rustc")
        .args(["--edition", "2024", "-Cprefer-dynamic", "-o"])
        .arg(folder.path().join("program"))
        .arg(path)
        .status()?;
    Ok(begun.elapsed())
}
