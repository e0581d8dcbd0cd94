//! What a language needs from Rust beyond its line in the table of languages: how its pages are typeset. All of it
//! has a plain answer that suits a language written from left to right with Western digits; one that differs gets
//! its arm here, and only here.

use crate::{Language, right_to_left};

/// The source of a Markdown cell.
pub fn cell(language: Language, markdown: &str) -> String {
    match language {
        // Without the language, browsers draw Japanese forms of the characters.
        Language::ZhTw => format!(
            "<div lang=\"{}\">\n\n{}\n\n</div>",
            language.code(),
            markdown.trim_end()
        ),
        _ if language.is_rtl() => right_to_left::cell(language, markdown),
        _ => markdown.trim_end().to_owned(),
    }
}

/// A number as the language writes it.
pub fn digits(language: Language, number: u32) -> String {
    let zero = match language {
        Language::Fa => '۰',
        _ => '0',
    };
    let own = |digit: char| {
        digit
            .to_digit(10)
            .and_then(|value| char::from_u32(zero as u32 + value))
            .unwrap_or(digit)
    };
    number.to_string().chars().map(own).collect()
}

/// A colon, with the gap that follows it.
pub fn colon(language: Language) -> &'static str {
    match language {
        Language::ZhTw => "：",
        _ => ": ",
    }
}

/// A text in small letters, to compare words.
pub fn folded(language: Language, text: &str) -> String {
    match language {
        // Else the dotted İ becomes two characters, and I the wrong letter.
        Language::Tr => text.replace('İ', "i").replace('I', "ı").to_lowercase(),
        _ => text.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_the_digits_of_its_language() {
        assert_eq!(digits(Language::Fa, 1078), "۱۰۷۸");
        assert_eq!(digits(Language::ZhTw, 28), "28");
    }

    #[test]
    fn capital_letters_become_small_by_the_rules_of_the_language() {
        assert_eq!(folded(Language::Tr, "İKİ IŞIK"), "iki ışık");
        assert_eq!(folded(Language::En, "I"), "i");
    }
}
