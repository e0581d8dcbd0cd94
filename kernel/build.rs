//! Embeds the source of the library of cells, which the kernel compiles for the compiler it finds.
use carried::{Crate, embed};
use std::path::Path;

fn main() {
    let travels = |folder| Crate {
        folder,
        dylib: false,
        borrowed: &[],
    };
    // Not an absolute path, as in the explorer's build script: several clones may share a target folder.
    embed(
        Path::new(".."),
        "sources.rs",
        &[
            travels("recorder"),
            travels("exercises"),
            travels("kernel/cell"),
        ],
    );
}
