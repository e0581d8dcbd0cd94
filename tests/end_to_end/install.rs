//! `weft install` and its exact inverse.

use crate::support::{Python, Scratch, repository};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every file below a folder with its bytes; `None` for a folder.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path.clone());
                found.insert(path, None);
            } else {
                found.insert(path.clone(), Some(fs::read(&path).unwrap_or_default()));
            }
        }
    }
    found
}

/// Fails unless the printed text names every file that came or went.
fn names_every_path(printed: &str, before: &Path, files: impl Iterator<Item = PathBuf>) {
    for file in files {
        let folder = file.parent().unwrap_or(before);
        assert!(
            printed.contains(&*file.to_string_lossy())
                || printed.contains(&*folder.to_string_lossy()),
            "{} is not named in\n{printed}",
            file.display()
        );
    }
}

fn there_and_back(scratch: &Scratch, root: &Path, place: &[&str], jupyter: &Path) {
    fs::create_dir_all(root.join("share/jupyter/kernels/other")).expect("a folder can be made");
    fs::write(root.join("share/jupyter/kernels/other/kernel.json"), "{}").expect("writable");
    let before = contents(root);

    let done = scratch.weft(&[&["install"], place].concat()).run().exits(0);
    let after = contents(root);
    let came = after
        .keys()
        .filter(|path| !before.contains_key(*path) && path.is_file());
    names_every_path(&done.stdout, root, came.cloned());
    let spec = fs::read_to_string(jupyter.join("kernels/weft/kernel.json"))
        .unwrap_or_else(|why| panic!("no kernel.json ({why}) after\n{}", done.stdout));
    let spec: serde_json::Value = serde_json::from_str(&spec).expect("kernel.json is JSON");
    assert_eq!(spec["display_name"], "Rust (Weft)");
    assert_eq!(spec["language"], "rust");
    assert_eq!(spec["interrupt_mode"], "message");
    assert_eq!(spec["metadata"]["debugger"], false);
    let argv: Vec<&str> = spec["argv"]
        .as_array()
        .expect("argv")
        .iter()
        .filter_map(|a| a.as_str())
        .collect();
    assert!(Path::new(argv[0]).is_absolute(), "{argv:?}");
    assert_eq!(argv[1..], ["kernel", "-f", "{connection_file}"]);
    assert!(
        spec["env"]["PATH"].is_string(),
        "the PATH of the terminal is recorded: {spec}"
    );

    // Once more changes nothing.
    scratch.weft(&[&["install"], place].concat()).run().exits(0);
    assert_eq!(contents(root), after);

    let done = scratch
        .weft(&[&["uninstall"], place].concat())
        .run()
        .exits(0);
    let gone = after
        .keys()
        .filter(|path| path.exists().eq(&false))
        .cloned();
    names_every_path(
        &done.stdout,
        root,
        gone.filter(|path| path.extension().is_some()),
    );
    assert_eq!(
        contents(root),
        before,
        "uninstall is the inverse of install"
    );
}

#[test]
fn a_prefix_is_as_it_was_after_uninstall() {
    let scratch = Scratch::new("install-prefix");
    let prefix = scratch.path().join("prefix");
    let place = ["--prefix", prefix.to_str().expect("a path of letters")];
    there_and_back(&scratch, &prefix, &place, &prefix.join("share/jupyter"));
}

#[test]
fn the_users_folder_is_as_it_was_after_uninstall() {
    let mut scratch = Scratch::new("install-user");
    scratch.unset("JUPYTER_DATA_DIR");
    scratch.unset("XDG_DATA_HOME");
    let root = scratch.path().join("home/.local");
    there_and_back(&scratch, &root, &["--user"], &root.join("share/jupyter"));
}

#[test]
fn a_python_environment_of_its_own_is_served() {
    let mut scratch = Scratch::new("install-sys-prefix");
    // An environment that looks like one, so that the shared one stays as it is.
    let root = scratch.path().join("environment");
    scratch
        .program(
            "python3",
            &[
                "-m".as_ref(),
                "venv".as_ref(),
                "--without-pip".as_ref(),
                root.as_os_str(),
            ],
        )
        .run()
        .exits(0);
    let path = std::env::var("PATH").unwrap_or_default();
    scratch.set("PATH", format!("{}:{path}", root.join("bin").display()));
    scratch.set("VIRTUAL_ENV", root.as_os_str());
    there_and_back(
        &scratch,
        &root,
        &["--sys-prefix"],
        &root.join("share/jupyter"),
    );
}

#[test]
fn two_names_live_side_by_side() {
    let scratch = Scratch::new("install-names");
    let prefix = scratch.path().join("prefix");
    let prefix = prefix.to_str().expect("a path of letters");
    scratch
        .weft(&["install", "--prefix", prefix])
        .run()
        .exits(0);
    scratch
        .weft(&["install", "--prefix", prefix, "--name", "weft-next"])
        .run()
        .exits(0);
    scratch
        .weft(&["uninstall", "--prefix", prefix])
        .run()
        .exits(0);
    let kernels = contents(&Path::new(prefix).join("share/jupyter/kernels"));
    let files: Vec<String> = kernels
        .keys()
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    assert!(
        files
            .iter()
            .any(|file| file.ends_with("weft-next/kernel.json")),
        "{files:?}"
    );
    assert!(
        !files.iter().any(|file| file.ends_with("kernels/weft")),
        "{files:?}"
    );
}

#[test]
fn uninstalling_what_is_not_there_says_so() {
    let scratch = Scratch::new("uninstall-none");
    let prefix = scratch.path().join("prefix");
    let done = scratch
        .weft(&[
            "uninstall".as_ref(),
            "--prefix".as_ref(),
            prefix.as_os_str(),
        ])
        .run()
        .exits(1);
    assert!(
        done.stderr.contains(&*prefix.to_string_lossy()),
        "{}",
        done.stderr
    );
}

#[test]
fn jupyter_itself_finds_the_installed_kernel() {
    let mut scratch = Scratch::new("install-found");
    let prefix = scratch.path().join("prefix");
    scratch
        .weft(&["install".as_ref(), "--prefix".as_ref(), prefix.as_os_str()])
        .run()
        .exits(0);
    scratch.set("JUPYTER_PATH", prefix.join("share/jupyter"));
    let jupyter = Python::ready().programs().join("jupyter-kernelspec");
    let list = scratch
        .program(&jupyter, &["list", "--json"])
        .run()
        .exits(0)
        .json();
    assert_eq!(
        list["kernelspecs"]["weft"]["spec"]["display_name"],
        "Rust (Weft)"
    );
}

#[test]
fn the_doctor_runs_a_real_kernel_and_says_what_is_missing() {
    let mut scratch = Scratch::with_kernel("doctor");
    let path = std::env::var("PATH").unwrap_or_default();
    scratch.set(
        "PATH",
        format!("{}:{path}", Python::ready().programs().display()),
    );
    let limit = std::time::Duration::from_secs(180);
    let done = scratch
        .weft(&["doctor", "--json"])
        .within(limit)
        .run()
        .exits(0);
    let document = done.json();
    let checks = document["checks"].as_array().expect("a list of checks");
    for layer in ["landlock", "seccomp", "bubblewrap", "cgroup", "escapes"] {
        let check = checks.iter().find(|check| check["id"] == layer);
        let check = check.unwrap_or_else(|| panic!("{layer} in {document:#}"));
        // Whether control groups are delegated is the machine's own affair.
        assert!(layer == "cgroup" || check["status"] == "ok", "{check:#}");
    }
    scratch.weft(&["doctor"]).within(limit).run().exits(0);
}

#[test]
fn the_doctor_ends_with_three_where_there_is_no_toolchain() {
    let mut scratch = Scratch::new("doctor-bare");
    scratch.set("PATH", "/nonexistent");
    scratch.set("CARGO_HOME", "/nonexistent");
    scratch.set("RUSTUP_HOME", "/nonexistent");
    let done = scratch
        .weft(&["doctor"])
        .within(std::time::Duration::from_secs(180))
        .run()
        .exits(3);
    assert!(
        format!("{}{}", done.stdout, done.stderr).contains("rust"),
        "it says what to install"
    );
}

#[test]
fn cargo_run_starts_weft_though_other_members_have_programs() {
    let scratch = Scratch::new("cargo-run");
    let manifest = repository().join("Cargo.toml");
    let arguments = ["metadata", "--no-deps", "--offline", "--format-version=1"];
    let arguments = arguments.map(String::from).into_iter();
    let arguments: Vec<String> = arguments
        .chain([format!("--manifest-path={}", manifest.display())])
        .collect();
    let said = scratch.program("cargo", &arguments).run().exits(0).stdout;
    let said: serde_json::Value = serde_json::from_str(&said).expect("cargo writes JSON");
    // With several programs among the default members, `cargo run` asks which one is meant
    // unless exactly one package names its own (the reference of Cargo, `default-run`).
    let members = said["workspace_default_members"]
        .as_array()
        .expect("a list");
    let packages = said["packages"].as_array().expect("a list");
    let meant: Vec<&str> = packages
        .iter()
        .filter(|package| members.contains(&package["id"]))
        .filter_map(|package| package["default_run"].as_str())
        .collect();
    assert_eq!(meant, ["weft"]);
}
