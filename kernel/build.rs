//! Embeds the source of the library of cells: a list of (path, content) pairs that the kernel
//! unpacks and compiles for the compiler it finds.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let kernel = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let root = kernel.parent().expect("the workspace").to_owned();
    let mut list = String::from("static SOURCES: &[(&str, &[u8])] = &[\n");
    let mut add = |inside: &str, path: &Path| {
        writeln!(list, "    ({inside:?}, include_bytes!({path:?})),").expect("a string grows");
    };
    for (inside, folder) in [
        ("recorder", root.join("recorder")),
        ("exercises", root.join("exercises")),
        ("cell", kernel.join("cell")),
    ] {
        let manifest = library_manifest(&folder.join("Cargo.toml"), inside);
        add(&format!("{inside}/Cargo.toml"), &manifest);
        for file in rust_files(&folder.join("src")) {
            watch(&file);
            let below = file.strip_prefix(&folder).expect("found below it");
            add(&format!("{inside}/{}", below.display()), &file);
        }
    }
    let lock = root.join("Cargo.lock");
    watch(&lock);
    add("Cargo.lock", &lock);
    let manifest = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it")).join("cells.toml");
    fs::write(&manifest, workspace_manifest(&root)).expect("OUT_DIR can be written");
    writeln!(
        list,
        "    (\"Cargo.toml\", include_bytes!({manifest:?})),\n];"
    )
    .expect("as above");
    let sources = manifest.with_file_name("sources.rs");
    fs::write(sources, list).expect("OUT_DIR can be written");
}

/// Has cargo run this again when a file is another. None that is written here: it would be younger than what it made,
/// and every build would begin anew.
fn watch(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

/// A crate's manifest without what only its own tests and benchmarks need: they do not travel.
fn library_manifest(path: &Path, name: &str) -> PathBuf {
    watch(path);
    let text = fs::read_to_string(path).expect("a crate has a manifest");
    let mut manifest: toml::Table = text.parse().expect("the manifest is valid");
    manifest.remove("bench");
    manifest.remove("dev-dependencies");
    let kept =
        PathBuf::from(env::var("OUT_DIR").expect("cargo sets it")).join(format!("{name}.toml"));
    fs::write(&kept, manifest.to_string()).expect("OUT_DIR can be written");
    kept
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

/// The manifest of a workspace of just these crates, with the settings of the real one.
fn workspace_manifest(root: &Path) -> String {
    let path = root.join("Cargo.toml");
    watch(&path);
    let text = fs::read_to_string(&path).expect("the workspace has a manifest");
    let mut manifest: toml::Table = text.parse().expect("the manifest is valid");
    let mut workspace = manifest
        .remove("workspace")
        .and_then(|value| value.try_into::<toml::Table>().ok())
        .expect("the manifest is of a workspace");
    workspace.remove("default-members");
    workspace.insert(
        "members".into(),
        vec!["recorder", "exercises", "cell"].into(),
    );
    if let Some(toml::Value::Table(dependencies)) = workspace.get_mut("dependencies") {
        dependencies.retain(|name, value| {
            let ours = value.get("path").is_some();
            !ours || name == "recorder" || name == "exercises"
        });
    }
    let mut result = toml::Table::new();
    result.insert("workspace".into(), workspace.into());
    result.to_string()
}
