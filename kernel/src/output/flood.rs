//! A bound on what a cell shows.
//!
//! A page with a hundred megabytes of text is of no use to anybody, and a browser does not survive it. So a cell shows
//! its first [`SHOWN`] bytes; then a notice says so, with a link to a file in which all of its text is. The file is
//! bounded too. What changes a display that is there already is not counted: a progress bar may run for hours.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use messages::{Language as Tongue, format, text};
use parking_lot::Mutex;
use serde_json::{Map, Value};

use crate::language::{MimeBundle, Output, StreamName};
use crate::size;

/// Bytes a cell shows, if [`VARIABLE`] does not say otherwise.
const SHOWN: u64 = 10 << 20;
/// Names another limit: bytes, or a number with `K`, `M` or `G`.
const VARIABLE: &str = "WEFT_OUTPUT_LIMIT";
/// A file takes so many bytes.
const IN_FILE: u64 = 256 << 20;
/// Text of a cell is kept in memory up to here, then in a file without a name until it is known to be needed.
const IN_MEMORY: usize = 256 << 10;
/// The folder beside the notebook that holds the files: a page can link to it.
const FOLDER: &str = "weft-output";
/// The notice is renewed so often while more is left out.
const RENEW: Duration = Duration::from_secs(1);
/// The text of so many cells is kept for the file they may need.
const WITH_TEXT: u32 = 4;
/// Cells that are remembered; an older one that still prints may show as much again.
const REMEMBERED: usize = 256;

/// Hands on what cells print and show, up to the bound.
pub(crate) struct Bounded {
    output: Arc<dyn Output>,
    flood: Mutex<Flood>,
}

impl Bounded {
    /// Files are made beside the notebook.
    pub(crate) fn new(output: Arc<dyn Output>, notebook_folder: &Path) -> Bounded {
        let chosen = std::env::var(VARIABLE).ok();
        let flood = Flood {
            output: Arc::clone(&output),
            folder: notebook_folder.to_owned(),
            limit: chosen.and_then(|text| size::parse(&text)).unwrap_or(SHOWN),
            tongue: Tongue::default(),
            cells: BTreeMap::new(),
        };
        Bounded {
            output,
            flood: Mutex::new(flood),
        }
    }

    /// From now on notices are in this language.
    pub(crate) fn speak(&self, tongue: Tongue) {
        self.flood.lock().tongue = tongue;
    }

    /// Whether the cell shows something, as far as it was not cleared.
    pub(crate) fn has_shown(&self, cell: u32) -> bool {
        let flood = self.flood.lock();
        let printed = flood.cells.get(&cell);
        printed.is_some_and(|printed| printed.shown > 0 || printed.left_out.is_some())
    }

    /// The cell has ended: the number in its notice must be right.
    pub(crate) fn settle(&self, cell: u32) {
        self.flood.lock().settle(cell);
    }
}

impl Output for Bounded {
    fn stream(&self, cell: u32, name: StreamName, text: &str) {
        self.flood.lock().stream(cell, name, text);
    }

    fn execute_result(&self, cell: u32, bundle: &MimeBundle) {
        self.flood.lock().execute_result(cell, bundle);
    }

    fn display_data(&self, cell: u32, bundle: &MimeBundle, display_id: Option<&str>) {
        self.flood.lock().display_data(cell, bundle, display_id);
    }

    fn update_display_data(&self, cell: u32, bundle: &MimeBundle, display_id: &str) {
        self.output.update_display_data(cell, bundle, display_id);
    }

    fn clear_output(&self, cell: u32, wait: bool) {
        self.flood.lock().clear_output(cell, wait);
    }

    fn comm_open(
        &self,
        comm_id: &str,
        target: &str,
        data: Value,
        metadata: &Map<String, Value>,
    ) -> bool {
        self.output.comm_open(comm_id, target, data, metadata)
    }

    fn comm_send(&self, comm_id: &str, data: Value) {
        self.output.comm_send(comm_id, data);
    }

    fn comm_close(&self, comm_id: &str) {
        self.output.comm_close(comm_id);
    }

    fn input(&self, cell: u32, prompt: &str, password: bool) -> Option<String> {
        self.output.input(cell, prompt, password)
    }
}

struct Flood {
    output: Arc<dyn Output>,
    folder: PathBuf,
    limit: u64,
    /// The language of the notice.
    tongue: Tongue,
    cells: BTreeMap<u32, Printed>,
}

/// What a cell has printed.
#[derive(Default)]
struct Printed {
    shown: u64,
    text: Kept,
    left_out: Option<LeftOut>,
}

/// The text so far, for the file that may be needed.
#[derive(Default)]
struct Kept {
    memory: Vec<u8>,
    file: Option<File>,
    /// Bytes in the file.
    length: u64,
    /// A write has failed: what is there is not all.
    is_broken: bool,
}

struct LeftOut {
    bytes: u64,
    /// Where everything is, if it could be written.
    path: Option<PathBuf>,
    told: Instant,
    told_bytes: u64,
}

impl Flood {
    fn stream(&mut self, cell: u32, name: StreamName, text: &str) {
        let printed = self.cells.entry(cell).or_default();
        printed.text.add(text.as_bytes());
        if printed.left_out.is_some() {
            self.leave_out(cell, text.len() as u64);
            return;
        }
        let room = usize::try_from(self.limit - printed.shown).unwrap_or(usize::MAX);
        let (shown, rest) = text.split_at(text.floor_char_boundary(room));
        printed.shown += shown.len() as u64;
        if !shown.is_empty() {
            self.output.stream(cell, name, shown);
        }
        if !rest.is_empty() {
            self.leave_out(cell, rest.len() as u64);
        }
    }

    fn display_data(&mut self, cell: u32, bundle: &MimeBundle, id: Option<&str>) {
        if self.takes(cell, bundle) {
            self.output.display_data(cell, bundle, id);
        }
    }

    fn execute_result(&mut self, cell: u32, bundle: &MimeBundle) {
        if self.takes(cell, bundle) {
            self.output.execute_result(cell, bundle);
        }
    }

    /// Whether this is still to be shown; counts it either way.
    fn takes(&mut self, cell: u32, bundle: &MimeBundle) -> bool {
        let values = bundle.data.values();
        let size: usize = values
            .map(|value| value.as_str().map_or(64, str::len))
            .sum();
        let printed = self.cells.entry(cell).or_default();
        if printed.left_out.is_some() || printed.shown + size as u64 > self.limit {
            self.leave_out(cell, size as u64);
            return false;
        }
        printed.shown += size as u64;
        true
    }

    fn clear_output(&mut self, cell: u32, wait: bool) {
        match self.cells.get_mut(&cell) {
            Some(Printed {
                left_out: Some(left_out),
                ..
            }) => left_out.told_bytes = 0,
            Some(printed) => printed.shown = 0,
            None => {}
        }
        self.output.clear_output(cell, wait);
    }

    fn settle(&mut self, cell: u32) {
        self.tell(cell);
        // Only threads of theirs can print any more: too late for a file with all of it.
        for (_, old) in self.cells.range_mut(..cell.saturating_sub(WITH_TEXT)) {
            old.text = Kept {
                is_broken: old.left_out.is_none(),
                ..Kept::default()
            };
        }
        while self.cells.len() > REMEMBERED {
            self.cells.pop_first();
        }
    }

    fn leave_out(&mut self, cell: u32, bytes: u64) {
        let Some(printed) = self.cells.get_mut(&cell) else {
            return;
        };
        if let Some(left_out) = &mut printed.left_out {
            left_out.bytes += bytes;
            if left_out.told.elapsed() > RENEW {
                self.tell(cell);
            }
            return;
        }
        let name = Path::new(FOLDER).join(format!("{}-{cell}.txt", std::process::id()));
        let path = printed
            .text
            .move_to(&self.folder.join(&name))
            .inspect_err(|error| tracing::warn!("output that is left out is not kept: {error}"))
            .ok()
            .map(|()| name);
        printed.left_out = Some(LeftOut {
            bytes,
            path,
            told: Instant::now(),
            told_bytes: 0,
        });
        self.tell(cell);
    }

    /// Shows the notice, or brings it up to date.
    fn tell(&mut self, cell: u32) {
        let limit = self.limit;
        let tongue = self.tongue;
        let Some(printed) = self.cells.get_mut(&cell) else {
            return;
        };
        let Some(left_out) = &mut printed.left_out else {
            return;
        };
        if printed.text.is_broken {
            left_out.path = None;
        }
        let is_all = printed.text.length < IN_FILE;
        if left_out.told_bytes == left_out.bytes {
            return;
        }
        let id = format!("weft-flood-{cell}");
        let is_first = left_out.told_bytes == 0;
        left_out.told = Instant::now();
        left_out.told_bytes = left_out.bytes;
        let bundle = notice(tongue, limit, left_out, is_all);
        if is_first {
            self.output.display_data(cell, &bundle, Some(&id));
        } else {
            self.output.update_display_data(cell, &bundle, &id);
        }
    }
}

fn notice(tongue: Tongue, limit: u64, left_out: &LeftOut, is_all: bool) -> MimeBundle {
    let arguments = [
        ("limit", size::show(limit).into()),
        ("bytes", left_out.bytes.into()),
    ];
    let said = format(tongue, "output-flood", &arguments);
    let (plain, linked) = match &left_out.path {
        None => {
            let lost = text(tongue, "output-flood-lost");
            (lost.clone(), lost)
        }
        Some(path) => {
            // A name of ours: letters, digits and signs that need no escape.
            let path = path.display().to_string();
            let link = format!("<a href=\"{path}\" target=\"_blank\">{path}</a>");
            let id = if is_all {
                "output-flood-file"
            } else {
                "output-flood-part"
            };
            let with = |file: String| {
                let most = size::show(IN_FILE);
                format(tongue, id, &[("file", file.into()), ("most", most.into())])
            };
            (with(path), with(link))
        }
    };
    let direction = if tongue.is_rtl() { "rtl" } else { "ltr" };
    let html = format!("<p dir=\"{direction}\">{said} {linked}</p>");
    MimeBundle::plain(format!("{said} {plain}")).with("text/html", html.into())
}

impl Kept {
    fn add(&mut self, bytes: &[u8]) {
        if self.is_broken {
            return;
        }
        if self.file.is_none() && self.memory.len() + bytes.len() > IN_MEMORY {
            self.file = tempfile::tempfile().ok();
            self.is_broken |= self.file.is_none();
            let early = std::mem::take(&mut self.memory);
            self.write(&early);
        }
        if self.file.is_some() {
            self.write(bytes);
        } else if !self.is_broken {
            self.memory.extend_from_slice(bytes);
        }
    }

    fn write(&mut self, bytes: &[u8]) {
        let room = usize::try_from(IN_FILE - self.length).unwrap_or(usize::MAX);
        let bytes = &bytes[..bytes.len().min(room)];
        if let Some(file) = &mut self.file
            && let Err(error) = file.write_all(bytes)
        {
            tracing::warn!("output is not kept any more: {error}");
            self.is_broken = true;
            return;
        }
        self.length += bytes.len() as u64;
    }

    /// Gives what there is, and all that follows, a name.
    fn move_to(&mut self, path: &Path) -> io::Result<()> {
        if self.is_broken {
            return Err(io::Error::other("some of it could not be written"));
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut named = File::create(path)?;
        match &mut self.file {
            Some(file) => {
                file.seek(SeekFrom::Start(0))?;
                io::copy(file, &mut named)?;
            }
            None => {
                named.write_all(&self.memory)?;
                self.length = self.memory.len() as u64;
                self.memory = Vec::new();
            }
        }
        self.file = Some(named);
        Ok(())
    }
}
