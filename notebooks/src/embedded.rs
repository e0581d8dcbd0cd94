//! The notebooks inside the program, for `weft lab` to copy.

use crate::Language;
use include_dir::{Dir, include_dir};

static EN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/en");
static FA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/fa");
static TR: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tr");
static RU: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/ru");
static ZH_TW: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/zh-TW");

/// The notebooks published in `language`: file name and content, sorted by name.
pub fn embedded(language: Language) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let folder = match language {
        Language::En => &EN,
        Language::Fa => &FA,
        Language::Tr => &TR,
        Language::Ru => &RU,
        Language::ZhTw => &ZH_TW,
    };
    let mut notebooks: Vec<_> = folder
        .files()
        .filter_map(|file| Some((file.path().to_str()?, file.contents())))
        .filter(|(name, _)| name.ends_with(".ipynb"))
        .collect();
    notebooks.sort_by_key(|(name, _)| *name);
    notebooks.into_iter()
}
