//! Writes the list of what the program carries: the notebooks and their pictures (every folder with some is a
//! language's), and the graded tasks of their chapters. A list made here, so that a language needs no line of Rust in this crate, and no folder has
//! to be there before its first notebook.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    // Cargo runs this in the crate's folder. Nothing here names the clone, or another one that uses the same target
    // folder would go on to read its files.
    let root = Path::new(".");
    let mut languages = List::new();
    for folder in folders(root)? {
        let mut notebooks = inside(&folder)?;
        notebooks.retain(|path| ends_in(path, &["ipynb"]));
        if !notebooks.is_empty() {
            let pictures = folder.join("pictures");
            if pictures.is_dir() {
                notebooks.extend(inside(&pictures)?);
            }
        }
        languages.add(&folder, "include_bytes", &notebooks)?;
    }
    let mut tasks = List::new();
    for task in folders(&root.join("tasks"))? {
        // What was written by hand: the rest is made from the chapter's notebook.
        let mut files = all_below(&task)?;
        files.retain(|path| ends_in(path, &["rs", "toml"]));
        tasks.add(&task, "include_str", &files)?;
    }
    // All of it, because a folder that is not there yet cannot be watched.
    println!("cargo:rerun-if-changed={}", root.display());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("notebooks.rs"), languages.finished())?;
    fs::write(out.join("tasks.rs"), tasks.finished())
}

/// Rust source of a list: for each folder its name, and of its files the path below it and the content.
struct List(String);

impl List {
    fn new() -> List {
        List("&[\n".to_owned())
    }

    /// Adds a folder, unless it has none of the files that count.
    fn add(&mut self, folder: &Path, include: &str, files: &[PathBuf]) -> io::Result<()> {
        if files.is_empty() {
            return Ok(());
        }
        let name = folder.file_name().unwrap_or_default();
        let mut listed = String::new();
        for path in files {
            let below = path.strip_prefix(folder).map_err(io::Error::other)?;
            writeln!(
                listed,
                "        ({below:?}, {include}!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/\", {path:?}))),"
            )
            .map_err(io::Error::other)?;
        }
        writeln!(self.0, "    ({name:?}, &[\n{listed}    ]),").map_err(io::Error::other)
    }

    fn finished(self) -> String {
        self.0 + "]\n"
    }
}

/// What is in a folder, in order.
fn inside(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn folders(parent: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = inside(parent)?;
    paths.retain(|path| path.is_dir());
    Ok(paths)
}

fn all_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in inside(folder)? {
        if path.is_dir() {
            files.extend(all_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

fn ends_in(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| endings.contains(&ending))
}
