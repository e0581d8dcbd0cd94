//! A small workspace is carried, compiled once, and made again when it is damaged.
use carried::{Artifact, Carried, Compiler, Error, Waiting};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::sync::Mutex;
use std::time::SystemTime;

const SOURCES: &[(&str, &[u8])] = &[
    ("Cargo.toml", b"[workspace]\nmembers = [\"word\", \"say\"]\nresolver = \"3\"\n"),
    (
        "Cargo.lock",
        b"version = 4\n\n[[package]]\nname = \"say\"\nversion = \"0.1.0\"\ndependencies = [\"word\"]\n\n[[package]]\nname = \"word\"\nversion = \"0.1.0\"\n",
    ),
    ("word/Cargo.toml", b"[package]\nname = \"word\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[lib]\ncrate-type = [\"dylib\"]\n"),
    ("word/src/lib.rs", b"pub fn word() -> &'static str { \"carried\" }\n"),
    ("say/Cargo.toml", b"[package]\nname = \"say\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[dependencies]\nword = { path = \"../word\" }\n"),
    ("say/src/main.rs", b"fn main() { println!(\"{}\", word::word()); }\n"),
];

const ARTIFACTS: &[Artifact] = &[
    Artifact {
        target: "word",
        extension: "so",
    },
    Artifact {
        target: "say",
        extension: "",
    },
];

const CARRIED: Carried = Carried {
    name: "test",
    sources: SOURCES,
    digest: "good",
    package: "say",
    command: &["build"],
    artifacts: ARTIFACTS,
};

fn compiler(cache: &Path) -> Compiler {
    Compiler {
        cache: cache.to_owned(),
        cargo: "cargo".into(),
        rustc: "rustc".into(),
        identity: "the compiler of this test".to_owned(),
    }
}

/// Whoever waits as long as it takes.
fn patient<'a>(progress: &'a mut dyn FnMut(&str)) -> Waiting<'a> {
    Waiting {
        progress,
        interrupted: &|| false,
    }
}

#[test]
fn what_is_there_is_not_made_again_and_what_is_damaged_is() {
    let cache = tempfile::tempdir().unwrap();
    let compiler = compiler(cache.path());
    let mut made = Vec::new();
    let kept = CARRIED
        .prepare(
            &compiler,
            &mut patient(&mut |name| made.push(name.to_owned())),
        )
        .unwrap();
    assert_eq!(made, ["word", "say"]);
    assert!(kept.files.iter().all(|file| file.is_file()));
    made.clear();
    CARRIED
        .prepare(
            &compiler,
            &mut patient(&mut |name| made.push(name.to_owned())),
        )
        .unwrap();
    assert_eq!(made, [""; 0], "it was there");
    // Cut short, as by a full disk.
    std::fs::write(&kept.files[0], b"half").unwrap();
    assert!(CARRIED.ready(&compiler).is_none());
    let mended = CARRIED
        .prepare(&compiler, &mut patient(&mut |_| {}))
        .unwrap();
    assert!(std::fs::metadata(&mended.files[0]).unwrap().len() > 4);
    // A note that was never finished.
    let note = kept.files[0].with_file_name("made.json");
    std::fs::write(&note, b"{\"files\": [").unwrap();
    assert!(CARRIED.ready(&compiler).is_none());
    CARRIED
        .prepare(&compiler, &mut patient(&mut |_| {}))
        .unwrap();
    // Damage of the same size is told by whoever uses it.
    let since = SystemTime::now();
    made.clear();
    CARRIED
        .prepare_again(
            &compiler,
            since,
            &mut patient(&mut |name| made.push(name.to_owned())),
        )
        .unwrap();
    assert_eq!(made, ["word", "say"]);
    made.clear();
    CARRIED
        .prepare_again(
            &compiler,
            since,
            &mut patient(&mut |name| made.push(name.to_owned())),
        )
        .unwrap();
    assert_eq!(made, [""; 0], "somebody has mended it since");
}

#[test]
fn several_at_once_make_it_once() {
    let cache = tempfile::tempdir().unwrap();
    let compiler = compiler(cache.path());
    let made = Mutex::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let kept = CARRIED
                    .prepare(&compiler, &mut patient(&mut |_| *made.lock().unwrap() += 1))
                    .unwrap();
                assert!(kept.files.iter().all(|file| file.is_file()));
            });
        }
    });
    assert_eq!(*made.lock().unwrap(), 2);
}

#[test]
fn what_does_not_compile_is_told_in_cargos_words() {
    const BROKEN: &[(&str, &[u8])] = &[
        (
            "Cargo.toml",
            b"[workspace]\nmembers = [\"say\"]\nresolver = \"3\"\n",
        ),
        (
            "say/Cargo.toml",
            b"[package]\nname = \"say\"\nversion = \"0.1.0\"\n",
        ),
        ("say/src/main.rs", b"fn main() { nothing() }\n"),
    ];
    let cache = tempfile::tempdir().unwrap();
    let broken = Carried {
        sources: BROKEN,
        digest: "broken",
        ..CARRIED
    };
    match broken.prepare(&compiler(cache.path()), &mut patient(&mut |_| {})) {
        Err(Error::NotCompiled { said }) => assert!(said.contains("nothing"), "{said}"),
        other => panic!("{other:?}"),
    }
    let nowhere = Compiler {
        cargo: "/nonexistent/cargo".into(),
        ..compiler(cache.path())
    };
    assert!(matches!(
        CARRIED.prepare(&nowhere, &mut patient(&mut |_| {})),
        Err(Error::Cargo { .. })
    ));
    let full = Compiler {
        cache: "/proc/nowhere".into(),
        ..nowhere
    };
    assert!(matches!(
        CARRIED.prepare(&full, &mut patient(&mut |_| {})),
        Err(Error::File { .. })
    ));
}

/// A compiler whose cargo is this script. It writes a line to a file each time it is called.
fn scripted(cache: &Path, script: &str) -> Compiler {
    let cargo = cache.join("cargo");
    let text = format!("#!/bin/sh\necho called >> \"$0.calls\"\n{script}\n");
    fs::write(&cargo, text).unwrap();
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    Compiler {
        cargo,
        ..compiler(cache)
    }
}

fn calls(cache: &Path) -> usize {
    let calls = fs::read_to_string(cache.join("cargo.calls")).unwrap_or_default();
    calls.lines().count()
}

#[test]
fn whoever_waits_may_stop_it() {
    let cache = tempfile::tempdir().unwrap();
    let compiler = scripted(cache.path(), "sleep 1000 & wait");
    let begun = || calls(cache.path()) > 0;
    let mut waiting = Waiting {
        progress: &mut |_| {},
        interrupted: &begun,
    };
    let outcome = CARRIED.prepare(&compiler, &mut waiting);
    assert!(matches!(outcome, Err(Error::Interrupted)), "{outcome:?}");
    assert_eq!(calls(cache.path()), 1);
}

#[test]
fn a_cargo_that_was_ended_is_not_started_again() {
    let cache = tempfile::tempdir().unwrap();
    let compiler = scripted(cache.path(), "kill -KILL $$");
    let outcome = CARRIED.prepare(&compiler, &mut patient(&mut |_| {}));
    assert!(
        matches!(outcome, Err(Error::Killed { signal: 9 })),
        "{outcome:?}"
    );
    assert_eq!(calls(cache.path()), 1);
    // Without the network first, and then with it.
    let compiler = scripted(cache.path(), "exit 101");
    let outcome = CARRIED.prepare(&compiler, &mut patient(&mut |_| {}));
    assert!(
        matches!(outcome, Err(Error::NotCompiled { .. })),
        "{outcome:?}"
    );
    assert_eq!(calls(cache.path()), 1 + 2);
}

#[test]
fn what_was_started_does_not_outlive_whoever_started_it() {
    let orphan = std::thread::spawn(|| {
        let mut command = std::process::Command::new("sleep");
        command.arg("1000");
        carried::bind(&mut command);
        command.spawn().unwrap()
    });
    let status = orphan.join().unwrap().wait().unwrap();
    assert_eq!(status.signal(), Some(9));
}
