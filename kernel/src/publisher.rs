//! Broadcasts: status messages, and the output of cells.
//!
//! Output is tagged with the number of its cell; the header of the request that ran it is
//! looked up here, so that output of a cell that has ended still appears under that cell.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use parking_lot::Mutex;
use serde_json::{Map, Value};

use crate::comm::Comms;
use crate::language::{MimeBundle, Output, StreamName};
use crate::session::{Frames, Parent, Session};
use crate::socket::Outbox;
use crate::socket::stdin::{Question, Stdin};
use crate::wire::Outgoing;
use crate::wire::comm::{CommClose, CommMsg, CommOpen};
use crate::wire::display::{ClearOutput, DisplayData, Transient, UpdateDisplayData};
use crate::wire::execute::ExecuteResult;
use crate::wire::status::{ExecutionState, StatusMessage};
use crate::wire::stream::Stream;

/// Cells whose header is remembered. Output of an older one appears under the newest cell.
const CELLS_REMEMBERED: usize = 4096;
/// Longer text is sent in several messages, for the sake of those who draw it.
const LONGEST_TEXT: usize = 512 * 1024;

/// A cell, as far as its output is concerned.
pub(crate) struct CellRecord {
    pub(crate) number: u32,
    pub(crate) parent: Parent,
    pub(crate) identities: Frames,
    pub(crate) allow_stdin: bool,
    pub(crate) silent: bool,
    pub(crate) execution_count: u32,
    /// Its result as plain text, for the history.
    pub(crate) result: Mutex<Option<String>>,
}

/// Broadcasts; shared by all threads.
pub struct Publisher {
    session: Arc<Session>,
    iopub: Outbox,
    stdin: Stdin,
    cells: Mutex<Cells>,
    running: Mutex<Option<Parent>>,
    comms: Comms,
}

#[derive(Default)]
struct Cells {
    known: HashMap<u32, Arc<CellRecord>>,
    order: VecDeque<u32>,
}

impl Publisher {
    pub(crate) fn new(session: Arc<Session>, iopub: Outbox, stdin: Stdin) -> Publisher {
        Publisher {
            session,
            iopub,
            stdin,
            cells: Mutex::default(),
            running: Mutex::new(None),
            comms: Comms::default(),
        }
    }

    pub(crate) fn iopub(&self) -> &Outbox {
        &self.iopub
    }

    pub(crate) fn stdin(&self) -> &Stdin {
        &self.stdin
    }

    /// The open comms.
    pub(crate) fn comms(&self) -> &Comms {
        &self.comms
    }

    /// The request that is being answered.
    fn running(&self) -> Parent {
        self.running.lock().clone().unwrap_or_else(Parent::none)
    }

    /// Tells the pages that a comm has no other end.
    pub(crate) fn refuse_comm(&self, comm_id: &str) {
        let close = CommClose {
            comm_id: comm_id.to_owned(),
            data: Value::Object(Map::new()),
        };
        self.publish(&self.running(), &close);
    }

    /// From now on output can be tagged with this cell.
    pub(crate) fn add_cell(&self, cell: Arc<CellRecord>) {
        let mut cells = self.cells.lock();
        cells.order.push_back(cell.number);
        cells.known.insert(cell.number, cell);
        if cells.order.len() > CELLS_REMEMBERED
            && let Some(oldest) = cells.order.pop_front()
        {
            cells.known.remove(&oldest);
        }
    }

    /// Number of the newest cell.
    pub(crate) fn newest_cell(&self) -> u32 {
        self.cells.lock().order.back().copied().unwrap_or(0)
    }

    fn cell(&self, number: u32) -> Option<Arc<CellRecord>> {
        let cells = self.cells.lock();
        cells
            .known
            .get(&number)
            .or_else(|| cells.known.get(cells.order.back()?))
            .cloned()
    }

    /// Says once that the kernel is coming up.
    pub(crate) fn starting(&self) {
        self.send_status(&Parent::none(), ExecutionState::Starting);
    }

    /// A request's turn has come.
    pub(crate) fn begin(&self, parent: &Parent) {
        let mut running = self.running.lock();
        *running = Some(parent.clone());
        self.send_status(parent, ExecutionState::Busy);
    }

    /// A request, and everything it caused so far, is done.
    pub(crate) fn end(&self, parent: &Parent) {
        let mut running = self.running.lock();
        *running = None;
        self.send_status(parent, ExecutionState::Idle);
    }

    /// A request that does not wait its turn is answered by `answer`.
    ///
    /// Clients take the last status they have heard, whatever it belongs to. So if a cell is
    /// running we say again that it is, or it would look finished.
    pub(crate) fn aside(&self, parent: &Parent, answer: impl FnOnce()) {
        self.send_status(parent, ExecutionState::Busy);
        answer();
        let running = self.running.lock();
        self.send_status(parent, ExecutionState::Idle);
        if let Some(running) = &*running {
            self.send_status(running, ExecutionState::Busy);
        }
    }

    fn send_status(&self, parent: &Parent, execution_state: ExecutionState) {
        self.publish_urgent(parent, &StatusMessage { execution_state });
    }

    /// Broadcasts a small message that must not wait for those who print much.
    pub(crate) fn publish_urgent<T: Outgoing>(&self, parent: &Parent, content: &T) {
        if let Some(frames) = self.pack(parent, &Map::new(), content) {
            self.iopub.push_urgent(frames);
        }
    }

    /// Broadcasts a message.
    pub(crate) fn publish<T: Outgoing>(&self, parent: &Parent, content: &T) {
        self.publish_with(parent, &Map::new(), content);
    }

    fn publish_with<T: Outgoing>(
        &self,
        parent: &Parent,
        metadata: &Map<String, Value>,
        content: &T,
    ) {
        if let Some(frames) = self.pack(parent, metadata, content) {
            self.iopub.push(frames);
        }
    }

    fn pack<T: Outgoing>(
        &self,
        parent: &Parent,
        metadata: &Map<String, Value>,
        content: &T,
    ) -> Option<Frames> {
        let topic = [content.msg_type().as_bytes().to_vec()];
        self.session
            .pack(&topic, parent, metadata, content)
            .inspect_err(|error| tracing::error!(%error, "cannot be sent"))
            .ok()
    }

    fn publish_for<T: Outgoing>(&self, cell: &CellRecord, content: &T) {
        if !cell.silent {
            self.publish(&cell.parent, content);
        }
    }
}

impl Output for Publisher {
    fn stream(&self, cell: u32, name: StreamName, text: &str) {
        let Some(cell) = self.cell(cell) else {
            tracing::warn!("output before the first cell is dropped");
            return;
        };
        let name = name.as_str();
        let mut rest = text;
        while !rest.is_empty() {
            let (text, later) = rest.split_at(rest.floor_char_boundary(LONGEST_TEXT));
            self.publish_for(&cell, &Stream { name, text });
            rest = later;
        }
    }

    fn execute_result(&self, cell: u32, bundle: &MimeBundle) {
        let Some(cell) = self.cell(cell) else { return };
        if let Some(Value::String(text)) = bundle.data.get("text/plain") {
            *cell.result.lock() = Some(text.clone());
        }
        let result = ExecuteResult {
            execution_count: cell.execution_count,
            data: &bundle.data,
            metadata: &bundle.metadata,
        };
        self.publish_for(&cell, &result);
    }

    fn display_data(&self, cell: u32, bundle: &MimeBundle, display_id: Option<&str>) {
        let Some(cell) = self.cell(cell) else { return };
        let display = DisplayData {
            data: &bundle.data,
            metadata: &bundle.metadata,
            transient: Transient { display_id },
        };
        self.publish_for(&cell, &display);
    }

    fn update_display_data(&self, cell: u32, bundle: &MimeBundle, display_id: &str) {
        let Some(cell) = self.cell(cell) else { return };
        let update = UpdateDisplayData {
            data: &bundle.data,
            metadata: &bundle.metadata,
            transient: Transient {
                display_id: Some(display_id),
            },
        };
        self.publish_for(&cell, &update);
    }

    fn clear_output(&self, cell: u32, wait: bool) {
        if let Some(cell) = self.cell(cell) {
            self.publish_for(&cell, &ClearOutput { wait });
        }
    }

    fn comm_open(
        &self,
        comm_id: &str,
        target: &str,
        data: Value,
        metadata: &Map<String, Value>,
    ) -> bool {
        if !self.comms.add(comm_id, target) {
            return false;
        }
        let open = CommOpen {
            comm_id: comm_id.to_owned(),
            target_name: target.to_owned(),
            data,
        };
        self.publish_with(&self.running(), metadata, &open);
        true
    }

    fn comm_send(&self, comm_id: &str, data: Value) {
        let message = CommMsg {
            comm_id: comm_id.to_owned(),
            data,
        };
        self.publish(&self.running(), &message);
    }

    fn comm_close(&self, comm_id: &str) {
        if self.comms.remove(comm_id) {
            self.refuse_comm(comm_id);
        }
    }

    fn input(&self, cell: u32, prompt: &str, password: bool) -> Option<String> {
        let cell = self.cell(cell).filter(|cell| cell.allow_stdin)?;
        let question = Question {
            cell: cell.number,
            identities: &cell.identities,
            parent: &cell.parent,
            prompt,
            password,
        };
        self.stdin.ask(&self.session, &question)
    }
}
