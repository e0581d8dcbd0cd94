//! `weft explore` in words.

use std::io::Write;
use std::time::Duration;

use explorer::job::Explored;
use explorer::{
    Answer, Assumption, Cause, Ending, Failure as Found, FailureKind, Relation, Spent, Verdict,
    Waiting, spelled,
};
use messages::{Value, grouped};
use student::NotModelled;

use super::document::{Pair, Shown, goes_without_saying};
use super::spurious;
use crate::cli::Call;
use crate::direction::in_direction;

/// Orders of each kind that are shown; the rest are counted.
const SHOWN: usize = 12;
/// The width of the word a line begins with.
const WORD: usize = 14;

/// An answer being written.
pub struct Page<'a, W> {
    out: W,
    /// Whose language it is in.
    pub call: &'a Call<'a>,
}

impl<'a> Page<'a, std::io::StdoutLock<'static>> {
    /// On stdout.
    pub fn open(call: &'a Call<'a>) -> Self {
        Page {
            out: std::io::stdout().lock(),
            call,
        }
    }
}

impl<'a> Page<'a, Vec<u8>> {
    /// In memory.
    pub fn kept(call: &'a Call<'a>) -> Self {
        Page {
            out: Vec::new(),
            call,
        }
    }

    /// What was written.
    pub fn into_text(self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }
}

impl<W: Write> Page<'_, W> {
    /// A word, and what belongs to it.
    pub fn line(&mut self, word: &str, rest: &str) -> std::io::Result<()> {
        let room = WORD.saturating_sub(word.chars().count());
        let line = harmless(&format!("  {word}{}{rest}", " ".repeat(room.max(1))));
        writeln!(
            self.out,
            "{}",
            in_direction(self.call.language, line.trim_end())
        )
    }

    /// The same, from the catalogue.
    pub fn said(
        &mut self,
        word: &str,
        id: &str,
        args: &[(&str, Value<'_>)],
    ) -> std::io::Result<()> {
        let word = if word.is_empty() {
            String::new()
        } else {
            self.call.text(word)
        };
        let rest = self.call.format(id, args);
        self.line(&word, &rest)
    }
}

/// A line of which no character moves the cursor, changes colours or turns the direction of what follows: a program may
/// have printed any.
fn harmless(line: &str) -> String {
    let turns = |letter| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut shown = String::with_capacity(line.len());
    for letter in line.chars() {
        if letter != '\t' && letter.is_control() || turns(letter) {
            shown.extend(letter.escape_unicode());
        } else {
            shown.push(letter);
        }
    }
    shown
}

/// What was found in a program.
pub fn explored(shown: &Shown<'_>, explored: &Explored, list: bool) -> std::io::Result<()> {
    let mut page = Page::open(shown.call);
    headline(&mut page, explored)?;
    page.unseen(shown.remarks)?;
    if let Some(spurious) = &explored.spurious {
        spurious::page(&mut page, spurious)?;
    }
    orders(&mut page, explored)?;
    for found in &explored.failures {
        page.found(found)?;
    }
    page.cut_short(explored.cut_short)?;
    if let Some(answer) = &explored.ask {
        page.answer(answer)?;
        let impossible = matches!(answer, Answer::Impossible { .. });
        if impossible && explored.verdict != Verdict::Proved {
            page.said("", "explore-not-proved", &[])?;
        }
    }
    if list {
        for outcome in &explored.list {
            let text = outcome.text.trim_end_matches('\n').replace('\n', " | ");
            let ending = ending(shown.call, outcome.ending);
            page.line("", &format!("{text}   {ending}"))?;
        }
    }
    let assumptions: Vec<String> = explored
        .assumptions
        .iter()
        .filter(|one| !goes_without_saying(one))
        .map(|one| assumption(shown.call, one))
        .collect();
    for (index, said) in assumptions.iter().enumerate() {
        let word = if index == 0 {
            shown.call.text("explore-word-assumed")
        } else {
            String::new()
        };
        page.line(&word, said)?;
    }
    Ok(())
}

/// What an exploration is worth, in a word or two.
pub fn worth(call: &Call<'_>, verdict: Verdict) -> String {
    match verdict {
        Verdict::Proved => call.text("explore-proved"),
        Verdict::Bounded { bound: None } => call.text("explore-bounded"),
        Verdict::Bounded { bound: Some(bound) } => call.format(
            "explore-bounded-preemptions",
            &[("bound", u64::from(bound).into())],
        ),
        Verdict::Sampled { executions } => {
            call.format("explore-sampled", &[("executions", executions.into())])
        }
    }
}

/// What it cost.
pub fn effort(call: &Call<'_>, classes: u64, elapsed: Duration) -> String {
    let ms = elapsed.as_secs_f64() * 1e3;
    let args = [
        ("classes", classes.into()),
        ("ms", format!("{ms:.1}").into()),
    ];
    call.format("explore-effort", &args)
}

fn headline<W: Write>(page: &mut Page<'_, W>, explored: &Explored) -> std::io::Result<()> {
    let verdict = worth(page.call, explored.verdict);
    let effort = effort(page.call, explored.classes, explored.elapsed);
    let outcomes = match &explored.outputs {
        Some(count) => {
            let count = grouped(count);
            page.call
                .format("explore-outcomes", &[("count", count.into())])
        }
        None if explored.cut_short.is_some() => page.call.text("explore-outcomes-not-counted"),
        None => page.call.text("explore-outcomes-too-many"),
    };
    page.line(&verdict, &format!("{effort}   {outcomes}"))?;
    let bad: Vec<String> = explored
        .endings
        .iter()
        .filter(|one| !matches!(one, Ending::Finished(0)))
        .map(|one| ending(page.call, *one))
        .collect();
    if !bad.is_empty() {
        page.said(
            "",
            "explore-some-end",
            &[("endings", bad.join(", ").into())],
        )?;
    }
    Ok(())
}

fn orders<W: Write>(page: &mut Page<'_, W>, explored: &Explored) -> std::io::Result<()> {
    // Without a proof an order that always held may still be broken.
    let word = if explored.verdict == Verdict::Proved {
        "explore-word-guaranteed"
    } else {
        "explore-word-held"
    };
    for guarantee in explored.guaranteed.told.iter().take(SHOWN) {
        let cause = cause(page.call, guarantee.cause.as_ref());
        let args = [
            ("before", guarantee.before.as_str().into()),
            ("after", guarantee.after.as_str().into()),
            ("cause", cause.into()),
        ];
        page.said(word, "explore-guaranteed", &args)?;
    }
    let rest = explored.guaranteed.told.len().saturating_sub(SHOWN) + explored.guaranteed.left_out;
    page.more(rest)?;
    let timing = &explored.timing;
    for likely in timing.likely.iter().take(SHOWN) {
        let args = [
            ("before", likely.before.as_str().into()),
            ("after", likely.after.as_str().into()),
            (
                "ms",
                likely
                    .margin_ms
                    .map_or_else(String::new, |ms| format!("{ms:.0}"))
                    .into(),
            ),
        ];
        let id = if likely.margin_ms.is_some() {
            "explore-likely-margin"
        } else {
            "explore-likely"
        };
        page.said("explore-word-likely", id, &args)?;
    }
    page.more(timing.likely.len().saturating_sub(SHOWN))?;
    for luck in timing.luck.iter().take(SHOWN) {
        let args = [
            ("one", luck.one.as_str().into()),
            ("other", luck.other.as_str().into()),
        ];
        page.said("explore-word-luck", "explore-luck", &args)?;
    }
    page.more(timing.luck.len().saturating_sub(SHOWN) + timing.left_out)
}

impl<W: Write> Page<'_, W> {
    /// Why not everything was worked out.
    fn cut_short(&mut self, why: Option<Spent>) -> std::io::Result<()> {
        let id = match why {
            None => return Ok(()),
            Some(Spent::Time) => "explore-cut-short-time",
            Some(Spent::Memory) => "explore-cut-short-memory",
            Some(Spent::Interrupted) => "explore-cut-short-interrupted",
        };
        self.said("", id, &[])
    }

    fn more(&mut self, count: usize) -> std::io::Result<()> {
        if count == 0 {
            return Ok(());
        }
        self.said("", "explore-more", &[("count", (count as u64).into())])
    }

    pub fn found(&mut self, found: &Found) -> std::io::Result<()> {
        let mut sentences = failure(self.call, found).into_iter();
        let word = self
            .call
            .text(&format!("explore-word-{}", kind(found.kind)));
        let first = sentences.next().unwrap_or_default();
        self.line(&word, &first)?;
        for sentence in sentences {
            self.line("", &sentence)?;
        }
        match found.schedule.as_str() {
            "" => Ok(()),
            schedule => self.see(schedule),
        }
    }

    /// How a schedule is shown.
    pub fn see(&mut self, schedule: &str) -> std::io::Result<()> {
        let id = if self.call.matches.get_flag("cell") {
            "explore-replay-in-cell"
        } else {
            "explore-replay-with"
        };
        self.said("", id, &[("schedule", schedule.into())])
    }

    /// Why nothing is proved.
    fn unseen(&mut self, remarks: &[NotModelled]) -> std::io::Result<()> {
        for remark in remarks {
            let args = [
                ("what", remark.what.as_str().into()),
                ("line", u64::from(remark.line).into()),
            ];
            self.said("explore-word-not-seen", "explore-not-seen", &args)?;
        }
        Ok(())
    }

    fn answer(&mut self, answer: &Answer) -> std::io::Result<()> {
        match answer {
            Answer::Possible { endings } => {
                let ends: Vec<String> = endings.iter().map(|one| ending(self.call, *one)).collect();
                let args = [("endings", ends.join(", ").into())];
                self.said("explore-word-ask", "explore-possible", &args)
            }
            Answer::Impossible {
                from_line,
                could_be,
                could_end,
            } => {
                let mut could: Vec<String> =
                    could_be.iter().map(|line| format!("“{line}”")).collect();
                could.extend(could_end.iter().map(|one| ending(self.call, *one)));
                let args = [
                    ("line", (*from_line as u64).into()),
                    ("could", could.join(", ").into()),
                ];
                self.said("explore-word-ask", "explore-impossible", &args)
            }
        }
    }
}

/// How two programs stand to each other.
pub fn compared(shown: &Shown<'_>, pair: &Pair<'_>) -> std::io::Result<()> {
    let mut page = Page {
        out: std::io::stdout().lock(),
        call: shown.call,
    };
    let id = match pair.relation {
        Some(Relation::Equal) => "explore-equal",
        Some(Relation::UnderSynchronised) => "explore-under",
        Some(Relation::OverSynchronised) => "explore-over",
        Some(Relation::Different) => "explore-different",
        None => "explore-relation-open",
    };
    let count = |explored: &Explored| explored.outputs.as_deref().map(grouped).unwrap_or_default();
    let [a, b] = pair.both.map(count);
    page.said("", id, &[("a", a.into()), ("b", b.into())])?;
    if let Some((outcome, of)) = pair.witness {
        let id = if of == "B" {
            "explore-witness-b"
        } else {
            "explore-witness-a"
        };
        let ending = ending(shown.call, outcome.ending);
        page.said("", id, &[("ending", ending.into())])?;
        for line in outcome.text.lines() {
            page.line("", &format!("    {line}"))?;
        }
    }
    page.unseen(shown.remarks)?;
    let is_proved = |explored: &Explored| explored.verdict == Verdict::Proved;
    if !pair.both.into_iter().all(is_proved) {
        page.said("", "explore-not-proved", &[])?;
    }
    if let Some(spurious) = pair.spurious {
        spurious::page_of_second(&mut page, spurious)?;
    }
    page.cut_short(pair.cut_short)
}

/// Is this a file of the program, and not one of ours or of the compiler's?
pub fn is_students(file: &str) -> bool {
    !file.starts_with('/') && !file.starts_with("explorer/") && !file.contains("/src/model/")
}

/// The lines of a failure, in the program's own files.
pub fn line_numbers(found: &Found) -> Vec<u32> {
    let mut lines: Vec<u32> = found
        .lines
        .iter()
        .filter(|line| is_students(&line.file))
        .map(|line| line.line)
        .collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// What a failure is, sentence by sentence.
pub fn failure(call: &Call<'_>, found: &Found) -> Vec<String> {
    let lines: Vec<String> = line_numbers(found).iter().map(u32::to_string).collect();
    let args = [
        ("lines", lines.join(", ").into()),
        (
            "message",
            found.message.as_deref().unwrap_or_default().into(),
        ),
    ];
    let mut said = vec![call.format(&format!("explore-{}", kind(found.kind)), &args)];
    said.extend(found.waiting.iter().map(|waiting| wait(call, waiting)));
    said
}

pub fn wait(call: &Call<'_>, waiting: &Waiting) -> String {
    let what = messages::try_format(
        call.language,
        &format!("explore-object-{}", waiting.what),
        &[],
    )
    .unwrap_or_else(|| waiting.what.clone());
    let number = |line: &explorer::Line| u64::from(line.line);
    let mut args: Vec<(&str, Value<'_>)> = vec![
        ("who", who(call, waiting.thread).into()),
        ("line", number(&waiting.at).into()),
        ("what", what.into()),
    ];
    let id = match (waiting.whom, &waiting.taken_at) {
        // The thread itself is what is waited for.
        (Some(whom), _) if waiting.what == "thread" => {
            args.push(("whom", who(call, whom).into()));
            "explore-waits-end"
        }
        (Some(whom), Some(taken)) => {
            args.push(("whom", who(call, whom).into()));
            args.push(("taken", number(taken).into()));
            "explore-waits-held"
        }
        _ => "explore-waits",
    };
    call.format(id, &args)
}

pub fn who(call: &Call<'_>, thread: usize) -> String {
    match thread {
        0 => call.text("explore-who-main"),
        number => call.format("explore-who-thread", &[("number", (number as u64).into())]),
    }
}

fn kind(kind: FailureKind) -> &'static str {
    match kind {
        FailureKind::Deadlock => "deadlock",
        FailureKind::LostUpdate => "lost-update",
        FailureKind::DataRace => "data-race",
        FailureKind::Panic => "panic",
        FailureKind::Livelock => "livelock",
        FailureKind::LostWakeup => "lost-wakeup",
        FailureKind::BlockedAtExit => "blocked-at-exit",
        FailureKind::Nondeterminism => "nondeterminism",
    }
}

pub fn ending(call: &Call<'_>, ending: Ending) -> String {
    match ending {
        Ending::Finished(0) => call.text("explore-ends-finished"),
        Ending::Finished(code) => {
            call.format("explore-ends-code", &[("code", code.to_string().into())])
        }
        Ending::Panicked => call.text("explore-ends-panicked"),
        Ending::Deadlock => call.text("explore-ends-deadlock"),
        Ending::CutOff => call.text("explore-ends-cut-off"),
    }
}

fn cause(call: &Call<'_>, cause: Option<&Cause>) -> String {
    let Some(cause) = cause else {
        return String::new();
    };
    let by = spelled(&format!("{:?}", cause.by));
    let by = call.text(&format!("explore-by-{by}"));
    match &cause.line {
        Some(line) if is_students(&line.file) => {
            let args = [("by", by.into()), ("line", u64::from(line.line).into())];
            call.format("explore-cause", &args)
        }
        _ => by,
    }
}

/// What the answer rests on.
pub fn assumption(call: &Call<'_>, assumption: &Assumption) -> String {
    let number = |id: &str, bound: u64| call.format(id, &[("bound", bound.into())]);
    match assumption {
        Assumption::SequentialConsistency => call.text("explore-assumes-consistency"),
        Assumption::Symmetry => call.text("explore-assumes-symmetry"),
        Assumption::SpuriousWakeups { at_most } => {
            number("explore-assumes-spurious", u64::from(*at_most))
        }
        Assumption::Polling { bound } => number("explore-assumes-polling", u64::from(*bound)),
        Assumption::Threads { bound } => number("explore-assumes-threads", *bound as u64),
        Assumption::Steps { bound } => number("explore-assumes-steps", u64::from(*bound)),
        Assumption::PrivateMemory => call.text("explore-assumes-private-memory"),
        Assumption::ThreadsOfAChild => call.text("explore-assumes-threads-of-a-child"),
        Assumption::TriedRendezvous => call.text("explore-assumes-tried-rendezvous"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_printed_does_nothing_to_the_terminal() {
        assert_eq!(
            harmless("a\u{202e}b\u{1b}[31m\0\t\u{200c}é"),
            "a\\u{202e}b\\u{1b}[31m\\u{0}\t\u{200c}é"
        );
    }
}
