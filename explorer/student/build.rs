//! Embeds the source of the facade, of what stands in for other crates and of the process that explores; and, apart from
//! it, the names of those crates as they are, and our own library as it is.
use carried::{Crate, embed};
use std::path::Path;

fn main() {
    // Cargo runs this in the crate's folder. Not an absolute path: with a target folder that several clones share, this
    // would go on to embed another clone's files.
    let root = Path::new("../..");
    let travels = |folder, dylib| Crate {
        folder,
        dylib,
        borrowed: &[],
    };
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
            Crate {
                folder: "explorer/stand-ins/exercises",
                dylib: false,
                borrowed: &[
                    "exercises/src/primitive/slot.rs",
                    "exercises/src/process/array.rs",
                    "exercises/src/process/barrier/error.rs",
                    "exercises/src/process/byte_pipe.rs",
                    "exercises/src/process/channel/failure.rs",
                    "exercises/src/process/joinable_queue.rs",
                    "exercises/src/process/number.rs",
                    "exercises/src/process/pipe.rs",
                    "exercises/src/process/pool/arguments.rs",
                    "exercises/src/process/pool/chunks.rs",
                    "exercises/src/process/pool/error.rs",
                    "exercises/src/process/pool/lasting.rs",
                    "exercises/src/process/process_type.rs",
                    "exercises/src/process/queue.rs",
                    "exercises/src/process/simple_queue.rs",
                    "exercises/src/process/value.rs",
                    "exercises/src/sync",
                    "explorer/rehearsal/src/gil.rs",
                    "explorer/rehearsal/src/primitive/identity.rs",
                    "explorer/rehearsal/src/primitive/lock.rs",
                    "explorer/rehearsal/src/primitive/thread.rs",
                    "explorer/rehearsal/src/primitive/time.rs",
                    "explorer/rehearsal/src/primitive/turns.rs",
                    "recorder/src/vocabulary.rs",
                ],
            },
            travels("explorer/stand-ins/parking-lot", false),
        ],
    );
    embed(
        root,
        "originals.rs",
        &[travels("explorer/originals", false)],
    );
    embed(
        root,
        "own.rs",
        &[travels("recorder", false), travels("exercises", false)],
    );
}
