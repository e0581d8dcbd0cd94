//! All pickers of a kernel: which are open, whose message is whose, and what a page is told that
//! has just been loaded.
//!
//! A picker lives until its cell is run again. Where a client does not name its cells, the
//! oldest one goes when there are too many.

use std::collections::VecDeque;
use std::sync::Arc;

use exercises::catalogue;
use exercises::lesson::Lesson;
use messages::Language as Tongue;
use serde_json::Value;

use super::picker::{self, Picker};
use super::widget::{self, CONTROL_TARGET, Model, Said, VIEW_TYPE};
use crate::commands::lang;
use crate::evaluate::Session;
use crate::language::{Cell, CommMessage, Output};

/// Pickers that can be open at once.
const MOST_PICKERS: usize = 64;
/// Longest name of a widget of an earlier kernel.
const LONGEST_ID: usize = 64;

/// The open pickers, oldest first.
#[derive(Default)]
pub(crate) struct Pickers {
    open: VecDeque<Opened>,
    /// What stands in pages in place of pickers of an earlier kernel.
    lost: Vec<Model>,
    /// The cell that runs: as its notebook names it, and whether it shows anything.
    cell: Option<String>,
    silent: bool,
}

struct Opened {
    cell: Option<String>,
    picker: Picker,
}

impl Pickers {
    /// A cell is run: what it showed before is gone.
    pub(crate) fn begin_cell(&mut self, output: &dyn Output, cell: &Cell<'_>) {
        self.cell = cell.cell_id.map(str::to_owned);
        self.silent = cell.silent;
        if !cell.silent && self.cell.is_some() {
            let name = self.cell.clone();
            self.close_where(output, |opened| opened.cell == name);
        }
    }

    /// Opens a picker; gives what shows it in an output.
    pub(crate) fn open(
        &mut self,
        output: &dyn Output,
        tongue: Tongue,
        lesson: &'static Lesson,
    ) -> Option<Value> {
        if self.silent {
            return None;
        }
        if self.open.len() >= MOST_PICKERS
            && let Some(oldest) = self.open.pop_front()
        {
            oldest.picker.close(output);
        }
        let picker = Picker::new(tongue, lesson);
        let view = picker.open(output)?;
        let cell = self.cell.clone();
        self.open.push_back(Opened { cell, picker });
        Some(view)
    }

    /// A page has closed a comm; a picker that has lost a part is of no use.
    pub(crate) fn close_of(&mut self, output: &dyn Output, comm_id: &str) {
        self.lost.retain(|model| model.id() != comm_id);
        self.close_where(output, |opened| opened.picker.owns(comm_id));
    }

    fn close_where(&mut self, output: &dyn Output, closed: impl Fn(&Opened) -> bool) {
        self.open.retain(|opened| {
            let stays = !closed(opened);
            if !stays {
                opened.picker.close(output);
            }
            stays
        });
    }

    fn models(&self) -> impl Iterator<Item = &Model> {
        let pickers = self.open.iter().map(|opened| &opened.picker);
        pickers.flat_map(Picker::models).chain(&self.lost)
    }
}

/// Whether pages may open comms to this.
pub(crate) fn is_target(target: &str) -> bool {
    target == CONTROL_TARGET
}

/// Answers a message for a picker, or for all of them.
pub(crate) fn answer(session: &mut Session, message: &CommMessage<'_>) {
    let open = &mut session.pickers.open;
    if let Some(at) = open
        .iter()
        .position(|opened| opened.picker.owns(message.comm_id))
    {
        // Not among the others while it has the session.
        if let Some(mut opened) = open.remove(at) {
            opened.picker.hear(session, message);
            session.pickers.open.insert(at, opened);
        }
        return;
    }
    let output = Arc::clone(&session.output);
    if widget::asks_for_all(message.data) {
        find_lost(session);
        widget::tell_all(&*output, message.comm_id, session.pickers.models());
    } else if Said::from(message.data) == Said::Asked {
        let mut lost = session.pickers.lost.iter();
        if let Some(model) = lost.find(|model| model.id() == message.comm_id) {
            model.tell(&*output);
        }
    }
}

/// Puts something in place of pickers of an earlier kernel, which the saved notebook names. They
/// are comms like others: a page that has waited too long for its answer finds them by the list.
fn find_lost(session: &mut Session) {
    let Some(notebook) = lang::notebook(session.folder()) else {
        return;
    };
    let cells = notebook["cells"].as_array().map_or(&[][..], Vec::as_slice);
    let outputs = cells
        .iter()
        .filter_map(|cell| cell["outputs"].as_array())
        .flatten();
    for output in outputs {
        let id = output["data"][VIEW_TYPE]["model_id"].as_str();
        let exercise = output["metadata"]["weft"]["pick"].as_str();
        let (Some(id), Some(lesson)) = (id, exercise.and_then(catalogue::find)) else {
            continue;
        };
        let named = !id.is_empty() && id.len() <= LONGEST_ID;
        let room = session.pickers.lost.len() < MOST_PICKERS;
        if named && room && !session.pickers.models().any(|model| model.id() == id) {
            let model = picker::lost(session.tongue, lesson, id.to_owned());
            if model.open(&*session.output) {
                session.pickers.lost.push(model);
            }
        }
    }
}
