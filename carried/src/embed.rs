//! For build scripts: makes a list of (path, content) pairs out of crates of this workspace.
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// A crate that travels.
#[derive(Debug, Clone, Copy)]
pub struct Crate {
    /// Its folder, from the workspace's root.
    pub folder: &'static str,
    /// It is compiled to a shared object.
    pub dylib: bool,
    /// Files and folders of other crates that it takes in by their paths, from the workspace's root.
    pub borrowed: &'static [&'static str],
}

/// Writes a file of this name into `OUT_DIR`, to be included: `static SOURCES: &[(&str, &[u8])]`, a workspace of just
/// these crates, and `DIGEST`, which tells two of them apart. `root` is the real workspace's, from the crate's folder.
///
/// # Panics
/// Where a file cannot be read or written: a build script has nobody else to tell.
pub fn embed(root: &Path, name: &str, crates: &[Crate]) {
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let mut list = String::from("pub static SOURCES: &[(&str, &[u8])] = &[\n");
    let mut hash = Sha256::new();
    let mut add = |inside: &str, path: &Path| {
        let content = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        hash.update(inside.as_bytes());
        hash.update((content.len() as u64).to_le_bytes());
        hash.update(&content);
        // The list is read by the compiler from another folder. It must not name this clone, or another one that uses
        // the same target folder would go on to read its files.
        let whole = match path.is_relative() {
            true => format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/\", {path:?})"),
            false => format!("{path:?}"),
        };
        writeln!(list, "    ({inside:?}, include_bytes!({whole})),").expect("a string grows");
    };
    for one in crates {
        let folder = root.join(one.folder);
        let manifest = out
            .join(one.folder.replace('/', "-"))
            .with_extension("toml");
        write(
            &manifest,
            &library_manifest(&folder.join("Cargo.toml"), one),
        );
        // Only what nobody writes here: a file younger than its own build would have it done again each time.
        watch(&folder.join("Cargo.toml"));
        add(&format!("{}/Cargo.toml", one.folder), &manifest);
        let mut files = rust_files(&folder.join("src"));
        for place in one.borrowed.iter().map(|place| root.join(place)) {
            if place.is_dir() {
                files.extend(rust_files(&place));
            } else {
                files.push(place);
            }
        }
        for file in files {
            watch(&file);
            let below = file.strip_prefix(root).expect("found below it");
            add(&below.display().to_string(), &file);
        }
    }
    let lock = root.join("Cargo.lock");
    watch(&lock);
    add("Cargo.lock", &lock);
    let manifest = out.join(name).with_extension("workspace.toml");
    write(&manifest, &workspace_manifest(root, crates));
    add("Cargo.toml", &manifest);
    watch(&root.join("Cargo.toml"));
    let digest = hex::encode(hash.finalize());
    writeln!(list, "];\npub const DIGEST: &str = {digest:?};").expect("a string grows");
    write(&out.join(name), &list);
}

/// For build scripts that want to know when a program does something else: what these files and folders (of which only
/// the Rust files) hold now, in 16 hexadecimal digits. What is below one of `except` does not count.
///
/// # Panics
/// As [`embed`].
pub fn fingerprint(root: &Path, places: &[&str], except: &[&str]) -> String {
    let mut hash = Sha256::new();
    for place in places {
        let whole = root.join(place);
        let files = if whole.is_dir() {
            rust_files(&whole)
        } else {
            vec![whole]
        };
        for file in files {
            let inside = file.strip_prefix(root).expect("found below it");
            if except.iter().any(|except| inside.starts_with(except)) {
                continue;
            }
            watch(&file);
            let content =
                fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            for part in [inside.as_os_str().as_encoded_bytes(), &content] {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        }
    }
    hex::encode(&hash.finalize()[..8])
}

fn watch(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn read(path: &Path) -> toml::Table {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A crate's manifest without what only its own tests and benchmarks need: they do not travel.
fn library_manifest(path: &Path, one: &Crate) -> String {
    let mut manifest = read(path);
    manifest.remove("bench");
    manifest.remove("dev-dependencies");
    if one.dylib {
        let library = manifest
            .entry("lib")
            .or_insert_with(|| toml::Table::new().into());
        if let toml::Value::Table(library) = library {
            library.insert("crate-type".into(), vec!["dylib"].into());
        }
    }
    manifest.to_string()
}

/// The manifest of a workspace of just these crates, with the settings of the real one.
fn workspace_manifest(root: &Path, crates: &[Crate]) -> String {
    let mut manifest = read(&root.join("Cargo.toml"));
    let mut workspace = manifest
        .remove("workspace")
        .and_then(|value| value.try_into::<toml::Table>().ok())
        .expect("the manifest is of a workspace");
    workspace.remove("default-members");
    let folders: Vec<&str> = crates.iter().map(|one| one.folder).collect();
    if let Some(toml::Value::Table(dependencies)) = workspace.get_mut("dependencies") {
        dependencies.retain(|_, value| match value.get("path") {
            Some(path) => path.as_str().is_some_and(|path| folders.contains(&path)),
            None => true,
        });
    }
    workspace.insert("members".into(), folders.into());
    let mut result = toml::Table::new();
    result.insert("workspace".into(), workspace.into());
    result.to_string()
}

/// All `.rs` files below a folder, in a stable order.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    watch(folder);
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a readable folder").path())
        .collect();
    entries.sort();
    let mut files = Vec::new();
    for path in entries {
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
