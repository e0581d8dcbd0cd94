//! What the library costs beside Python's, in one sitting: `cargo bench -p exercises [-- NAME...]`.
//!
//! Every figure is measured in turns (ours, Python's, the raw limit where there is one, then again), and the medians
//! are compared, because a machine that others use is quick in one second and slow in the next. Recording is off,
//! as in a notebook cell without a timeline; the last column is ours again with recording on. The Python part is
//! `python.py` in this folder, run by `python3`.

mod figures;
mod python;
mod raw;

use std::process::ExitCode;

use figures::{FIGURES, Figure, Target};
use recorder::{Journal, LaneKind, current};

/// How often each side is measured.
const ROUNDS: usize = 5;

/// Room for what the longest figure records; a full journal would only count what is lost.
const JOURNAL_SLOTS: u32 = 1 << 22;

fn main() -> ExitCode {
    // cargo itself adds `--bench`.
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    println!(
        "microseconds each, medians of {ROUNDS}; a ratio above 1 says how many times quicker ours is"
    );
    println!(
        "{:<34}{:>10}{:>11}{:>8}{:>10}{:>8}  {:<24}{:>10}{:>8}",
        "", "ours", "Python", "ratio", "raw", "ratio", "target", "recording", "ratio"
    );
    let mut missed = 0;
    for figure in FIGURES {
        if wanted.is_empty()
            || wanted
                .iter()
                .any(|name| figure.name.contains(name.as_str()))
        {
            missed += usize::from(!measure(figure));
        }
    }
    if missed == 0 {
        return ExitCode::SUCCESS;
    }
    println!("{missed} figures miss their target on this machine, now");
    ExitCode::from(1)
}

/// Measures and prints one figure; whether it reaches its targets.
fn measure(figure: &Figure) -> bool {
    let (mut ours, mut python, mut raw) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push((figure.ours)());
        python.extend(figure.python.map(python::microseconds));
        raw.extend(figure.raw.map(|raw| raw()));
    }
    let recording: Vec<f64> = (0..ROUNDS).map(|_| recorded(figure.ours)).collect();

    let ours = median(ours).unwrap_or(f64::NAN);
    let (python, raw) = (median(python), median(raw));
    let recording = median(recording).unwrap_or(f64::NAN);
    let reached = figure.targets.iter().all(|target| match target {
        Target::Python(times) => python.is_some_and(|python| python / ours >= *times),
        Target::Raw(times) => raw.is_some_and(|raw| ours / raw <= *times),
    });
    let cell = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.2}"));
    let times = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.2}x"));
    let targets: Vec<String> = figure.targets.iter().map(Target::to_string).collect();
    println!(
        "{:<34}{:>10}{:>11}{:>8}{:>10}{:>8}  {:<24}{:>10}{:>8}{}",
        figure.name,
        cell(Some(ours)),
        cell(python),
        times(python.map(|python| python / ours)),
        cell(raw),
        times(raw.map(|raw| raw / ours)),
        targets.join(", "),
        cell(Some(recording)),
        times(python.or(raw).map(|peer| peer / recording)),
        if reached { "" } else { "  MISSED" },
    );
    reached
}

/// The same with a journal that takes everything down.
fn recorded(ours: fn() -> f64) -> f64 {
    let journal = Journal::create(JOURNAL_SLOTS).expect("memory for a journal");
    current::install(journal, "main", LaneKind::Process);
    let time = ours();
    current::uninstall();
    time
}

fn median(mut times: Vec<f64>) -> Option<f64> {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}
