//! Where what can be made again is kept.
use std::path::{Path, PathBuf};

/// Names the folder everything is kept in instead of the user's cache folder.
pub const CACHE_VARIABLE: &str = "WEFT_CACHE_DIR";

/// The folder Weft keeps what it can make again in; `None` where neither `WEFT_CACHE_DIR`, `XDG_CACHE_HOME` nor `HOME`
/// is set.
#[must_use]
pub fn cache_folder() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    set(CACHE_VARIABLE)
        .map(PathBuf::from)
        .or_else(|| set("XDG_CACHE_HOME").map(|folder| Path::new(&folder).join("weft")))
        .or_else(|| set("HOME").map(|home| Path::new(&home).join(".cache/weft")))
}
