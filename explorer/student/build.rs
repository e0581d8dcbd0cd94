//! Embeds the source of the facade and of the process that explores.
use carried::{Crate, embed};
use std::path::Path;

fn main() {
    // Cargo runs this in the crate's folder. Not an absolute path: with a target folder that several clones share, this
    // would go on to embed another clone's files.
    let root = Path::new("../..");
    let travels = |folder, dylib| Crate { folder, dylib };
    embed(
        root,
        &[
            travels("explorer", false),
            travels("explorer/facade", true),
            travels("explorer/runner", false),
        ],
    );
}
