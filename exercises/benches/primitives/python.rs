//! The same figure in Python.

use std::process::Command;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/primitives/python.py");

/// Microseconds each, as `python.py` measures it.
pub fn microseconds(figure: &str) -> f64 {
    let output = Command::new("python3")
        .args([SCRIPT, figure])
        .output()
        .expect("python3 is there: it is the peer");
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().unwrap_or_else(|_| {
        panic!(
            "python.py {figure} printed {text:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        )
    })
}
