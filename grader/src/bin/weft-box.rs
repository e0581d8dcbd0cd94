//! The first process of a box, as a program of its own. `weft` contains the same.

use std::process::ExitCode;

fn main() -> ExitCode {
    let word = std::env::args().next_back().unwrap_or_default();
    match grader::sandbox::first::serve(&word) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("weft-box is started by the grader: {error}");
            ExitCode::FAILURE
        }
    }
}
