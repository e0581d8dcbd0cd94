//! When sources change, so does what tells two programs apart.
use carried::fingerprint;
use std::fs;
use std::path::Path;

const PLACES: [&str; 2] = ["lock", "one/src"];
const EXCEPT: [&str; 1] = ["one/src/report"];

fn put(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

#[test]
fn every_change_of_what_counts_is_seen_and_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let now = || fingerprint(root, &PLACES, &EXCEPT);
    put(root, "lock", "a 1");
    put(root, "one/src/lib.rs", "mod judge;");
    put(root, "one/src/judge/mod.rs", "fn f() {}");
    let first = now();
    assert_eq!(first.len(), 16);
    assert_eq!(now(), first);
    let mut seen = vec![first];
    for (file, text) in [
        ("lock", "a 2"),
        ("one/src/judge/mod.rs", "fn g() {}"),
        ("one/src/added.rs", ""),
        // The same bytes, cut elsewhere.
        ("one/src/added.rs", "fn f"),
    ] {
        put(root, file, text);
        let next = now();
        assert!(!seen.contains(&next), "{file}");
        seen.push(next);
    }
    fs::rename(root.join("one/src/added.rs"), root.join("one/src/moved.rs")).expect("a new name");
    assert!(!seen.contains(&now()), "another name");
    let last = now();
    for other in ["one/src/report/html.rs", "one/src/notes.txt", "two/lib.rs"] {
        put(root, other, "other");
        assert_eq!(now(), last, "{other}");
    }
}
