//! Whether there is a Jupyter and a port for it.

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;

use super::{Examination, Status};
use crate::failure::Failure;
use crate::jupyter::{self, Found};
use crate::lab;

/// The port JupyterLab takes unless told otherwise.
const USUAL_PORT: u16 = 8888;

/// Checks that servers can listen on this machine's own address.
pub fn ports(examination: &mut Examination) -> Result<(), Failure> {
    if let Err(error) = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)) {
        return examination.add("ports", Status::Failed, error.to_string());
    }
    let id = if lab::is_free(lab::LOCALHOST, USUAL_PORT) {
        "doctor-port-free"
    } else {
        "doctor-port-taken"
    };
    let port = USUAL_PORT.to_string();
    let detail = examination.text(id, &[("port", port.into())]);
    examination.add("ports", Status::Ok, detail)
}

/// Checks for a JupyterLab; gives the Python with which a kernel can be tried.
pub fn examine(examination: &mut Examination) -> Result<Option<PathBuf>, Failure> {
    let mut found = jupyter::on_path();
    if !matches!(found, Found::Usable(_)) {
        let private = jupyter::private_prefix(|name| std::env::var_os(name))
            .map_or(Found::Nothing, |prefix| jupyter::private(&prefix));
        if matches!(private, Found::Usable(_)) {
            found = private;
        }
    }
    match found {
        Found::Usable(jupyter) => {
            let detail = format!("JupyterLab {} ({})", jupyter.lab, jupyter.command.display());
            examination.add("jupyter", Status::Ok, detail)?;
            return Ok(jupyter.python.or_else(jupyter::any_python_with_client));
        }
        Found::TooOld { command, lab } => {
            let detail = format!("JupyterLab {lab} ({})", command.display());
            examination.add("jupyter", Status::Missing, detail)?;
        }
        Found::Unusable { command, reason } => {
            let detail = format!("{}: {reason}", command.display());
            examination.add("jupyter", Status::Missing, detail)?;
        }
        Found::Nothing => {
            let detail = examination.text("doctor-not-on-path", &[("name", "jupyter".into())]);
            examination.add("jupyter", Status::Missing, detail)?;
        }
    }
    // Without JupyterLab the kernel can still be tried, as it would serve an editor.
    Ok(jupyter::any_python_with_client())
}
