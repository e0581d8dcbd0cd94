//! The languages Weft speaks, and how a reader's wish for one is read.

use std::fmt;
use std::str::FromStr;

use crate::catalogue::files;

/// Makes [`Language`], and all that follows from the table of languages, of the table below.
macro_rules! languages {
    ($(
        $(#[$about:meta])*
        $name:ident = $code:literal {
            names: $names:expr,
            regions: $regions:expr,
            right_to_left: $right_to_left:literal,
        }
    )*) => {
        /// A language every text of Weft exists in.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Language {
            $($(#[$about])* $name,)*
            /// English made strange by a program, to find text that no catalogue holds: for authors and
            /// tests, offered nowhere, and none of [`Language::ALL`].
            Pseudo,
        }

        impl Language {
            /// All languages, English first.
            pub const ALL: [Language; Language::COUNT] = [$(Language::$name),*];
            const COUNT: usize = [$($code),*].len();
            /// All codes, for a place that shows what may be written: `en|fa|tr`.
            pub const CODES: &str = concat!($("|", $code),*).split_at(1).1;

            /// The code used in folder names, in `--lang` and in notebooks' metadata.
            pub fn code(self) -> &'static str {
                match self {
                    $(Language::$name => $code,)*
                    Language::Pseudo => "qps",
                }
            }

            /// Whether the language is written from right to left.
            pub fn is_rtl(self) -> bool {
                match self {
                    $(Language::$name => $right_to_left,)*
                    Language::Pseudo => false,
                }
            }

            /// What locales call the language, in small letters.
            fn names(self) -> &'static [&'static str] {
                match self {
                    $(Language::$name => &$names,)*
                    Language::Pseudo => &["qps"],
                }
            }

            /// The regions and scripts of locales that are meant, in small letters; none: all of them.
            fn regions(self) -> &'static [&'static str] {
                match self {
                    $(Language::$name => &$regions,)*
                    Language::Pseudo => &[],
                }
            }

            /// The Fluent files.
            pub(crate) fn files(self) -> &'static [&'static str] {
                match self {
                    $(Language::$name => files!($code),)*
                    Language::Pseudo => Language::En.files(),
                }
            }
        }
    };
}

// A language is added here, and nowhere else: see "Add a language" in CONTRIBUTING.md. English stays the first.
languages! {
    /// English, also the language of last resort.
    #[default]
    En = "en" {
        names: ["en", "c", "posix"],
        regions: [],
        right_to_left: false,
    }
    /// Persian.
    Fa = "fa" {
        names: ["fa", "per", "fas"],
        regions: [],
        right_to_left: true,
    }
    /// Turkish.
    Tr = "tr" {
        names: ["tr", "tur"],
        regions: [],
        right_to_left: false,
    }
    /// Russian.
    Ru = "ru" {
        names: ["ru", "rus"],
        regions: [],
        right_to_left: false,
    }
    /// Traditional Chinese with the terms used in Taiwan. Simplified Chinese is another written language, and its
    /// readers are better served in English.
    ZhTw = "zh-TW" {
        names: ["zh"],
        regions: ["tw", "hk", "mo", "hant"],
        right_to_left: false,
    }
}

/// The name given is not one of the languages of Weft.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a language of Weft")]
pub struct UnknownLanguage(
    /// What was asked for.
    pub String,
);

impl Language {
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

    /// Reads a code (`zh-TW`) or a locale name (`zh_TW.UTF-8`, `fa_IR`, `C`). A name without a region is the first
    /// language of that name.
    fn from_str(wish: &str) -> Result<Self, Self::Err> {
        let plain = wish
            .split(['.', '@'])
            .next()
            .unwrap_or_default()
            .replace('_', "-")
            .to_ascii_lowercase();
        let mut parts = plain.split('-');
        let name = parts.next().unwrap_or_default();
        let rest: Vec<&str> = parts.collect();
        let is_meant = |language: &Language| {
            let regions = language.regions();
            language.names().contains(&name)
                && (regions.is_empty()
                    || rest.is_empty()
                    || rest.iter().any(|part| regions.contains(part)))
        };
        Language::ALL
            .into_iter()
            .chain([Language::Pseudo])
            .find(is_meant)
            .ok_or_else(|| UnknownLanguage(wish.to_owned()))
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
    fn the_table_says_each_thing_once() {
        assert_eq!(Language::ALL[0], Language::En);
        assert_eq!(
            Language::CODES.split('|').collect::<Vec<_>>(),
            Language::ALL.map(Language::code)
        );
        for language in Language::ALL {
            let names = language.names().iter().chain(language.regions());
            for name in names {
                assert_eq!(*name, name.to_ascii_lowercase(), "{language}");
            }
        }
    }

    #[test]
    fn the_pseudo_locale_is_understood_and_offered_nowhere() {
        assert_eq!("qps".parse(), Ok(Language::Pseudo));
        assert!(!Language::ALL.contains(&Language::Pseudo));
        assert!(!Language::CODES.contains("qps"));
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
        for wish in ["xx", "zh_CN.UTF-8", "", "english", "-"] {
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
        assert_eq!(spoken(&[("LANG", "xx_XX.UTF-8")]), Language::En);
        assert_eq!(spoken(&[]), Language::En);
    }

    #[test]
    fn persian_runs_from_right_to_left_and_english_does_not() {
        assert!(Language::Fa.is_rtl());
        assert!(!Language::En.is_rtl() && !Language::Pseudo.is_rtl());
    }
}
