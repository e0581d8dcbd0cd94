use std::fs;
use std::path::{Path, PathBuf};

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Whether the code says this name, and not a longer one that ends in it (`unix::`).
fn names(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
    })
}

#[test]
fn only_primitive_names_the_threads_locks_clocks_and_processes_of_others() {
    let _alone = crate::alone::alone();
    const FORBIDDEN: &[&str] = &[
        "std::thread",
        "std::sync",
        "std::time::Instant",
        "std::time::SystemTime",
        "std::process",
        "std::panic",
        "recorder::current",
        "core::sync",
        "lock_api::",
        "parking_lot::",
        "crossbeam::",
        "crossbeam_",
        "nix::",
        "libc::",
    ];
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    assert!(files.len() > 20, "the sources were found");
    let mut wrong = Vec::new();
    for file in files
        .iter()
        .filter(|file| !file.starts_with(source.join("primitive")))
    {
        for (number, line) in fs::read_to_string(file).unwrap().lines().enumerate() {
            // Documentation may (and does) compare with them.
            let code = line.split("//").next().unwrap_or_default();
            if FORBIDDEN.iter().any(|name| names(code, name)) {
                wrong.push(format!(
                    "{}:{}: {}",
                    file.display(),
                    number + 1,
                    line.trim()
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "say this through crate::primitive:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_sources_can_be_built_alone() {
    let _alone = crate::alone::alone();
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(!crate_folder.join("build.rs").exists(), "no build script");
    let mut files = Vec::new();
    rust_files(&crate_folder.join("src"), &mut files);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for word in ["include_str!", "include_bytes!", "include!", "env!("] {
            assert!(!text.contains(word), "{} uses {word}", file.display());
        }
    }
}
