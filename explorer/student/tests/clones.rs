//! Clones that share a target folder compile their own sources, whichever of them ran the build script last.

const LISTS: [&str; 2] = [
    include_str!(concat!(env!("OUT_DIR"), "/sources.rs")),
    include_str!(concat!(env!("OUT_DIR"), "/originals.rs")),
];

#[test]
fn the_lists_of_what_is_carried_name_no_clone() {
    for list in LISTS {
        let sources: Vec<&str> = list.lines().filter(|line| line.contains("/src/")).collect();
        assert!(!sources.is_empty(), "{list}");
        for line in sources {
            // Cargo keeps the list for as long as the files look the same, also where they are in another folder.
            assert!(line.contains("env!(\"CARGO_MANIFEST_DIR\")"), "{line}");
        }
    }
}
