//! A small workspace is carried, compiled once, and made again when it is damaged.
use carried::{Artifact, Carried, Compiler, Error};
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

#[test]
fn what_is_there_is_not_made_again_and_what_is_damaged_is() {
    let cache = tempfile::tempdir().unwrap();
    let compiler = compiler(cache.path());
    let mut made = Vec::new();
    let kept = CARRIED
        .prepare(&compiler, &mut |name| made.push(name.to_owned()))
        .unwrap();
    assert_eq!(made, ["word", "say"]);
    assert!(kept.files.iter().all(|file| file.is_file()));
    made.clear();
    CARRIED
        .prepare(&compiler, &mut |name| made.push(name.to_owned()))
        .unwrap();
    assert_eq!(made, [""; 0], "it was there");
    // Cut short, as by a full disk.
    std::fs::write(&kept.files[0], b"half").unwrap();
    assert!(CARRIED.ready(&compiler).is_none());
    let mended = CARRIED.prepare(&compiler, &mut |_| {}).unwrap();
    assert!(std::fs::metadata(&mended.files[0]).unwrap().len() > 4);
    // A note that was never finished.
    let note = kept.files[0].with_file_name("made.json");
    std::fs::write(&note, b"{\"files\": [").unwrap();
    assert!(CARRIED.ready(&compiler).is_none());
    CARRIED.prepare(&compiler, &mut |_| {}).unwrap();
    // Damage of the same size is told by whoever uses it.
    let since = SystemTime::now();
    made.clear();
    CARRIED
        .prepare_again(&compiler, since, &mut |name| made.push(name.to_owned()))
        .unwrap();
    assert_eq!(made, ["word", "say"]);
    made.clear();
    CARRIED
        .prepare_again(&compiler, since, &mut |name| made.push(name.to_owned()))
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
                    .prepare(&compiler, &mut |_| *made.lock().unwrap() += 1)
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
    match broken.prepare(&compiler(cache.path()), &mut |_| {}) {
        Err(Error::NotCompiled { said }) => assert!(said.contains("nothing"), "{said}"),
        other => panic!("{other:?}"),
    }
    let nowhere = Compiler {
        cargo: "/nonexistent/cargo".into(),
        ..compiler(cache.path())
    };
    assert!(matches!(
        CARRIED.prepare(&nowhere, &mut |_| {}),
        Err(Error::Cargo { .. })
    ));
    let full = Compiler {
        cache: "/proc/nowhere".into(),
        ..nowhere
    };
    assert!(matches!(
        CARRIED.prepare(&full, &mut |_| {}),
        Err(Error::File { .. })
    ));
}
