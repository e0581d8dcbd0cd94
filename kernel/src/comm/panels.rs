//! All panels of a kernel (the forms of `:pick`, the boards of `:play`): which are open, whose message is whose, and
//! what a page is told that has just been loaded.
//!
//! A panel lives until its cell is run again. Where a client does not name its cells, the
//! oldest one goes when there are too many.

use std::collections::VecDeque;
use std::sync::Arc;

use exercises::catalogue;
use messages::Language as Tongue;
use serde_json::{Value, json};

use super::widget::{self, CONTROL_TARGET, Kind, Model, Said, VIEW_TYPE};
use super::{board, picker, view};
use crate::commands::lang;
use crate::evaluate::Session;
use crate::language::{Cell, CommMessage, Output};

/// Panels that can be open at once.
const MOST_PANELS: usize = 64;
/// Longest name of a widget of an earlier kernel.
const LONGEST_ID: usize = 64;

/// Something in the pages that is made of widgets, and answers when it is touched.
pub(crate) trait Panel: Send {
    /// Its widgets.
    fn models(&self) -> &[Model];

    /// The widget that holds all others.
    fn whole(&self) -> Option<&Model>;

    /// Answers a message for the widget with this place among its [`models`](Panel::models).
    fn hear(&mut self, session: &mut Session, message: &CommMessage<'_>, at: usize);

    /// The game of this code is now played in another panel.
    fn leave_game(&mut self, _output: &dyn Output, _code: &str) {}

    /// Brings it into the pages; gives what shows it in an output. `None`: there is no room.
    fn open(&mut self, output: &dyn Output) -> Option<Value> {
        if !self.models().iter().all(|model| model.open(output)) {
            self.close(output);
            return None;
        }
        Some(self.whole()?.shown())
    }

    /// Takes it out of the pages.
    fn close(&self, output: &dyn Output) {
        for model in self.models() {
            output.comm_close(model.id());
        }
    }

    /// Which of its widgets this comm is.
    fn place_of(&self, comm_id: &str) -> Option<usize> {
        let models = self.models();
        models.iter().position(|model| model.id() == comm_id)
    }
}

/// The open panels, oldest first.
#[derive(Default)]
pub(crate) struct Panels {
    open: VecDeque<Opened>,
    /// What stands in pages in place of panels of an earlier kernel.
    lost: Vec<Model>,
    /// The cell that runs: as its notebook names it, and whether it shows anything.
    cell: Option<String>,
    silent: bool,
}

struct Opened {
    cell: Option<String>,
    panel: Box<dyn Panel>,
}

impl Panels {
    /// A cell is run: what it showed before is gone.
    pub(crate) fn begin_cell(&mut self, output: &dyn Output, cell: &Cell<'_>) {
        self.cell = cell.cell_id.map(str::to_owned);
        self.silent = cell.silent;
        if !cell.silent && self.cell.is_some() {
            let name = self.cell.clone();
            self.close_where(output, |opened| opened.cell == name);
        }
    }

    /// Opens a panel; gives what shows it in an output.
    pub(crate) fn open(&mut self, output: &dyn Output, mut panel: Box<dyn Panel>) -> Option<Value> {
        if self.silent {
            return None;
        }
        if self.open.len() >= MOST_PANELS
            && let Some(oldest) = self.open.pop_front()
        {
            oldest.panel.close(output);
        }
        let view = panel.open(output)?;
        let cell = self.cell.clone();
        self.open.push_back(Opened { cell, panel });
        Some(view)
    }

    /// The game of this code goes on in another panel than those that are open.
    pub(crate) fn leave_game(&mut self, output: &dyn Output, code: &str) {
        for opened in &mut self.open {
            opened.panel.leave_game(output, code);
        }
    }

    /// A page has closed a comm; a panel that has lost a part is of no use.
    pub(crate) fn close_of(&mut self, output: &dyn Output, comm_id: &str) {
        self.lost.retain(|model| model.id() != comm_id);
        self.close_where(output, |opened| opened.panel.place_of(comm_id).is_some());
    }

    fn close_where(&mut self, output: &dyn Output, closed: impl Fn(&Opened) -> bool) {
        self.open.retain(|opened| {
            let stays = !closed(opened);
            if !stays {
                opened.panel.close(output);
            }
            stays
        });
    }

    fn models(&self) -> impl Iterator<Item = &Model> {
        let panels = self.open.iter();
        panels
            .flat_map(|opened| opened.panel.models())
            .chain(&self.lost)
    }
}

/// Whether pages may open comms to this.
pub(crate) fn is_target(target: &str) -> bool {
    target == CONTROL_TARGET
}

/// Answers a message for a panel, or for all of them.
pub(crate) fn answer(session: &mut Session, message: &CommMessage<'_>) {
    let open = &mut session.panels.open;
    let mut panels = open.iter().enumerate();
    let found = panels.find_map(|(number, opened)| {
        let at = opened.panel.place_of(message.comm_id)?;
        Some((number, at))
    });
    if let Some((number, at)) = found {
        // Not among the others while it has the session.
        if let Some(mut opened) = open.remove(number) {
            opened.panel.hear(session, message, at);
            session.panels.open.insert(number, opened);
        }
        return;
    }
    let output = Arc::clone(&session.output);
    if widget::asks_for_all(message.data) {
        find_lost(session);
        widget::tell_all(&*output, message.comm_id, session.panels.models());
    } else if Said::from(message.data) == Said::Asked {
        let mut lost = session.panels.lost.iter();
        if let Some(model) = lost.find(|model| model.id() == message.comm_id) {
            model.tell(&*output);
        }
    }
}

/// Puts something in place of panels of an earlier kernel, which the saved notebook names. They
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
        let (Some(id), Some(said)) = (id, how_to_get_back(session.tongue, output)) else {
            continue;
        };
        let named = !id.is_empty() && id.len() <= LONGEST_ID;
        let room = session.panels.lost.len() < MOST_PANELS;
        if named && room && !session.panels.models().any(|model| model.id() == id) {
            let model = in_place_of(session.tongue, id, &said);
            if model.open(&*session.output) {
                session.panels.lost.push(model);
            }
        }
    }
}

/// How to get back what an output of a notebook showed; `None` where that was no panel.
fn how_to_get_back(tongue: Tongue, output: &Value) -> Option<String> {
    let note = &output["metadata"]["weft"];
    if note[board::NOTE] == true {
        return Some(board::lost(tongue, &[]));
    }
    let lesson = note["pick"].as_str().and_then(catalogue::find)?;
    Some(picker::lost(tongue, lesson))
}

/// What stands in a page for a panel of a kernel that has ended.
fn in_place_of(tongue: Tongue, id: &str, sentence: &str) -> Model {
    let said = view::paragraph(tongue, sentence);
    let attributes = json!({"value": said, "_dom_classes": view::classes(tongue)});
    Model::with_id(id.to_owned(), Kind::Html, attributes)
}
