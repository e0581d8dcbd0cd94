//! The pump: one thread that reads what worker, supervisor and programs of cells write, and hands
//! it on in order.

use std::collections::HashMap;
use std::io;
use std::os::fd::{AsFd as _, AsRawFd as _, OwnedFd};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use serde_json::Value;

use super::channels::Channels;
use super::content::{Extractor, Gathered, Piece};
use super::events::{End, Events};
use super::text::Decoder;
use crate::evaluate::endings::Ended;
use crate::language::{MimeBundle, Output, StreamName};
use crate::worker::frame::{self, HEADER, Header, Kind};

/// Text waits at most so long for more of its kind, so that a flood becomes few messages.
const GATHER: Duration = Duration::from_millis(20);
/// A block that was shown last is kept back so long: it may be the value of the cell's last expression, which only its
/// end tells.
const VALUE: Duration = Duration::from_millis(300);
/// Text is sent when there is so much of it.
const ENOUGH_TEXT: usize = 128 << 10;
/// After reading, the pump lets writers go on for so long: waking it for each line would cost
/// them more than the line.
const PAUSE: Duration = Duration::from_micros(500);
/// So often the pipe of frames is read before the other pipes get their turn.
const READS_IN_A_ROW: usize = 4;
/// Longest message in parts (a value to show).
const MAX_MESSAGE: usize = 64 << 20;
/// Cells whose half-read characters and blocks are remembered after they ended.
const REMEMBERED_CELLS: usize = 64;
/// A fence is sent again when it was not seen for so long: what a cell wrote into the pipe itself may have hidden it.
const FENCE_AGAIN: Duration = Duration::from_secs(1);
/// A fence that is not seen after so many times means that the pump's thread is gone.
const FENCES: usize = 60;

/// What the pump learned about a cell beside its text.
#[derive(Debug, Default, Clone)]
pub(crate) struct Report {
    /// The value of its last expression.
    pub(crate) result: Option<MimeBundle>,
    /// What it showed last, by printing blocks, with nothing after it.
    pub(crate) last_block: Option<MimeBundle>,
    /// The text of the error with which the `?` operator ended it.
    pub(crate) returned_error: Option<String>,
    /// The panic that ended it.
    pub(crate) panic: Option<Value>,
    /// How the worker died, in this cell or since the one before.
    pub(crate) ended: Option<Ended>,
}

#[derive(Default)]
struct Shared {
    fence: u64,
    ended: Option<Ended>,
    reports: HashMap<u32, Report>,
}

/// A running pump.
pub(crate) struct Pump {
    channels: Arc<Channels>,
    shared: Arc<(Mutex<Shared>, Condvar)>,
    fences: Mutex<u64>,
    events: Arc<Events>,
}

impl Pump {
    /// Starts the thread.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub(crate) fn start(channels: Channels, output: Arc<dyn Output>) -> io::Result<Pump> {
        let channels = Arc::new(channels);
        let shared = Arc::new((Mutex::new(Shared::default()), Condvar::new()));
        let events = Arc::new(Events::default());
        let mut reader = Reader {
            channels: Arc::clone(&channels),
            events: Arc::clone(&events),
            output,
            shared: Arc::clone(&shared),
            pending: Pending::default(),
            cells: HashMap::new(),
            parts: HashMap::new(),
            last_sent: None,
            block_since: None,
            unparsed: Vec::new(),
        };
        std::thread::Builder::new()
            .name("output".to_owned())
            .spawn(move || reader.run())?;
        Ok(Pump {
            channels,
            shared,
            fences: Mutex::new(0),
            events,
        })
    }

    /// The news for the thread that waits for the end of a cell.
    pub(crate) fn events(&self) -> Arc<Events> {
        Arc::clone(&self.events)
    }

    /// Returns when everything written before this call has been handed on, with what was learned
    /// about the cell.
    pub(crate) fn fence(&self, cell: u32) -> Report {
        let mut number = lock(&self.fences);
        *number += 1;
        let wanted = number.to_le_bytes();
        let pipe = self.channels.frames_in.as_raw_fd();
        let (state, changed) = &*self.shared;
        for _ in 0..FENCES {
            if frame::send(pipe, Kind::Fence, cell, 0, &wanted).is_err() {
                break;
            }
            let is_late = |shared: &mut Shared| shared.fence != *number;
            let waited = changed.wait_timeout_while(lock(state), FENCE_AGAIN, is_late);
            let (_shared, waited) = waited.unwrap_or_else(PoisonError::into_inner);
            if !waited.timed_out() {
                break;
            }
        }
        let mut shared = lock(state);
        let mut report = shared.reports.remove(&cell).unwrap_or_default();
        report.ended = shared.ended.take();
        report
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    match mutex.lock() {
        Ok(guard) => guard,
        Err(poisoned) => poisoned.into_inner(),
    }
}

/// Text of one stream of one cell that has not been handed on.
#[derive(Default)]
struct Pending {
    of: Option<(u32, StreamName)>,
    text: String,
    since: Option<Instant>,
}

/// What is half-read of a cell.
#[derive(Default)]
struct CellState {
    stdout: Decoder,
    stderr: Decoder,
    extractor: Extractor,
    gathered: Gathered,
}

struct Reader {
    channels: Arc<Channels>,
    events: Arc<Events>,
    output: Arc<dyn Output>,
    shared: Arc<(Mutex<Shared>, Condvar)>,
    pending: Pending,
    cells: HashMap<u32, CellState>,
    parts: HashMap<u64, Vec<u8>>,
    last_sent: Option<Instant>,
    /// When the block that is kept back was shown.
    block_since: Option<Instant>,
    unparsed: Vec<u8>,
}

impl Reader {
    fn run(&mut self) {
        let mut buffer = vec![0; 1 << 20];
        loop {
            if let Err(error) = self.wait() {
                tracing::error!("the output of cells cannot be read any more: {error}");
                return;
            }
            // Frames first: what was written before a program was started is in them.
            self.read_frames(&mut buffer);
            self.read_plain(&mut buffer);
            if self.is_due() {
                self.send_text();
            }
            if self
                .block_since
                .is_some_and(|since| since.elapsed() >= VALUE)
            {
                self.send_all();
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Waits for something to read, or until pending text is due.
    fn wait(&self) -> nix::Result<()> {
        let mut sources = [
            PollFd::new(self.channels.frames.as_fd(), PollFlags::POLLIN),
            PollFd::new(self.channels.plain_stdout.as_fd(), PollFlags::POLLIN),
            PollFd::new(self.channels.plain_stderr.as_fd(), PollFlags::POLLIN),
        ];
        let text_due = self.pending.since.map(|since| since + GATHER);
        let block_due = self.block_since.map(|since| since + VALUE);
        let timeout = match text_due.into_iter().chain(block_due).min() {
            Some(due) => {
                let left = due.saturating_duration_since(Instant::now());
                PollTimeout::try_from(left + Duration::from_millis(1)).unwrap_or(PollTimeout::ZERO)
            }
            None => PollTimeout::NONE,
        };
        match poll(&mut sources, timeout) {
            Ok(_) | Err(Errno::EINTR) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn is_due(&self) -> bool {
        let now = Instant::now();
        // The first text after a silence goes at once: a prompt, a partial line.
        let quiet = self.last_sent.is_none_or(|sent| now > sent + GATHER);
        self.pending
            .since
            .is_some_and(|since| quiet || now > since + GATHER)
    }

    fn read_frames(&mut self, buffer: &mut [u8]) {
        for _ in 0..READS_IN_A_ROW {
            let Some(count) = read(&self.channels.frames, buffer) else {
                return;
            };
            self.unparsed.extend_from_slice(&buffer[..count]);
            let unparsed = std::mem::take(&mut self.unparsed);
            let mut rest = &unparsed[..];
            while rest.len() >= HEADER {
                let Some(header) = Header::parse(rest) else {
                    // Only a program that guesses our descriptor can write anything else.
                    tracing::warn!("{} bytes that are no frames were dropped", rest.len());
                    rest = &[];
                    break;
                };
                let Some(payload) = rest.get(HEADER..HEADER + header.length) else {
                    break;
                };
                self.take_frame(header, payload);
                rest = &rest[HEADER + header.length..];
            }
            // A frame is written in one piece, so it is read in one piece, unless the buffer ended before it did.
            // Else somebody wrote what looks like the beginning of one, and nobody will write its end.
            if !rest.is_empty() && count < buffer.len() {
                tracing::warn!("{} bytes that are no frame were dropped", rest.len());
                rest = &[];
            }
            self.unparsed = rest.to_vec();
        }
    }

    fn take_frame(&mut self, header: Header, payload: &[u8]) {
        match header.kind {
            Kind::Stdout => self.text(header.cell, StreamName::Stdout, payload),
            Kind::Stderr => self.text(header.cell, StreamName::Stderr, payload),
            Kind::Reaped => {
                let mut buffer = vec![0; 64 << 10];
                self.read_plain(&mut buffer);
            }
            Kind::Input => self.ask(header.cell),
            Kind::Fence => self.pass_fence(header.cell, payload),
            Kind::Show | Kind::Panic | Kind::Ended | Kind::Over => {
                let whole = self.parts.entry(header.message).or_default();
                if whole.len() + payload.len() <= MAX_MESSAGE {
                    whole.extend_from_slice(payload);
                }
                if !header.last {
                    return;
                }
                let whole = self.parts.remove(&header.message).unwrap_or_default();
                match serde_json::from_slice(&whole) {
                    Ok(message) => self.take_message(header, message),
                    Err(error) => tracing::warn!("a message of a cell was dropped: {error}"),
                }
            }
        }
    }

    fn take_message(&mut self, header: Header, message: Value) {
        let cell = header.cell;
        match header.kind {
            Kind::Show => self.show(cell, &message),
            Kind::Panic if message["returned_error"].is_string() => {
                let text = message["returned_error"].as_str().map(str::to_owned);
                self.report(cell, |report| report.returned_error = text);
            }
            Kind::Panic => self.report(cell, |report| report.panic = Some(message)),
            Kind::Ended => {
                // Parts of messages of a dead worker will never be completed.
                self.parts.clear();
                let ended: Option<Ended> = serde_json::from_value(message).ok();
                let is_its_end = ended.as_ref().filter(|ended| ended.running);
                let end = is_its_end.map(|ended| if ended.kept { End::Undone } else { End::Lost });
                lock(&self.shared.0).ended = ended;
                if let Some(end) = end {
                    self.events.ended(end);
                }
            }
            Kind::Over => {
                let took = message["microseconds"].as_u64().unwrap_or(0);
                self.events.ended(End::Well(Duration::from_micros(took)));
            }
            _ => {}
        }
    }

    fn report(&mut self, cell: u32, change: impl FnOnce(&mut Report)) {
        change(lock(&self.shared.0).reports.entry(cell).or_default());
    }

    fn show(&mut self, cell: u32, message: &Value) {
        self.send_all();
        self.send_gathered(cell);
        let mut bundle = MimeBundle::default();
        if let Some(data) = message["data"].as_object() {
            bundle.data = data.clone();
        }
        let id = message["id"].as_str();
        match (message["act"].as_str(), id) {
            (Some("result"), _) => self.report(cell, |report| report.result = Some(bundle)),
            (Some("update"), Some(id)) => self.output.update_display_data(cell, &bundle, id),
            (Some("clear"), _) => {
                self.output
                    .clear_output(cell, message["wait"].as_bool().unwrap_or(false));
            }
            _ => self.output.display_data(cell, &bundle, id),
        }
    }

    /// What programs of cells and C libraries wrote belongs to the cell that runs.
    fn read_plain(&mut self, buffer: &mut [u8]) {
        let cell = self.channels.board.cell();
        let channels = Arc::clone(&self.channels);
        for (source, name) in [
            (&channels.plain_stdout, StreamName::Stdout),
            (&channels.plain_stderr, StreamName::Stderr),
        ] {
            while let Some(count) = read(source, buffer) {
                self.text(cell, name, &buffer[..count]);
            }
        }
    }

    fn text(&mut self, cell: u32, name: StreamName, bytes: &[u8]) {
        if self.pending.of != Some((cell, name)) {
            self.send_all();
            self.pending.of = Some((cell, name));
        }
        let state = self.cells.entry(cell).or_default();
        let decoder = match name {
            StreamName::Stdout => &mut state.stdout,
            StreamName::Stderr => &mut state.stderr,
        };
        decoder.decode(bytes, &mut self.pending.text);
        self.pending.since.get_or_insert_with(Instant::now);
        if self.pending.text.len() >= ENOUGH_TEXT {
            self.send_text();
        }
    }

    /// Hands on everything that is decided: pending text, then gathered blocks.
    fn send_all(&mut self) {
        self.send_text();
        if let Some((cell, _)) = self.pending.of {
            self.send_gathered(cell);
        }
    }

    fn send_gathered(&mut self, cell: u32) {
        self.block_since = None;
        let bundle = self
            .cells
            .get_mut(&cell)
            .and_then(|state| state.gathered.take());
        if let Some(bundle) = bundle {
            self.output.display_data(cell, &bundle, None);
        }
    }

    fn send_text(&mut self) {
        self.pending.since = None;
        let text = std::mem::take(&mut self.pending.text);
        let (Some((cell, name)), false) = (self.pending.of, text.is_empty()) else {
            return;
        };
        self.last_sent = Some(Instant::now());
        if name == StreamName::Stderr {
            self.send_gathered(cell);
            self.output.stream(cell, name, &text);
            return;
        }
        let state = self.cells.entry(cell).or_default();
        for piece in state.extractor.feed(text) {
            let complete = match piece {
                Piece::Text(text) => {
                    let complete = state.gathered.take();
                    if let Some(bundle) = complete {
                        self.output.display_data(cell, &bundle, None);
                    }
                    self.output.stream(cell, name, &text);
                    None
                }
                Piece::Block { mime, content } => {
                    self.block_since = Some(Instant::now());
                    state.gathered.add(mime, content)
                }
            };
            if let Some(bundle) = complete {
                self.output.display_data(cell, &bundle, None);
            }
        }
    }

    fn pass_fence(&mut self, cell: u32, payload: &[u8]) {
        // Programs that were not waited for may have written too.
        let mut buffer = vec![0; 64 << 10];
        self.read_plain(&mut buffer);
        self.send_text();
        if let Some(mut state) = self.cells.remove(&cell) {
            let mut rest = String::new();
            match state.extractor.finish() {
                Some(Piece::Text(text)) => rest = text,
                Some(Piece::Block { mime, content }) => {
                    if let Some(bundle) = state.gathered.add(mime, content) {
                        self.output.display_data(cell, &bundle, None);
                    }
                }
                None => {}
            }
            state.stdout.finish(&mut rest);
            let last_block = state.gathered.take();
            if rest.is_empty() {
                self.report(cell, |report| report.last_block = last_block);
            } else {
                if let Some(bundle) = last_block {
                    self.output.display_data(cell, &bundle, None);
                }
                self.output.stream(cell, StreamName::Stdout, &rest);
            }
            let mut rest = String::new();
            state.stderr.finish(&mut rest);
            if !rest.is_empty() {
                self.output.stream(cell, StreamName::Stderr, &rest);
            }
        }
        self.forget_old_cells(cell);
        let number = payload.try_into().map_or(0, u64::from_le_bytes);
        let (state, changed) = &*self.shared;
        lock(state).fence = number;
        changed.notify_all();
    }

    fn forget_old_cells(&mut self, newest: u32) {
        let oldest = newest.saturating_sub(REMEMBERED_CELLS as u32);
        self.cells.retain(|cell, _| *cell >= oldest);
        lock(&self.shared.0)
            .reports
            .retain(|cell, _| *cell >= oldest);
    }

    /// Asks the user on a thread of its own: output must go on meanwhile.
    fn ask(&mut self, cell: u32) {
        self.send_all();
        let output = Arc::clone(&self.output);
        let channels = Arc::clone(&self.channels);
        let asked = std::thread::Builder::new()
            .name("input".to_owned())
            .spawn(move || {
                let line = output.input(cell, "", false);
                if let Err(error) = channels.answer(cell, line.as_deref()) {
                    tracing::warn!("the answer did not reach the cell: {error}");
                }
            });
        if asked.is_err() {
            let _ = self.channels.answer(cell, None);
        }
    }
}

/// Reads what is there; `None` where nothing is.
fn read(source: &OwnedFd, buffer: &mut [u8]) -> Option<usize> {
    match nix::unistd::read(source, buffer) {
        Ok(0) | Err(_) => None,
        Ok(count) => Some(count),
    }
}
