//! The files of the pages: one style sheet and one script, part of the program.

use std::sync::LazyLock;

/// A file.
pub struct Asset {
    /// Its name behind `/static/`.
    pub name: &'static str,
    /// Its type.
    pub kind: &'static str,
    /// What is in it.
    pub content: &'static str,
}

/// All of them.
pub const ASSETS: [Asset; 2] = [
    Asset {
        name: "showcase.css",
        kind: "text/css; charset=utf-8",
        content: include_str!("../assets/showcase.css"),
    },
    Asset {
        name: "showcase.js",
        kind: "text/javascript; charset=utf-8",
        content: include_str!("../assets/showcase.js"),
    },
];

/// Changes when a file does (FNV-1a), so that browsers may keep the files for as long as they like.
pub static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in ASSETS.iter().flat_map(|asset| asset.content.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
});
