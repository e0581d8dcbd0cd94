//! The languages Weft speaks, and how a reader's wish for one is read.

use std::fmt;
use std::str::FromStr;

/// A language every text of Weft exists in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English, also the language of last resort.
    #[default]
    En,
    /// Persian.
    Fa,
    /// Turkish.
    Tr,
    /// Russian.
    Ru,
    /// Traditional Chinese with the terms used in Taiwan.
    ZhTw,
}

/// The name given is not one of the languages of Weft.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a language of Weft")]
pub struct UnknownLanguage(
    /// What was asked for.
    pub String,
);

impl Language {
    /// All languages, English first.
    pub const ALL: [Language; 5] = [
        Language::En,
        Language::Fa,
        Language::Tr,
        Language::Ru,
        Language::ZhTw,
    ];

    /// The code used in folder names, in `--lang` and in notebooks' metadata.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Fa => "fa",
            Language::Tr => "tr",
            Language::Ru => "ru",
            Language::ZhTw => "zh-TW",
        }
    }

    /// Whether the language is written from right to left.
    pub fn is_rtl(self) -> bool {
        matches!(self, Language::Fa)
    }

    /// The language the surroundings ask for: `WEFT_LANG`, then `LC_ALL`, `LC_MESSAGES`, `LANG`.
    ///
    /// The first of them that is set and not empty decides, as with every locale-aware program; a
    /// locale Weft does not speak gives English.
    pub fn from_environment() -> Language {
        Self::from_variables(|name| std::env::var(name).ok())
    }

    fn from_variables(get: impl Fn(&str) -> Option<String>) -> Language {
        // A WEFT_LANG that cannot be understood must not hide the locale behind it.
        let own = get("WEFT_LANG").and_then(|wish| wish.parse().ok());
        own.unwrap_or_else(|| {
            ["LC_ALL", "LC_MESSAGES", "LANG"]
                .into_iter()
                .filter_map(get)
                .find(|wish| !wish.is_empty())
                .and_then(|wish| wish.parse().ok())
                .unwrap_or_default()
        })
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads a code (`zh-TW`) or a locale name (`zh_TW.UTF-8`, `fa_IR`, `C`).
    ///
    /// Of the Chinese locales only the ones written in traditional characters are ours; simplified
    /// Chinese is another written language, and its readers are better served in English.
    fn from_str(wish: &str) -> Result<Self, Self::Err> {
        let plain = wish
            .split(['.', '@'])
            .next()
            .unwrap_or_default()
            .replace('_', "-")
            .to_ascii_lowercase();
        let mut parts = plain.split('-');
        let language = parts.next().unwrap_or_default();
        let rest: Vec<&str> = parts.collect();
        match language {
            "en" | "c" | "posix" => Ok(Language::En),
            "fa" | "per" | "fas" => Ok(Language::Fa),
            "tr" | "tur" => Ok(Language::Tr),
            "ru" | "rus" => Ok(Language::Ru),
            "zh" if rest.is_empty()
                || rest
                    .iter()
                    .any(|part| matches!(*part, "tw" | "hk" | "mo" | "hant")) =>
            {
                Ok(Language::ZhTw)
            }
            _ => Err(UnknownLanguage(wish.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(variables: &[(&str, &str)]) -> Language {
        Language::from_variables(|name| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn codes_are_read_back() {
        for language in Language::ALL {
            assert_eq!(language.code().parse(), Ok(language));
        }
    }

    #[test]
    fn locale_names_are_understood() {
        assert_eq!("zh_TW.UTF-8".parse(), Ok(Language::ZhTw));
        assert_eq!("zh-Hant-HK".parse(), Ok(Language::ZhTw));
        assert_eq!("fa_IR".parse(), Ok(Language::Fa));
        assert_eq!("tr_TR.UTF-8@euro".parse(), Ok(Language::Tr));
        assert_eq!("RU".parse(), Ok(Language::Ru));
        assert_eq!("C".parse(), Ok(Language::En));
        assert_eq!("C.UTF-8".parse(), Ok(Language::En));
        assert_eq!("POSIX".parse(), Ok(Language::En));
    }

    #[test]
    fn other_languages_are_refused_by_name() {
        for wish in ["de", "zh_CN.UTF-8", "", "english", "-"] {
            assert_eq!(
                wish.parse::<Language>(),
                Err(UnknownLanguage(wish.to_owned()))
            );
        }
    }

    #[test]
    fn weft_lang_wins_over_the_locale() {
        assert_eq!(
            spoken(&[("WEFT_LANG", "ru"), ("LANG", "fa_IR.UTF-8")]),
            Language::Ru
        );
        assert_eq!(
            spoken(&[("WEFT_LANG", "klingon"), ("LANG", "fa_IR.UTF-8")]),
            Language::Fa
        );
    }

    #[test]
    fn the_first_locale_variable_that_is_set_decides() {
        assert_eq!(
            spoken(&[("LC_ALL", "C"), ("LANG", "tr_TR.UTF-8")]),
            Language::En
        );
        assert_eq!(
            spoken(&[("LC_ALL", ""), ("LC_MESSAGES", "zh_TW"), ("LANG", "en_US")]),
            Language::ZhTw
        );
        assert_eq!(spoken(&[("LANG", "de_DE.UTF-8")]), Language::En);
        assert_eq!(spoken(&[]), Language::En);
    }

    #[test]
    fn only_persian_runs_from_right_to_left() {
        let rtl: Vec<_> = Language::ALL.into_iter().filter(|l| l.is_rtl()).collect();
        assert_eq!(rtl, [Language::Fa]);
    }
}
