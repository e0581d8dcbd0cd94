//! Crates a notebook asks for with `:dep`.
//!
//! They are built by the real cargo as dependencies of an empty crate, in a folder all kernels of
//! a user share, so that a restart does not build them again. The cell is then compiled against
//! the result like any other. [`shared`] makes all cells use one copy of them, statics included;
//! [`folders`] sees that a crate in a folder has changed.

mod folders;
mod shared;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::compiler::{self, Settings};
use super::library::{self, Library};
pub(super) use shared::Shared;

/// Crates that are part of the library of cells.
const OWN: [&str; 2] = ["weft", "exercises"];
/// The empty crate, and the folder it lies in.
const PROJECT: &str = "weft-dependencies";
/// Grows by a line for each crate that has been compiled, for the kernel to show.
const PROGRESS: &str = "weft-progress";
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

    /// What the notebook asked for, by name, as it is written in the manifest.
    pub(super) fn wanted(&self) -> BTreeMap<String, String> {
        let others = self.others.iter();
        others
            .map(|(name, wish)| (name.clone(), wish.to_string()))
            .collect()
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
        let of_folders = folders::profile_of(&self.others);
        if let (Some(toml::Value::Table(profile)), false) =
            (manifest.get_mut("profile"), of_folders.is_empty())
            && let Some(toml::Value::Table(settings)) = profile.get_mut("dev")
        {
            settings.insert("package".to_owned(), of_folders.into());
        }
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
    /// What holds them for all cells: one for each time the notebook asked for more.
    pub(super) shared: Vec<Shared>,
    /// What the notebook asked for, as it was chosen.
    #[serde(default)]
    chosen: Vec<Chosen>,
}

/// A crate a notebook asked for, with what cargo chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Chosen {
    /// Its name in the source.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// Its features.
    pub(crate) features: Vec<String>,
}

/// What happens while a crate is built, seen from the kernel.
pub(crate) struct Progress<'a>(&'a Path);

impl<'a> Progress<'a> {
    /// Of the next build in this folder.
    pub(crate) fn begin(build: &'a Path) -> Progress<'a> {
        let _ = fs::remove_file(build.join(PROGRESS));
        Progress(build)
    }

    /// The crates that have been compiled so far, with their versions.
    pub(crate) fn compiled(&self) -> Vec<String> {
        let text = fs::read_to_string(self.0.join(PROGRESS)).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// What cargo chose for this name, once it is built.
    pub(crate) fn chosen(&self, name: &str) -> Option<Chosen> {
        let memory = fs::read_to_string(self.0.join(MEMORY)).ok()?;
        let built: Built = serde_json::from_str(&memory).ok()?;
        let name = name.replace('-', "_");
        built.chosen.into_iter().find(|chosen| chosen.name == name)
    }
}

/// Builds the dependencies of a manifest, or finds them built. `Err` is cargo's exit code.
pub(super) fn build(
    settings: &Settings,
    manifest: &Manifest,
    library: Option<&Library>,
) -> std::io::Result<Result<Built, i32>> {
    let text = manifest.for_dependencies();
    let key = hex::encode(&Sha256::digest(text.as_bytes())[..10]);
    let remembered = fs::read_to_string(MEMORY)
        .ok()
        .and_then(|memory| serde_json::from_str::<Built>(&memory).ok());
    let earlier = match remembered {
        Some(built) if built.manifest == key && built.crates.values().all(|path| path.exists()) => {
            return Ok(Ok(built));
        }
        Some(built) => built.shared,
        None => Vec::new(),
    };
    let project = &Path::new("target").join(PROJECT);
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
            // evcxr names a folder of its own here.
            .env("CARGO_BUILD_BUILD_DIR", &shared)
            .env("RUSTFLAGS", "-Cprefer-dynamic");
        compiler::hide_stand_ins(&mut command);
        command
    };
    let metadata = metadata(cargo(&["metadata", "--format-version", "1"]))?;
    let names = names(&metadata);
    let mut child = cargo(&["build", "--message-format", "json"])
        .stdout(Stdio::piped())
        .spawn()?;
    let mut built = Built {
        manifest: key,
        crates: BTreeMap::new(),
        folder: shared.join("debug/deps"),
        native: Vec::new(),
        shared: earlier,
        chosen: chosen(&metadata, &names),
    };
    let mut progress = fs::File::create(PROGRESS)?;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            note(&line, &names, &mut built, &mut progress)?;
        }
    }
    let status = child.wait()?;
    if !status.success() {
        return Ok(Err(status.code().unwrap_or(1)));
    }
    let shared = Shared::make(settings, &built, library)?;
    built.shared.extend(shared);
    fs::write(MEMORY, serde_json::to_string(&built).unwrap_or_default())?;
    Ok(Ok(built))
}

fn metadata(mut metadata: Command) -> std::io::Result<Value> {
    let output = metadata.stderr(Stdio::inherit()).output()?;
    Ok(serde_json::from_slice(&output.stdout).unwrap_or_default())
}

/// Package id to name in the source, for the direct dependencies.
fn names(metadata: &Value) -> BTreeMap<String, String> {
    let root = &metadata["resolve"]["root"];
    let nodes = metadata["resolve"]["nodes"]
        .as_array()
        .into_iter()
        .flatten();
    nodes
        .filter(|node| &node["id"] == root)
        .flat_map(|node| node["deps"].as_array().into_iter().flatten())
        .filter_map(|dependency| {
            let id = dependency["pkg"].as_str()?.to_owned();
            Some((id, dependency["name"].as_str()?.to_owned()))
        })
        .collect()
}

/// What cargo chose for the direct dependencies.
fn chosen(metadata: &Value, names: &BTreeMap<String, String>) -> Vec<Chosen> {
    let named = |list: &'static str, of: &Value, id: &str| -> Option<Value> {
        let items = of[list].as_array()?.iter();
        items.into_iter().find(|item| item["id"] == id).cloned()
    };
    names
        .iter()
        .filter_map(|(id, name)| {
            let package = named("packages", metadata, id)?;
            let node = named("nodes", &metadata["resolve"], id)?;
            let features = node["features"].as_array().into_iter().flatten();
            Some(Chosen {
                name: name.clone(),
                version: package["version"].as_str()?.to_owned(),
                features: features
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect(),
            })
        })
        .collect()
}

/// `regex 1.13.1` from a package id (`registry+https://...#regex@1.13.1`, `path+file:///x/tide#0.1.0`).
fn readable(id: &str) -> String {
    let (source, fragment) = id.rsplit_once('#').unwrap_or(("", id));
    match fragment.split_once('@') {
        Some((name, version)) => format!("{name} {version}"),
        None => {
            let name = source.rsplit('/').next().unwrap_or_default();
            format!("{name} {fragment}")
        }
    }
}

/// Takes what matters from one of cargo's messages; compile errors are passed on to evcxr.
fn note(
    line: &str,
    names: &BTreeMap<String, String>,
    built: &mut Built,
    progress: &mut fs::File,
) -> std::io::Result<()> {
    let Ok(message) = serde_json::from_str::<Value>(line) else {
        return Ok(());
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
            // The empty crate that asks for them is ours.
            let is_theirs = !id.contains(PROJECT);
            if is_library && is_theirs && message["fresh"] == false {
                writeln!(progress, "{}", readable(id))?;
            }
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
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_id_is_read_as_name_and_version() {
        let registry = "registry+https://github.com/rust-lang/crates.io-index#regex@1.13.1";
        assert_eq!(readable(registry), "regex 1.13.1");
        assert_eq!(readable("path+file:///a/tide#0.1.0"), "tide 0.1.0");
    }

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
