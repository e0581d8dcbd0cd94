//! What pages say, and names nobody can guess.

use messages::{Language, Value};

/// The texts of a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(pub Language);

impl Words {
    /// A text of the catalogue.
    pub fn text(self, id: &str) -> String {
        messages::text(self.0, id)
    }

    /// A text with variables.
    pub fn say(self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        messages::format(self.0, id, args)
    }

    /// A text that is read from left to right, for the middle of a sentence that may not be: between U+2066 and
    /// U+2069 there (Unicode, UAX #9, isolates).
    pub fn kept(self, text: &str) -> String {
        if self.0.is_rtl() {
            format!("\u{2066}{text}\u{2069}")
        } else {
            text.to_owned()
        }
    }

    /// The direction its sentences run.
    pub fn direction(self) -> &'static str {
        if self.0.is_rtl() { "rtl" } else { "ltr" }
    }

    /// An address of ours in the reader's language. Names and values are ours too: nothing in it comes from a
    /// request.
    pub fn link(self, path: &str) -> String {
        let joint = if path.contains('?') { '&' } else { '?' };
        format!("{path}{joint}lang={}", self.0.code())
    }
}

/// 128 random bits in hexadecimal digits.
pub fn fresh_name() -> String {
    hexadecimal(&random::<16>())
}

/// A name that can be read out in a class: six letters and digits of which none looks like another one.
pub fn short_name() -> String {
    const LETTERS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyzc";
    let bytes: [u8; 6] = random();
    bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
        .collect()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // On Linux this fails only where the system has no random numbers at all; names that can be guessed are the one
    // thing that must not come of that.
    if getrandom::fill(&mut bytes).is_err() {
        std::process::abort();
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ_and_are_plain() {
        assert_ne!(fresh_name(), fresh_name());
        assert_eq!(fresh_name().len(), 32);
        assert!(short_name().chars().all(|c| c.is_ascii_alphanumeric()));
        assert_eq!(short_name().len(), 6);
    }
}
