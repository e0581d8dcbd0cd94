//! `:play`: who goes next is chosen by the user, step by step: by buttons where pages have widgets, else by the command
//! once more.

use std::ffi::OsStr;

use messages::{Language as Tongue, text};
use serde::Deserialize;
use serde_json::{Value, json};

use super::explore::{cannot, explored, usage, written};
use super::program::{Listener, show_under};
use super::{Definition, failure, show_panel};
use crate::comm::board::{self, Board};
use crate::evaluate::Session;
use crate::language::CellOutcome;

pub(super) const DEFINITION: Definition = Definition {
    name: ":play",
    arguments: "[THREAD ... | back]",
    summary: "command-play",
    run,
};

/// Takes the last step back.
pub(crate) const BACK: &str = "back";
/// Text of a game that is shown; of a longer one the beginning is left out.
const MOST_TEXT: usize = 256 << 10;

/// How a game stands, as `weft explore --play` writes it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Game {
    /// What happened, line by line.
    pub(crate) happened: String,
    /// Who can go and who waits, or that it is over, line by line.
    pub(crate) next: String,
    /// Nobody can go.
    pub(crate) over: bool,
    /// Everybody who has not ended, in as many ways as there are.
    pub(crate) moves: Vec<Move>,
}

/// One of those who have not ended.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Move {
    /// What stands behind `:play` for it.
    pub(crate) step: String,
    /// Whose move it is.
    pub(crate) who: String,
    /// Whose, where and what.
    pub(crate) label: String,
    /// Where in the code, counted from 1.
    pub(crate) line: Option<usize>,
    /// What is waited for, where this cannot be next.
    pub(crate) waits: Option<String>,
}

fn run(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    let tongue = session.tongue;
    let mut chosen = session.explored.chosen.clone();
    match argument {
        "" => chosen.clear(),
        BACK => drop(chosen.pop()),
        _ if argument.starts_with(|first: char| first.is_ascii_digit()) => {
            chosen.extend(argument.split_whitespace().map(str::to_owned));
        }
        _ => return Err(usage(tongue, "command-play-usage")),
    }
    if session.explored.code.trim().is_empty() {
        return Err(usage(tongue, "command-explore-nothing"));
    }
    session.explored.instead_of_running = true;
    let code = session.explored.code.clone();
    // Nothing but what is prepared the first time.
    let mut show = show_under(session, cell);
    let game = played(session, cell, tongue, &code, &chosen, &mut show)?;
    session.explored.chosen.clone_from(&chosen);
    let (_, happened) = shown_of(&game.happened);
    let in_text = format!("{happened}{}", game.next);
    session.panels.leave_game(&*session.output, &code);
    let board = Box::new(Board::new(tongue, code, chosen, game));
    show_panel(session, cell, in_text, board, json!({board::NOTE: true}));
    Ok(Vec::new())
}

/// How the game of this code stands after these steps; for a cell or a comm message.
pub(crate) fn played(
    session: &Session,
    number: u32,
    tongue: Tongue,
    code: &str,
    chosen: &[String],
    listener: &mut Listener<'_>,
) -> Result<Game, CellOutcome> {
    let file = written(code)?;
    let note = tempfile::NamedTempFile::new().map_err(cannot)?;
    let steps = chosen.join(".");
    let mut words = vec![file.path().as_os_str(), OsStr::new("--save")];
    words.push(note.path().as_os_str());
    words.extend(["--cell", "--play", &steps].map(OsStr::new));
    let complaints = explored(session, number, tongue, &words, listener)?;
    let content = std::fs::read(note.path()).map_err(cannot)?;
    serde_json::from_slice(&content).map_err(|_| {
        let said = match complaints.trim() {
            "" => text(tongue, "play-no-answer"),
            complaint => complaint.to_owned(),
        };
        failure("ExploreFailed", said)
    })
}

/// The end of what happened, as much as is shown, and how many bytes come before.
pub(crate) fn shown_of(happened: &str) -> (usize, &str) {
    let from = happened.len().saturating_sub(MOST_TEXT);
    let rest = &happened[happened.ceil_char_boundary(from)..];
    // Whole lines.
    let shown = match (from, rest.split_once('\n')) {
        (1.., Some((_, lines))) => lines,
        _ => rest,
    };
    (happened.len() - shown.len(), shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_what_happened_the_end_is_shown_in_whole_lines() {
        assert_eq!(shown_of("a\nb\n"), (0, "a\nb\n"));
        let long = "\u{2067}é\n".repeat(MOST_TEXT);
        let (left_out, shown) = shown_of(&long);
        assert!(shown.len() <= MOST_TEXT && shown.len() > MOST_TEXT - 10);
        assert!(shown.starts_with("\u{2067}é\n"));
        assert_eq!(left_out + shown.len(), long.len());
        // One line without an end is cut where it must be.
        assert_eq!(shown_of(&"é".repeat(MOST_TEXT)).1.len(), MOST_TEXT);
    }
}
