//! The library for preloading, which this program carries inside: `recorder/src/preload.rs`.

use std::io;
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

/// What `build.rs` made of its source.
const LIBRARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/libweft_trace.so"));

/// The library as a file: in the cache folder, under the name of its content.
///
/// # Errors
/// Why it could not be written there.
pub fn path() -> Result<PathBuf, String> {
    let folder = kernel::evaluate::cache_folder()
        .map_err(|error| error.to_string())?
        .join("trace");
    let name: String = Sha256::digest(LIBRARY)[..10]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let path = folder.join(format!("libweft_trace-{name}.so"));
    let whole = path
        .metadata()
        .is_ok_and(|found| found.len() == LIBRARY.len() as u64);
    if !whole {
        let cannot = |error: io::Error| format!("{}: {error}", folder.display());
        std::fs::create_dir_all(&folder).map_err(cannot)?;
        // Somebody else may be at it as well: each writes a file of his own and gives it the name.
        let own = folder.join(format!("{name}.{}", std::process::id()));
        std::fs::write(&own, LIBRARY).map_err(cannot)?;
        std::fs::rename(&own, &path).map_err(cannot)?;
    }
    Ok(path)
}
