//! Crates a notebook asks for with `:dep`.
//!
//! They are built by the real cargo as dependencies of an empty crate, in a folder all kernels of
//! a user share, so that a restart does not build them again. The cell is then compiled against
//! the result like any other.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::compiler::{self, Settings};
use super::library;

/// Crates that are part of the library of cells.
const OWN: [&str; 2] = ["weft", "exercises"];
/// Remembers what was built for a manifest.
const MEMORY: &str = "weft-dependencies.json";

/// What matters in the manifest evcxr writes.
pub(super) struct Manifest {
    /// `-Copt-level`.
    pub(super) opt_level: String,
    /// The dependencies that are not ours.
    pub(super) others: toml::Table,
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// Where the file cannot be read or is not TOML.
    pub(super) fn read(path: &Path) -> std::io::Result<Manifest> {
        let text = fs::read_to_string(path)?;
        let mut table: toml::Table = text.parse().map_err(std::io::Error::other)?;
        let opt_level = table
            .get("profile")
            .and_then(|profile| profile.get("dev")?.get("opt-level"))
            .map_or_else(
                || "0".to_owned(),
                |level| level.to_string().replace('"', ""),
            );
        let mut others = match table.remove("dependencies") {
            Some(toml::Value::Table(dependencies)) => dependencies,
            _ => toml::Table::new(),
        };
        others.retain(|name, _| !OWN.contains(&name));
        Ok(Manifest { opt_level, others })
    }

    fn for_dependencies(&self) -> String {
        let mut manifest = toml::toml! {
            [package]
            name = "weft-dependencies"
            version = "0.0.0"
            edition = "2024"
            [lib]
            path = "lib.rs"
            [profile.dev]
            debug = false
            [workspace]
        };
        manifest.insert("dependencies".to_owned(), self.others.clone().into());
        manifest.to_string()
    }
}

/// Built dependencies.
#[derive(Serialize, Deserialize)]
pub(super) struct Built {
    /// Which manifest they were built for.
    manifest: String,
    /// Name in the source, path of the crate.
    pub(super) crates: BTreeMap<String, PathBuf>,
    /// Where the crates behind them lie.
    pub(super) folder: PathBuf,
    /// Folders of native libraries, as cargo spells them for `-L`.
    pub(super) native: Vec<String>,
}

/// Builds the dependencies of a manifest, or finds them built. `Err` is cargo's exit code.
pub(super) fn build(
    settings: &Settings,
    manifest: &Manifest,
) -> std::io::Result<Result<Built, i32>> {
    let text = manifest.for_dependencies();
    let key = hex::encode(&Sha256::digest(text.as_bytes())[..10]);
    let remembered = fs::read_to_string(MEMORY)
        .ok()
        .and_then(|memory| serde_json::from_str::<Built>(&memory).ok())
        .filter(|built| built.manifest == key && built.crates.values().all(|path| path.exists()));
    if let Some(built) = remembered {
        return Ok(Ok(built));
    }
    let project = Path::new("target/weft-dependencies");
    fs::create_dir_all(project)?;
    fs::write(project.join("Cargo.toml"), text)?;
    fs::write(project.join("lib.rs"), "")?;
    let shared = library::cache_folder()
        .map_err(std::io::Error::other)?
        .join("dependencies");
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new(&settings.toolchain().cargo);
        command
            .args(arguments)
            .current_dir(project)
            .env("RUSTC", &settings.toolchain().rustc)
            .env("CARGO_TARGET_DIR", &shared)
            .env("RUSTFLAGS", "-Cprefer-dynamic");
        compiler::restore_environment(&mut command);
        command
    };
    let names = names(cargo(&["metadata", "--format-version", "1"]))?;
    let mut child = cargo(&["build", "--message-format", "json"])
        .stdout(Stdio::piped())
        .spawn()?;
    let mut built = Built {
        manifest: key,
        crates: BTreeMap::new(),
        folder: shared.join("debug/deps"),
        native: Vec::new(),
    };
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            note(&line, &names, &mut built);
        }
    }
    let status = child.wait()?;
    if !status.success() {
        return Ok(Err(status.code().unwrap_or(1)));
    }
    fs::write(MEMORY, serde_json::to_string(&built).unwrap_or_default())?;
    Ok(Ok(built))
}

/// Package id to name in the source, for the direct dependencies.
fn names(mut metadata: Command) -> std::io::Result<BTreeMap<String, String>> {
    let output = metadata.stderr(Stdio::inherit()).output()?;
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let root = &metadata["resolve"]["root"];
    let nodes = metadata["resolve"]["nodes"]
        .as_array()
        .into_iter()
        .flatten();
    Ok(nodes
        .filter(|node| &node["id"] == root)
        .flat_map(|node| node["deps"].as_array().into_iter().flatten())
        .filter_map(|dependency| {
            let id = dependency["pkg"].as_str()?.to_owned();
            Some((id, dependency["name"].as_str()?.to_owned()))
        })
        .collect())
}

/// Takes what matters from one of cargo's messages; compile errors are passed on to evcxr.
fn note(line: &str, names: &BTreeMap<String, String>, built: &mut Built) {
    let Ok(message) = serde_json::from_str::<Value>(line) else {
        return;
    };
    let id = message["package_id"].as_str().unwrap_or_default();
    match message["reason"].as_str() {
        Some("compiler-artifact") => {
            let kinds = message["target"]["kind"].as_array().into_iter().flatten();
            let is_library = kinds
                .filter_map(Value::as_str)
                .any(|kind| matches!(kind, "lib" | "rlib" | "dylib" | "proc-macro"));
            let file = message["filenames"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .find(|path| path.ends_with(".rlib") || path.ends_with(".so"));
            if let (true, Some(name), Some(file)) = (is_library, names.get(id), file) {
                built.crates.insert(name.clone(), file.into());
            }
        }
        Some("build-script-executed") => {
            let paths = message["linked_paths"].as_array().into_iter().flatten();
            built
                .native
                .extend(paths.filter_map(Value::as_str).map(str::to_owned));
        }
        Some("compiler-message") if message["message"]["level"] == "error" => println!("{line}"),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_crates_are_not_built_again() {
        let folder = std::env::temp_dir().join(format!("weft-manifest-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("Cargo.toml");
        fs::write(
            &path,
            "[dependencies]\nexercises = { path = \"/x\" }\nregex = \"1\"\n[profile.dev]\nopt-level = 2\n",
        )
        .unwrap();
        let manifest = Manifest::read(&path).unwrap();
        assert_eq!(manifest.opt_level, "2");
        assert_eq!(manifest.others.keys().collect::<Vec<_>>(), ["regex"]);
        assert!(manifest.for_dependencies().contains("regex = \"1\""));
        fs::remove_dir_all(folder).unwrap();
    }
}
