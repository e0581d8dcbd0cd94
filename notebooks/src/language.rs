//! The five languages of the workbook.

use crate::{Error, Result};
use std::str::FromStr;

/// A language in which notebooks are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English, the language of the sources.
    En,
    /// Persian, written from right to left.
    Fa,
    /// Turkish.
    Tr,
    /// Russian.
    Ru,
    /// Traditional Chinese as written in Taiwan.
    ZhTw,
}

impl Language {
    /// All five, English first.
    pub const ALL: [Language; 5] = [
        Language::En,
        Language::Fa,
        Language::Tr,
        Language::Ru,
        Language::ZhTw,
    ];

    /// The code used in folder names, PO files and notebook metadata.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Fa => "fa",
            Language::Tr => "tr",
            Language::Ru => "ru",
            Language::ZhTw => "zh-TW",
        }
    }
}

impl FromStr for Language {
    type Err = Error;

    fn from_str(code: &str) -> Result<Language> {
        Language::ALL
            .into_iter()
            .find(|language| language.code() == code)
            .ok_or_else(|| Error::Language(code.to_owned()))
    }
}
