//! Source that differs from what the student wrote, and the way back.

use std::ops::Range;

/// A text with replacements; places in it can be led back to the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edited<'a> {
    /// What the student wrote.
    pub(super) original: &'a str,
    /// What is compiled.
    pub(super) text: String,
    /// What was done to it, one edit after the other.
    stages: Vec<Stage>,
}

/// One edit of a whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stage {
    /// Length of the text before.
    length: usize,
    /// The replaced parts of the text before, and the length of what stands there now. In order.
    edits: Vec<(Range<usize>, usize)>,
}

impl Stage {
    /// The place before the edit, and whether the edit put there what stands at this place now.
    fn before(&self, offset: usize) -> (usize, bool) {
        let mut grown = 0_isize;
        for (range, length) in &self.edits {
            let start = range.start.wrapping_add_signed(grown);
            if offset < start {
                break;
            }
            if offset < start + length {
                return (range.start, true);
            }
            grown += *length as isize - range.len() as isize;
        }
        (offset.saturating_add_signed(-grown).min(self.length), false)
    }
}

impl<'a> Edited<'a> {
    /// The text as it is.
    pub(super) fn unchanged(original: &'a str) -> Edited<'a> {
        Edited::new(original, Vec::new())
    }

    /// The text between a beginning and an end of ours.
    pub(super) fn between(before: &str, original: &'a str, after: &str) -> Edited<'a> {
        let end = original.len()..original.len();
        Edited::new(original, vec![(0..0, before.into()), (end, after.into())])
    }

    /// Replaces parts that do not overlap.
    pub(super) fn new(original: &'a str, mut edits: Vec<(Range<usize>, String)>) -> Edited<'a> {
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut text = String::with_capacity(original.len());
        let mut at = 0;
        for (range, replacement) in &edits {
            text.push_str(&original[at..range.start]);
            text.push_str(replacement);
            at = range.end;
        }
        text.push_str(&original[at..]);
        let edits = edits
            .into_iter()
            .map(|(range, replacement)| (range, replacement.len()))
            .collect();
        Edited {
            original,
            text,
            stages: vec![Stage {
                length: original.len(),
                edits,
            }],
        }
    }

    /// Edits the text once more.
    pub(super) fn then(self, edit: impl FnOnce(&str) -> Edited<'_>) -> Edited<'a> {
        let Edited { text, stages, .. } = edit(&self.text);
        Edited {
            original: self.original,
            text,
            stages: self.stages.into_iter().chain(stages).collect(),
        }
    }

    /// Whether something of ours stands at this place.
    pub(super) fn is_ours(&self, offset: usize) -> bool {
        let mut offset = offset;
        self.stages.iter().rev().any(|stage| {
            let (before, is_ours) = stage.before(offset);
            offset = before;
            is_ours
        })
    }

    /// The place in the original of a place in the text. What we put there has the place before
    /// which it stands.
    pub(super) fn original_offset(&self, offset: usize) -> usize {
        self.stages
            .iter()
            .rev()
            .fold(offset, |offset, stage| stage.before(offset).0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_led_back() {
        let original = "let v = f(x).await;";
        let edited = Edited::new(
            original,
            vec![(12..18, ")".to_owned()), (8..8, "wait(".to_owned())],
        );
        assert_eq!(edited.text, "let v = wait(f(x));");
        let back = |part: &str| edited.original_offset(edited.text.find(part).unwrap());
        assert_eq!(back("let"), 0);
        assert_eq!(back("wait"), 8);
        assert_eq!(back("f(x)"), 8);
        assert_eq!(back("x)"), 10);
        assert_eq!(back(";"), original.len() - 1);
        assert_eq!(edited.original_offset(999), original.len());
    }

    #[test]
    fn places_are_led_back_through_two_edits() {
        let edited = Edited::new("a(b).await", vec![(0..0, "let x = ".to_owned())]).then(|text| {
            Edited::new(
                text,
                vec![(8..8, "wait(".to_owned()), (12..18, ")".to_owned())],
            )
        });
        assert_eq!(edited.text, "let x = wait(a(b))");
        let back = |part: &str| edited.original_offset(edited.text.find(part).unwrap());
        assert_eq!((back("let"), back("a(b)"), back("b)")), (0, 0, 2));
        let ours = |part: &str| edited.is_ours(edited.text.find(part).unwrap());
        assert_eq!(
            (ours("let"), ours("a(b)"), ours("wait")),
            (true, false, true)
        );
        assert_eq!(edited.original_offset(999), edited.original.len());
    }

    #[test]
    fn a_frame_is_none_of_the_original() {
        let edited = Edited::between("let t = ", "a + b", ";");
        assert_eq!(edited.text, "let t = a + b;");
        assert_eq!(edited.original_offset(3), 0);
        assert_eq!(edited.original_offset(12), 4);
    }
}
