//! A whole kernel: the protocol of [`crate::server`] with the language of [`crate::evaluate`].

use std::path::Path;

use messages::Language as Tongue;

use crate::connection::{ConnectionFile, Transport};
use crate::evaluate::{EvaluateError, Process, Session, language_info};
use crate::language::{StartFailure, Started};
use crate::server::{ServeError, Setup, serve};

/// Serves the Rust kernel described by a connection file until it is shut down.
///
/// Must be called while the process has one thread: it changes the environment and the working
/// folder.
///
/// # Errors
/// [`ServeError`] where the sockets cannot be opened. A missing compiler is no error here: the
/// kernel comes up and every cell says what is missing.
pub fn run(connection_file: &Path) -> Result<(), ServeError> {
    let mut connection = ConnectionFile::load(connection_file)?;
    if connection.transport == Transport::Ipc
        && let Ok(absolute) = std::path::absolute(&connection.ip)
    {
        connection.ip = absolute.display().to_string();
    }
    // SAFETY: the documented condition of this function.
    let process = unsafe { Process::prepare() };
    let version = process
        .as_ref()
        .map_or_else(|_| String::new(), |process| process.facts.release.clone());
    serve(
        connection,
        Setup::new(language_info(&version)),
        move |output| {
            let (session, stopper) = process
                .and_then(|process| Session::start(process, output))
                .map_err(|error| failure(&error))?;
            Ok(Started {
                language: Box::new(session),
                interrupt: stopper,
            })
        },
    )
}

fn failure(error: &EvaluateError) -> StartFailure {
    let sentence = messages::format(
        Tongue::from_environment(),
        "kernel-cannot-start",
        &[("reason", error.to_string().into())],
    );
    StartFailure {
        ename: "NotReady".to_owned(),
        traceback: vec![sentence.clone()],
        evalue: sentence,
    }
}
