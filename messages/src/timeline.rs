//! The words of drawings and explanations.

use recorder::document::Argument;
use recorder::timeline::words::Words;

use crate::{Language, Value, format};

/// Drawings in this language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken(pub Language);

impl Words for Spoken {
    fn say(&self, id: &str, arguments: &[(&str, Argument)]) -> String {
        let named: Vec<(&str, Value<'_>)> = arguments
            .iter()
            .map(|(name, argument)| (*name, argument.into()))
            .collect();
        format(self.0, id, &named)
    }

    fn language(&self) -> &str {
        self.0.code()
    }

    fn right_to_left(&self) -> bool {
        self.0.is_rtl()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::try_format;

    #[test]
    fn every_word_a_drawing_asks_for_is_there() {
        for language in Language::ALL {
            for id in recorder::timeline::words::ids() {
                assert!(try_format(language, &id, &[]).is_some(), "{language}: {id}");
            }
        }
    }
}
