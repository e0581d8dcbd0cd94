//! `:lang`, and which language a notebook speaks.

use std::path::Path;
use std::str::FromStr as _;

use messages::{Language as Tongue, format};
use serde_json::Value;

use super::{Definition, failure};
use crate::evaluate::Session;
use crate::language::{CellOutcome, MimeBundle};

pub(super) const DEFINITION: Definition = Definition {
    name: ":lang",
    arguments: "en|fa|tr|ru|zh-TW",
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
            let arguments = [
                ("argument", argument.into()),
                ("expected", "en, fa, tr, ru, zh-TW".into()),
            ];
            let sentence = format(session.tongue, "command-wrong-argument", &arguments);
            Err(failure("Usage", sentence))
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
    let path = folder.join(std::env::var_os("JPY_SESSION_NAME")?);
    let notebook: Value = serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()?;
    Tongue::from_str(notebook["metadata"]["weft"]["lang"].as_str()?).ok()
}
