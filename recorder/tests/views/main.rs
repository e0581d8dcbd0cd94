//! What a reader sees of a run: pictures, tables, traces and explanations, compared by what is drawn,
//! not by pixels.

mod drawings;
mod explanations;
mod hostile;
mod story;
