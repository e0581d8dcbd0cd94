//! `if` around a wait where `while` is needed: what only a spurious wake-up shows, in words and as data.

use std::io::Write;

use explorer::Woken;
use explorer::job::{Spurious, Untried};
use serde::Serialize;

use super::document::{self, FailureShown, Shown};
use super::report::{Page, ending, is_students};
use crate::cli::Call;

/// The part of the answer.
#[derive(Serialize)]
pub struct SpuriousShown {
    /// All of them were tried.
    complete: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    cut_short: Option<Untried>,
    /// The lines of the waits that end without a notification where it goes wrong.
    waits: Vec<u32>,
    /// What fails only then.
    failures: Vec<FailureShown>,
    /// What is printed only then, where nothing fails, how it ends, and a schedule that leads there.
    output: Option<Vec<String>>,
    ending: Option<String>,
    schedule: Option<String>,
    /// In words, where there is something to say.
    text: Vec<String>,
}

impl SpuriousShown {
    /// All that is known.
    pub fn new(shown: &Shown<'_>, spurious: &Spurious) -> Self {
        let woken = spurious.woken.as_ref();
        let output = woken.and_then(|woken| woken.output.as_ref());
        let lines = |text: &str| text.lines().map(str::to_owned).collect();
        Self {
            complete: spurious.untried.is_none(),
            cut_short: spurious.untried,
            waits: woken.map(waits).unwrap_or_default(),
            failures: woken.map_or_else(Vec::new, |woken| shown.failures(&woken.failures)),
            output: output.map(|output| lines(&output.text)),
            ending: output.map(|output| document::ending(output.ending)),
            schedule: woken.and_then(|woken| woken.schedule.clone()),
            text: told(shown.call, spurious),
        }
    }
}

/// Tells it, below the verdict that does not reckon with it.
pub fn page<W: Write>(page: &mut Page<'_, W>, spurious: &Spurious) -> std::io::Result<()> {
    let mut sentences = told(page.call, spurious).into_iter();
    let Some(first) = sentences.next() else {
        return Ok(());
    };
    let word = page.call.text("explore-word-spurious");
    page.line(&word, &first)?;
    if let Some(woken) = &spurious.woken {
        for failure in &woken.failures {
            page.found(failure)?;
        }
        if let Some(output) = &woken.output {
            let how = ending(page.call, output.ending);
            page.said("", "explore-spurious-prints", &[("ending", how.into())])?;
            for line in output.text.lines() {
                page.line("", &format!("    {line}"))?;
            }
        }
        if let Some(schedule) = &woken.schedule {
            page.see(schedule)?;
        }
    }
    for sentence in sentences {
        page.line("", &sentence)?;
    }
    Ok(())
}

/// Tells it of the second of two programs that can print the same without it.
pub fn page_of_second<W: Write>(
    page: &mut Page<'_, W>,
    spurious: &Spurious,
) -> std::io::Result<()> {
    if !told(page.call, spurious).is_empty() {
        page.said("", "explore-equal-spurious", &[])?;
    }
    self::page(page, spurious)
}

/// What is the matter, and what to do; nothing where there is nothing to say.
fn told(call: &Call<'_>, spurious: &Spurious) -> Vec<String> {
    let advice = || call.text("explore-spurious-advice");
    if let Some(woken) = &spurious.woken {
        let lines = waits(woken);
        let count = lines.len() as u64;
        let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
        let args = [("count", count.into()), ("lines", lines.join(", ").into())];
        return vec![call.format("explore-spurious", &args), advice()];
    }
    let Some(untried) = spurious.untried else {
        return Vec::new();
    };
    let harmed = |id| vec![call.text(id), advice()];
    match untried {
        Untried::Crashed => harmed("explore-spurious-crashed"),
        Untried::Stuck => harmed("explore-spurious-stuck"),
        Untried::Time => vec![call.text("explore-spurious-untried-time")],
        Untried::Memory => vec![call.text("explore-spurious-untried-memory")],
        Untried::Interrupted => vec![call.text("explore-spurious-untried-interrupted")],
        Untried::Classes | Untried::Nondeterminism => vec![call.text("explore-spurious-untried")],
    }
}

/// The lines of the waits, in the program's own files.
fn waits(woken: &Woken) -> Vec<u32> {
    let own = woken.waits.iter().filter(|line| is_students(&line.file));
    own.map(|line| line.line).collect()
}
