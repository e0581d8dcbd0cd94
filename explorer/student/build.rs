//! Embeds the source of the facade, of what stands in for other crates and of the process that explores; and, apart from
//! it, the names of those crates as they are.
use carried::{Crate, embed};
use std::path::Path;

fn main() {
    // Cargo runs this in the crate's folder. Not an absolute path: with a target folder that several clones share, this
    // would go on to embed another clone's files.
    let root = Path::new("../..");
    let travels = |folder, dylib| Crate { folder, dylib };
    embed(
        root,
        "sources.rs",
        &[
            travels("explorer", false),
            travels("explorer/facade", true),
            travels("explorer/runner", false),
            travels("explorer/stand-ins/crossbeam", false),
            travels("explorer/stand-ins/crossbeam-channel", false),
            travels("explorer/stand-ins/crossbeam-utils", false),
            travels("explorer/stand-ins/parking-lot", false),
        ],
    );
    embed(
        root,
        "originals.rs",
        &[travels("explorer/originals", false)],
    );
}
