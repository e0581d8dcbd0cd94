//! The embedded Fluent files, parsed a language at a time.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

use crate::{Language, Value, pseudo};

type Bundle = FluentBundle<FluentResource>;

/// A language's files, in the order they are loaded.
macro_rules! files {
    ($language:literal) => {
        &[
            include_str!(concat!("../locales/", $language, "/program.ftl")),
            include_str!(concat!("../locales/", $language, "/kernel.ftl")),
            include_str!(concat!("../locales/", $language, "/explorer.ftl")),
            include_str!(concat!("../locales/", $language, "/contracts.ftl")),
            include_str!(concat!("../locales/", $language, "/trace.ftl")),
            include_str!(concat!("../locales/", $language, "/timeline.ftl")),
            include_str!(concat!("../locales/", $language, "/grading.ftl")),
            include_str!(concat!("../locales/", $language, "/grading-explore.ftl")),
            include_str!(concat!("../locales/", $language, "/classroom.ftl")),
            include_str!(concat!("../locales/", $language, "/showcase.ftl")),
            include_str!(concat!("../locales/", $language, "/authors.ftl")),
            include_str!(concat!("../locales/", $language, "/lessons/parameters.ftl")),
            include_str!(concat!("../locales/", $language, "/lessons/s1.ftl")),
            include_str!(concat!("../locales/", $language, "/lessons/s2.ftl")),
            include_str!(concat!("../locales/", $language, "/lessons/s3.ftl")),
            include_str!(concat!("../locales/", $language, "/lessons/s4.ftl")),
            include_str!(concat!("../locales/", $language, "/lessons/s5.ftl")),
            include_str!(concat!("../locales/", $language, "/lessons/s6.ftl")),
            include_str!(concat!("../locales/", $language, "/lessons/s7.ftl")),
        ]
    };
}

pub(crate) use files;

fn bundle(language: Language) -> &'static Bundle {
    // With the pseudo-locale, which is the last.
    const COUNT: usize = Language::Pseudo as usize + 1;
    static BUNDLES: [OnceLock<Bundle>; COUNT] = [const { OnceLock::new() }; COUNT];
    BUNDLES[language as usize].get_or_init(|| load(language))
}

fn load(language: Language) -> Bundle {
    // Only the plural rules depend on it; all our codes parse, as a test of the plurals shows.
    let spoken = match language {
        Language::Pseudo => Language::En,
        other => other,
    };
    let locale: LanguageIdentifier = spoken.code().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![locale]);
    // The marks would end up in JSON documents, drawings and terminals.
    bundle.set_use_isolating(false);
    if language == Language::Pseudo {
        bundle.set_transform(Some(pseudo::disguised));
    }
    for source in language.files() {
        // A damaged entry costs that entry only; the tests refuse any.
        let resource = FluentResource::try_new((*source).to_owned())
            .unwrap_or_else(|(readable, _errors)| readable);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The text with this id, for texts without variables.
pub fn text(language: Language, id: &str) -> String {
    format(language, id, &[])
}

/// The text with this id and these variables.
///
/// A text missing in the language is given in English, and an id nobody wrote is given back as it
/// is: a reader is better off with a strange word than with a crash.
pub fn format(language: Language, id: &str, args: &[(&str, Value<'_>)]) -> String {
    try_format(language, id, args)
        .or_else(|| try_format(Language::En, id, args))
        .unwrap_or_else(|| id.to_owned())
}

/// The text with this id in this very language, `None` where there is none.
pub fn try_format(language: Language, id: &str, args: &[(&str, Value<'_>)]) -> Option<String> {
    let bundle = bundle(language);
    let pattern = bundle.get_message(id)?.value()?;
    let mut named = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        named.set(*name, value.clone().into_fluent());
    }
    // A variable that was not given shows as its name; that is all an error here can mean.
    let mut errors = Vec::new();
    Some(
        bundle
            .format_pattern(pattern, Some(&named), &mut errors)
            .into_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_id_is_given_back() {
        assert_eq!(text(Language::Fa, "no-such-id"), "no-such-id");
        assert_eq!(try_format(Language::Fa, "no-such-id", &[]), None);
    }

    #[test]
    fn arguments_carry_no_isolation_marks() {
        for language in Language::ALL {
            let said = format(language, "error-unknown-language", &[("name", "xx".into())]);
            assert!(said.contains("xx"), "{said}");
            assert!(!said.contains(['\u{2068}', '\u{2069}']), "{said:?}");
        }
    }

    #[test]
    fn plurals_follow_the_rules_of_the_language() {
        let counted = |language, count: u32| {
            format(language, "error-doctor-failed", &[("count", count.into())])
        };
        let russian = [1, 3, 5, 21].map(|count| counted(Language::Ru, count));
        assert_eq!(
            russian,
            [
                "1 проверка не пройдена.",
                "3 проверки не пройдены.",
                "5 проверок не пройдено.",
                "21 проверка не пройдена.",
            ]
        );
        assert_eq!(counted(Language::En, 1), "One check failed.");
        assert_eq!(counted(Language::Tr, 2), "2 denetim başarısız oldu.");
    }

    #[test]
    fn every_file_parses_without_an_error() {
        for language in Language::ALL {
            for source in language.files() {
                if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                    panic!("{language}: {errors:?}");
                }
            }
        }
    }
}
