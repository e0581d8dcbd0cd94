//! `:lang`, and which language a notebook speaks.

use std::path::Path;
use std::str::FromStr as _;

use messages::{Language as Tongue, format, text};
use serde_json::Value;

use super::{Definition, wrong_argument};
use crate::evaluate::Session;
use crate::language::{CellOutcome, MimeBundle};

pub(super) const DEFINITION: Definition = Definition {
    name: ":lang",
    arguments: Tongue::CODES,
    summary: "command-lang",
    run,
};

/// `weft lab` puts the language it was asked for here.
pub const WORKBOOK_LANGUAGE: &str = "WEFT_WORKBOOK_LANG";

fn run(session: &mut Session, cell: u32, argument: &str) -> Result<Vec<Value>, CellOutcome> {
    match Tongue::from_str(argument) {
        Ok(tongue) => {
            session.tongue = tongue;
            let said = format(
                tongue,
                "command-lang-set",
                &[("language", tongue.code().into())],
            );
            session
                .output
                .display_data(cell, &MimeBundle::plain(said), None);
            Ok(Vec::new())
        }
        Err(_) => {
            let separator = text(session.tongue, "list-separator");
            let expected = Tongue::ALL.map(Tongue::code).join(&separator);
            Err(wrong_argument(
                session.tongue,
                DEFINITION.name,
                argument,
                &expected,
            ))
        }
    }
}

/// The language of the notebook the kernel was started for: `WEFT_LANG`, then what the notebook
/// says of itself (`metadata.weft.lang`; Jupyter names its path in `JPY_SESSION_NAME`), then the
/// language the workbook was opened in, then the locale.
pub(crate) fn of_notebook(folder: &Path) -> Tongue {
    if std::env::var_os("WEFT_LANG").is_some() {
        return Tongue::from_environment();
    }
    let workbook = || Tongue::from_str(&std::env::var(WORKBOOK_LANGUAGE).ok()?).ok();
    declared(folder)
        .or_else(workbook)
        .unwrap_or_else(Tongue::from_environment)
}

fn declared(folder: &Path) -> Option<Tongue> {
    Tongue::from_str(notebook(folder)?["metadata"]["weft"]["lang"].as_str()?).ok()
}

/// The notebook the kernel was started for, as it was saved last.
pub(crate) fn notebook(folder: &Path) -> Option<Value> {
    let path = folder.join(std::env::var_os("JPY_SESSION_NAME")?);
    serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()
}
