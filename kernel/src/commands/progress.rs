//! How far a command is: one message in the cell, which is renewed as long as it works.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use parking_lot::Mutex;
use uuid::Uuid;

use crate::evaluate::Session;
use crate::language::{MimeBundle, Output, StreamName};

/// How often it is looked whether there is something new.
const LOOK: Duration = Duration::from_millis(250);

/// The one message in the cell that tells how far it is.
pub(super) struct Notice {
    output: Arc<dyn Output>,
    cell: u32,
    id: String,
    text: Option<String>,
}

impl Notice {
    /// Nothing is shown yet.
    pub(super) fn new(output: Arc<dyn Output>, cell: u32) -> Notice {
        Notice {
            output,
            cell,
            id: Uuid::new_v4().to_string(),
            text: None,
        }
    }

    /// Shows this in place of what it said before.
    pub(super) fn put(&mut self, said: String) {
        if self.text.as_ref() == Some(&said) {
            return;
        }
        let bundle = MimeBundle::plain(said.clone());
        match self.text.replace(said) {
            None => self.output.display_data(self.cell, &bundle, Some(&self.id)),
            Some(_) => self
                .output
                .update_display_data(self.cell, &bundle, &self.id),
        }
    }

    /// Takes it away, with everything else the cell shows; with `wait`, when something new comes.
    fn clear(&mut self, wait: bool) {
        if self.text.take().is_some() {
            self.output.clear_output(self.cell, wait);
            self.id = Uuid::new_v4().to_string();
        }
    }
}

/// Shows what a program writes to this file as long as it works, and then only what it printed: a notebook that is saved
/// keeps the answer alone. `work` is given what the program's text goes to. Where the cell shows something already that
/// is to stay, nothing is told.
pub(super) fn watched<R>(
    session: &Session,
    cell: u32,
    file: &Path,
    work: impl FnOnce(&mut dyn FnMut(&str)) -> R,
) -> R {
    let output = Arc::clone(&session.output);
    let notice = Mutex::new(Notice::new(Arc::clone(&output), cell));
    let is_wanted = !session.has_shown(cell);
    let mut show = |said: &str| {
        if said.is_empty() {
            return;
        }
        let mut notice = notice.lock();
        notice.clear(true);
        output.stream(cell, StreamName::Stdout, said);
    };
    let (ended, end) = channel::<()>();
    let result = std::thread::scope(|scope| {
        let notice = &notice;
        scope.spawn(move || {
            while end.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                // The program leaves nothing in the file before it prints its answer; so what is read under the lock is
                // not put below that.
                let mut notice = notice.lock();
                let said = std::fs::read_to_string(file).unwrap_or_default();
                if is_wanted && !said.is_empty() {
                    notice.put(said);
                }
            }
        });
        let result = work(&mut show);
        drop(ended);
        result
    });
    notice.lock().clear(false);
    result
}
