//! Bytes to text, without ever losing or gluing a character.

/// Decodes a stream of bytes as UTF-8. What is not UTF-8 becomes U+FFFD; a character that is cut
/// by the end of a piece waits for the next piece.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    /// The beginning of a character: at most three bytes.
    begun: Vec<u8>,
}

impl Decoder {
    /// Decodes a piece.
    pub(crate) fn decode(&mut self, bytes: &[u8], into: &mut String) {
        if self.begun.is_empty() {
            self.decode_whole(bytes, into);
        } else {
            let mut joined = std::mem::take(&mut self.begun);
            joined.extend_from_slice(bytes);
            self.decode_whole(&joined, into);
        }
    }

    fn decode_whole(&mut self, bytes: &[u8], into: &mut String) {
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            into.push_str(chunk.valid());
            let invalid = chunk.invalid();
            if chunks.peek().is_none() && may_continue(invalid) {
                self.begun = invalid.to_vec();
            } else if !invalid.is_empty() {
                into.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }

    /// Nothing more will come: a character that was begun is broken.
    pub(crate) fn finish(&mut self, into: &mut String) {
        if !std::mem::take(&mut self.begun).is_empty() {
            into.push(char::REPLACEMENT_CHARACTER);
        }
    }
}

/// Whether bytes are the beginning of a character rather than no character at all.
fn may_continue(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => false,
        Err(error) => error.valid_up_to() == 0 && error.error_len().is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(pieces: &[&[u8]]) -> String {
        let mut decoder = Decoder::default();
        let mut text = String::new();
        for piece in pieces {
            decoder.decode(piece, &mut text);
        }
        decoder.finish(&mut text);
        text
    }

    #[test]
    fn a_character_cut_anywhere_is_whole_again() {
        let text = "aß漢🧵b";
        for cut in 0..=text.len() {
            assert_eq!(
                decode(&[&text.as_bytes()[..cut], &text.as_bytes()[cut..]]),
                text
            );
        }
        let bytes: Vec<&[u8]> = text.as_bytes().chunks(1).collect();
        assert_eq!(decode(&bytes), text);
    }

    #[test]
    fn what_is_not_utf8_is_replaced_and_nothing_after_it_is_lost() {
        assert_eq!(
            decode(&[b"\xff\xfe bad\nnext"]),
            "\u{fffd}\u{fffd} bad\nnext"
        );
        assert_eq!(decode(&[b"\xe6\xbc", b"x"]), "\u{fffd}x");
        assert_eq!(decode(&[b"\xe6\xbc"]), "\u{fffd}");
    }
}
