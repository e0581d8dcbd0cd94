//! A schedule, step by step: one that was found, or one that the user chooses.

use explorer::{Failure as Found, Happening, Line, Turn, spelled};

use super::document::Shown;
use super::report::{Page, ending, is_students, wait, who};
use crate::cli::Call;

/// A schedule that was found: what happens, and what goes wrong.
pub fn replayed(
    shown: &Shown<'_>,
    happenings: &[Happening],
    failures: &[Found],
) -> std::io::Result<()> {
    let mut page = Page::open(shown.call);
    for happening in happenings {
        match happening {
            Happening::Step { thread, at, kind } => {
                let who = who(shown.call, *thread);
                let what = kind.map_or_else(String::new, |kind| spelled(&format!("{kind:?}")));
                let line = place(shown.call, at);
                page.line(&who, &format!("{line:<12} {what}"))?;
            }
            Happening::Print {
                thread,
                text,
                stderr,
            } => {
                let who = who(shown.call, *thread);
                let id = if *stderr {
                    "explore-complains"
                } else {
                    "explore-prints"
                };
                let args = [("text", text.trim_end().into())];
                let said = shown.call.format(id, &args);
                page.line(&who, &said)?;
            }
            Happening::End {
                thread,
                ending: how,
            } => {
                let who = who(shown.call, *thread);
                let said = ending(shown.call, *how);
                page.line(&who, &said)?;
            }
        }
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
    let over = !turns.iter().any(Turn::can_go);
    // What is not over yet is no failure.
    replayed(shown, happenings, if over { failures } else { &[] })?;
    let mut page = Page::open(shown.call);
    if over {
        return page.said("", "explore-play-over", &[]);
    }
    for turn in turns {
        let thread = who(shown.call, turn.thread);
        let line = place(shown.call, &turn.at);
        for choice in 0..turn.choices {
            let name = match choice {
                0 => turn.thread.to_string(),
                choice => format!("{}/{choice}", turn.thread),
            };
            let word = shown.call.text("explore-word-can-go");
            let does = &turn.does;
            let rest = format!("{thread:<12} {line:<12} {does:<14} `{}`", step(&name));
            page.line(&word, &rest)?;
        }
        if let Some(waiting) = &turn.waits {
            let word = shown.call.text("explore-word-waits");
            page.line(&word, &wait(shown.call, waiting))?;
        }
    }
    Ok(())
}
