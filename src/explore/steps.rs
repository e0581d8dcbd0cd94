//! A schedule, step by step: one that was found, or one that the user chooses.

use std::io::Write;

use explorer::{Failure as Found, Happening, Line, Turn, Whom};
use serde::Serialize;

use super::document::Shown;
use super::report::{Page, ending, is_students, wait, who};
use crate::cli::Call;
use crate::direction::in_direction;

/// A schedule that the user chooses, as far as she has, for a kernel that makes buttons of it. With words.
#[derive(Serialize)]
pub struct Game {
    /// What happened, line by line.
    happened: String,
    /// Who can go and who waits, or that it is over, line by line.
    next: String,
    /// Nobody can go.
    over: bool,
    /// Everybody who has not ended, in as many ways as there are.
    moves: Vec<Move>,
}

/// One of those who have not ended.
#[derive(Serialize)]
struct Move {
    /// How the user says that this is next.
    step: String,
    /// Whose move it is.
    who: String,
    /// Whose, where and what.
    label: String,
    /// Where in the student's program.
    line: Option<u32>,
    /// What is waited for, where this cannot be next.
    waits: Option<String>,
}

/// A schedule that was found: what happens, and what goes wrong. A picture of it may follow.
pub fn replayed(
    shown: &Shown<'_>,
    happenings: &[Happening],
    failures: &[Found],
    drawn: bool,
) -> std::io::Result<()> {
    let mut page = Page::open(shown.call);
    happened(&mut page, happenings, failures)?;
    if drawn {
        page.said("", "explore-picture-clock", &[])?;
    }
    Ok(())
}

fn happened<W: Write>(
    page: &mut Page<'_, W>,
    happenings: &[Happening],
    failures: &[Found],
) -> std::io::Result<()> {
    let call = page.call;
    for happening in happenings {
        let (thread, said) = match happening {
            Happening::Step {
                thread,
                at,
                does,
                whom,
                ..
            } => {
                let whom = whom.map(|whom| match whom {
                    Whom::Started(other) | Whom::Forked(other) | Whom::Joined(other) => {
                        who(call, other)
                    }
                });
                let words = [place(call, at), does.clone(), whom.unwrap_or_default()];
                (
                    thread,
                    format!("{:<12} {} {}", words[0], words[1], words[2]),
                )
            }
            Happening::Print {
                thread,
                text,
                stderr,
            } => {
                let id = if *stderr {
                    "explore-complains"
                } else {
                    "explore-prints"
                };
                (thread, call.format(id, &[("text", text.trim_end().into())]))
            }
            Happening::End {
                thread,
                ending: how,
            } => (thread, ending(call, *how)),
        };
        page.line(&who(call, *thread), &said)?;
    }
    for found in failures {
        page.found(found)?;
    }
    Ok(())
}

/// The line of the student's program; nothing where it is not hers.
fn place(call: &Call<'_>, at: &Line) -> String {
    if is_students(&at.file) {
        call.format("explore-at-line", &[("line", u64::from(at.line).into())])
    } else {
        String::new()
    }
}

/// A schedule that the user chooses, as far as she has: what happened, and who can go next. `step` is how she says that
/// somebody goes.
pub fn played(
    shown: &Shown<'_>,
    happenings: &[Happening],
    failures: &[Found],
    turns: &[Turn],
    step: &dyn Fn(&str) -> String,
) -> std::io::Result<()> {
    let mut page = Page::open(shown.call);
    happened(&mut page, happenings, at_the_end(failures, turns))?;
    next(&mut page, turns, step)
}

/// The same, for a kernel.
pub fn game(
    shown: &Shown<'_>,
    happenings: &[Happening],
    failures: &[Found],
    turns: &[Turn],
    step: &dyn Fn(&str) -> String,
) -> std::io::Result<Game> {
    let written = |write: &dyn Fn(&mut Page<'_, Vec<u8>>) -> std::io::Result<()>| {
        let mut page = Page::kept(shown.call);
        write(&mut page)?;
        Ok::<String, std::io::Error>(page.into_text())
    };
    Ok(Game {
        happened: written(&|page| happened(page, happenings, at_the_end(failures, turns)))?,
        next: written(&|page| next(page, turns, step))?,
        over: is_over(turns),
        moves: turns
            .iter()
            .flat_map(|turn| moves(shown.call, turn))
            .collect(),
    })
}

fn is_over(turns: &[Turn]) -> bool {
    !turns.iter().any(Turn::can_go)
}

/// What is not over yet is no failure.
fn at_the_end<'a>(failures: &'a [Found], turns: &[Turn]) -> &'a [Found] {
    if is_over(turns) { failures } else { &[] }
}

fn next<W: Write>(
    page: &mut Page<'_, W>,
    turns: &[Turn],
    step: &dyn Fn(&str) -> String,
) -> std::io::Result<()> {
    if is_over(turns) {
        return page.said("", "explore-play-over", &[]);
    }
    let call = page.call;
    for turn in turns {
        let thread = who(call, turn.thread);
        let line = place(call, &turn.at);
        for name in names(turn) {
            let word = call.text("explore-word-can-go");
            let does = &turn.does;
            let rest = format!("{thread:<12} {line:<12} {does:<14} `{}`", step(&name));
            page.line(&word, &rest)?;
        }
        if let Some(waiting) = &turn.waits {
            page.line(&call.text("explore-word-waits"), &wait(call, waiting))?;
        }
    }
    Ok(())
}

/// How each way in which a thread can go is named in a schedule.
fn names(turn: &Turn) -> impl Iterator<Item = String> {
    (0..turn.choices).map(|choice| match choice {
        0 => turn.thread.to_string(),
        choice => format!("{}/{choice}", turn.thread),
    })
}

fn moves(call: &Call<'_>, turn: &Turn) -> Vec<Move> {
    let waits = turn.waits.as_ref().map(|waiting| wait(call, waiting));
    let steps: Vec<String> = match &waits {
        Some(_) => vec![turn.thread.to_string()],
        None => names(turn).collect(),
    };
    let who = who(call, turn.thread);
    let one = |step: String| {
        let mut parts = vec![who.clone(), place(call, &turn.at), turn.does.clone()];
        // The thread's other ways to go do the same at the same place.
        if step.contains('/') {
            parts.push(step.clone());
        }
        parts.retain(|part| !part.is_empty());
        Move {
            label: in_direction(call.language, &parts.join(" · ")).into_owned(),
            line: is_students(&turn.at.file).then_some(turn.at.line),
            who: who.clone(),
            waits: waits.clone(),
            step,
        }
    };
    steps.into_iter().map(one).collect()
}
