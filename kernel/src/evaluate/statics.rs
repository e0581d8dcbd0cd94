//! One `static` for all cells.
//!
//! evcxr compiles every item again into the shared object of every cell, so a `static` would be a new one in each. Here
//! the first shared object exports it under a name of its own, and later ones import that: what a cell counts, the next
//! cell and threads of earlier cells see. This holds for `static` and `thread_local!` wherever they stand: at the top, in
//! functions, methods and modules. What a macro of the student's makes is not seen; a static whose type leaves out
//! lifetimes that only an import must write (`Cow<str>`) stays each cell's own.
//!
//! A static is defined anew where the cell itself contains its item (running the cell again gives a new one, as for a
//! variable), and where it or a type it is made of has changed, because the bytes would mean something else.
//!
//! The [`Record`] of what is defined belongs to a worker and lies in the folder evcxr builds in. A compilation writes
//! the next one; the session makes it the record when evcxr remembers the cell, and forgets it with the worker.

mod declaration;
mod meaning;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;

use quote::ToTokens as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use syn::parse::Parser as _;
use syn::spanned::Spanned as _;

use super::edited::Edited;
use super::generated;
use super::variable_types::LineStarts;
pub(super) use declaration::keys_as_items;
use meaning::Meanings;

/// What is defined in the worker.
const RECORD: &str = "weft-statics.json";
/// What will be if the cell that was compiled last ran.
const NEXT: &str = "weft-statics-next.json";
/// Exported by a shared object that defines statics: the worker opens it for the others.
pub(crate) const MARK: &str = "weft_defines_statics";

/// The statics of a worker.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    defined: BTreeMap<String, Defined>,
    /// Which compilation of the cell this is: what it exports twice must not have the same name.
    attempt: u32,
    /// The first attempt of a cell: those before it may be loaded, though evcxr forgot them.
    first_attempt: u32,
    /// Names that had been defined before, and were defined anew.
    pub(super) renewed: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Defined {
    /// Of the declaration and all types it mentions.
    meaning: String,
    symbol: String,
    generation: u32,
    /// Its type cannot be written where it is imported, so every cell has its own.
    is_apart: bool,
}

impl Record {
    fn read(folder: &Path, name: &str) -> Option<Record> {
        serde_json::from_str(&fs::read_to_string(folder.join(name)).ok()?).ok()
    }

    /// The record for a compilation in this folder.
    pub(super) fn for_compilation(folder: &Path) -> Record {
        let mut record = Record::read(folder, RECORD).unwrap_or_default();
        let next = Record::read(folder, NEXT);
        record.attempt = next.map_or(record.first_attempt, |next| next.attempt + 1);
        record.renewed = BTreeSet::new();
        record
    }

    /// Sets apart the statics whose import the compiler refused, as far as it says so. Gives whether there are any.
    pub(super) fn set_apart(&mut self, said: &str) -> bool {
        // What a constant is computed from has to be known to the compiler.
        let read: Vec<&str> = said
            .split("cannot access extern static `")
            .skip(1)
            .filter_map(|rest| rest.split('`').next()?.rsplit("::").next())
            .collect();
        let mut found = false;
        for (key, known) in self.defined.iter_mut().filter(|(_, known)| !known.is_apart) {
            let name = key.rsplit(['/', ' ']).next().unwrap_or_default();
            known.is_apart = said.contains(&known.symbol) || read.contains(&name);
            found |= known.is_apart;
        }
        found
    }

    /// A new static; gives the name under which it is exported.
    fn define(&mut self, key: String, meaning: String, name: &str) -> String {
        let before = self.defined.get(&key).map_or(0, |known| known.generation);
        if before > 0 {
            self.renewed.insert(name.to_owned());
        }
        let generation = before + 1;
        let symbol = format!("weft_static_{}_{generation}_{}", digest(&key), self.attempt);
        let defined = Defined {
            meaning,
            symbol: symbol.clone(),
            generation,
            is_apart: false,
        };
        self.defined.insert(key, defined);
        symbol
    }

    /// Writes down what will be defined if the cell runs.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(super) fn propose(&self, folder: &Path) -> io::Result<()> {
        fs::write(folder.join(NEXT), serde_json::to_string(self)?)
    }
}

/// A cell begins: nothing is proposed yet.
pub(super) fn begin(folder: &Path) {
    let _ = fs::remove_file(folder.join(NEXT));
}

/// evcxr remembers the cell. Gives the names that mean a new static now.
pub(super) fn commit(folder: &Path) -> BTreeSet<String> {
    let proposed = Record::read(folder, NEXT).unwrap_or_default();
    let _ = fs::rename(folder.join(NEXT), folder.join(RECORD));
    proposed.renewed
}

/// evcxr forgets the cell, but its shared object may have been loaded.
pub(super) fn discard(folder: &Path) {
    if let Some(proposed) = Record::read(folder, NEXT) {
        let mut record = Record::read(folder, RECORD).unwrap_or_default();
        record.first_attempt = proposed.attempt + 1;
        let text = serde_json::to_string(&record).unwrap_or_default();
        let _ = fs::write(folder.join(RECORD), text);
    }
    begin(folder);
}

/// The worker is gone, and all statics with it.
pub(super) fn forget(folder: &Path) {
    begin(folder);
    let _ = fs::remove_file(folder.join(RECORD));
}

/// Exports what the source defines first and imports the rest; lines stay in place. `cell` is the student's text.
/// `crates`: what the notebook asked for.
pub(super) fn share<'a>(
    source: &'a str,
    file: &syn::File,
    cell: &str,
    crates: &BTreeMap<String, String>,
    record: &mut Record,
) -> Edited<'a> {
    let places = LineStarts::of(source);
    let meanings = Meanings::of(file, crates);
    let own = items_of_cell(cell);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut exports = false;
    let mut behind = source.len();
    for item in &file.items {
        if generated::is_evcxrs(item) {
            behind = places.range(item.span()).start;
            break;
        }
        let is_own = own.contains(&item.to_token_stream().to_string());
        for declaration in declaration::all_in(item) {
            let wanted: Vec<(String, String)> = declaration
                .variables
                .iter()
                .map(|variable| {
                    (
                        declaration.key(item, variable),
                        meanings.of_variable(item, &declaration, variable),
                    )
                })
                .collect();
            let known = |(key, meaning): &(String, String)| {
                let known = record
                    .defined
                    .get(key)
                    .filter(|known| known.meaning == *meaning);
                known.map(|known| known.symbol.clone())
            };
            let symbols: Option<Vec<String>> = wanted.iter().map(known).collect();
            let range = declaration.range(&places);
            let is_apart = |(key, _): &(String, String)| {
                record.defined.get(key).is_some_and(|known| known.is_apart)
            };
            if !is_own && wanted.iter().any(is_apart) {
                continue;
            }
            match symbols {
                Some(symbols) if !is_own => {
                    let lines = source[range.clone()].matches('\n').count();
                    let text = declaration.imported(&symbols) + &"\n".repeat(lines);
                    edits.push((range, text));
                }
                _ => {
                    let names = declaration
                        .variables
                        .iter()
                        .map(|variable| variable.name.as_str());
                    let symbols: Vec<String> = wanted
                        .into_iter()
                        .zip(names)
                        .map(|((key, meaning), name)| record.define(key, meaning, name))
                        .collect();
                    edits.extend(declaration.exported(&symbols, &range));
                    exports = true;
                }
            }
        }
    }
    if exports {
        edits.push((
            behind..behind,
            format!("#[unsafe(no_mangle)] static {MARK}: u8 = 0; "),
        ));
    }
    Edited::new(source, edits)
}

/// The items in a cell's text, as tokens.
fn items_of_cell(cell: &str) -> BTreeSet<String> {
    let statements = statements_of(cell).unwrap_or_default();
    statements
        .iter()
        .filter_map(|statement| match statement {
            syn::Stmt::Item(item) => Some(item.to_token_stream().to_string()),
            _ => None,
        })
        .collect()
}

/// The statements of a cell's text; `None` where it is not Rust.
fn statements_of(cell: &str) -> Option<Vec<syn::Stmt>> {
    let parse = |input: syn::parse::ParseStream<'_>| {
        syn::Attribute::parse_inner(input)?;
        syn::Block::parse_within(input)
    };
    parse.parse_str(cell).ok()
}

fn digest(text: &str) -> String {
    hex::encode(&Sha256::digest(text.as_bytes())[..8])
}
