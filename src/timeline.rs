//! `--timeline`: who did what when, drawn to a file or into the terminal.

use std::fs::{File, OpenOptions};
use std::io::{Seek as _, Write};
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use messages::Spoken;
use recorder::document::Document;
use recorder::explanation;
use recorder::timeline::figure::directed;
use recorder::timeline::words::Words as _;
use recorder::timeline::{figure, svg, text, trace_event};

use crate::cli::Call;
use crate::failure::Failure;

/// The option.
pub const OPTION: &str = "timeline";
/// Draws into the terminal.
const TERMINAL: &str = "-";
/// Columns of a drawing in the terminal.
const WIDTH: usize = 100;

/// How a timeline is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An image.
    Image,
    /// A page for a browser.
    Page,
    /// Rows of characters.
    Rows,
    /// A file for trace viewers.
    Trace,
}

impl Form {
    /// The end of the name says which.
    pub fn of(path: &Path) -> Result<Form, Failure> {
        let ending = path.extension().and_then(|ending| ending.to_str());
        match ending.map(str::to_ascii_lowercase).as_deref() {
            Some("svg") => Ok(Form::Image),
            Some("html" | "htm") => Ok(Form::Page),
            Some("txt") => Ok(Form::Rows),
            Some("json") => Ok(Form::Trace),
            _ => {
                Err(Failure::usage("error-timeline-ending")
                    .with("path", path.display().to_string()))
            }
        }
    }

    /// A run, drawn so.
    pub fn drawn(self, document: &Document, words: Spoken) -> Vec<u8> {
        match self {
            Form::Image => svg::draw(document, &words).into_bytes(),
            Form::Page => figure::page(document, &words).into_bytes(),
            Form::Rows => rows(document, words).into_bytes(),
            Form::Trace => trace_event::draw(document, &words).to_string().into_bytes(),
        }
    }
}

/// Where a timeline goes.
pub enum Place {
    /// The terminal.
    Terminal,
    /// A file that can be written.
    File {
        /// Its path.
        path: PathBuf,
        /// The file, open and not yet changed.
        file: File,
        /// How to draw.
        form: Form,
    },
}

impl Place {
    /// What the command line asks for. A file that cannot be written is refused before anything is
    /// played: a run may take a minute.
    pub fn asked(matches: &ArgMatches) -> Result<Option<Place>, Failure> {
        let Some(path) = matches.get_one::<PathBuf>(OPTION) else {
            return Ok(None);
        };
        if path.as_os_str() == TERMINAL {
            // Standard output holds one JSON document there, and nothing else.
            if matches.get_flag("json") {
                return Err(Failure::usage("error-conflict")
                    .with("option", "--timeline -")
                    .with("other", "--json"));
            }
            return Ok(Some(Place::Terminal));
        }
        let form = Form::of(path)?;
        let file = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(false)
            .open(path)
            .map_err(|error| Failure::file(path, &error))?;
        Ok(Some(Place::File {
            path: path.clone(),
            file,
            form,
        }))
    }

    /// Draws a run there.
    pub fn draw(
        &self,
        out: &mut impl Write,
        call: &Call<'_>,
        document: &Document,
    ) -> Result<(), Failure> {
        let words = Spoken(call.language);
        match self {
            Place::Terminal => {
                writeln!(out)?;
                out.write_all(rows(document, words).as_bytes())?;
                Ok(())
            }
            Place::File { path, file, form } => {
                let mut file: &File = file;
                let content = form.drawn(document, words);
                // A pipe or a device has no length; it takes what is written.
                let emptied = match file.metadata() {
                    Ok(known) if known.is_file() => file.set_len(0).and_then(|()| file.rewind()),
                    _ => Ok(()),
                };
                let written = emptied.and_then(|()| file.write_all(&content));
                written.map_err(|error| Failure::file(path, &error))
            }
        }
    }
}

/// The drawing in characters, and what there is to say about the order.
fn rows(document: &Document, words: Spoken) -> String {
    let options = text::Options {
        width: WIDTH,
        word: &|kind| words.kind(kind),
        name: &|object| words.object(object),
        ..text::Options::default()
    };
    let mut drawn = text::draw(document, &options);
    let explained = explanation::explain(document);
    for sentence in explanation::sentences(document, &explained, &words) {
        drawn.push('\n');
        drawn.push_str(&directed(&sentence, &words));
    }
    drawn.push('\n');
    drawn
}
