//! Tables as spreadsheets save them: with commas, with semicolons where a comma stands in numbers, with tabs; in UTF-8
//! or, from Excel's "Unicode text", in UTF-16.

/// The mark some programs put before UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A table that was read, whoever saved it.
pub(crate) struct Table {
    /// Its text without a mark, lines ending in `\n`.
    pub text: Vec<u8>,
    /// What stands between two fields.
    pub delimiter: u8,
    /// Whether it had a mark: without one, Excel would not read it again.
    marked: bool,
}

impl Table {
    /// Reads a file's bytes.
    pub(crate) fn new(bytes: &[u8]) -> Table {
        let unit = |of: fn([u8; 2]) -> u16| {
            let units = bytes[2..].chunks_exact(2);
            let units = units.map(|pair| of([pair[0], pair[1]]));
            char::decode_utf16(units)
                .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect::<String>()
                .into_bytes()
        };
        let (text, marked) = if bytes.starts_with(b"\xff\xfe") {
            (unit(u16::from_le_bytes), true)
        } else if bytes.starts_with(b"\xfe\xff") {
            (unit(u16::from_be_bytes), true)
        } else {
            let text = bytes.strip_prefix(MARK);
            (text.unwrap_or(bytes).to_owned(), text.is_some())
        };
        let text = with_newlines(&text);
        let first = text
            .split(|byte| *byte == b'\n')
            .find(|line| !line.is_empty());
        let count = |delimiter: u8| {
            let line = first.unwrap_or_default();
            line.iter().filter(|byte| **byte == delimiter).count()
        };
        let mut delimiter = b',';
        for other in [b';', b'\t'] {
            if count(other) > count(delimiter) {
                delimiter = other;
            }
        }
        Table {
            text,
            delimiter,
            marked,
        }
    }

    /// The number of the line a record begins in, whose first byte is at this place or behind empty lines.
    pub(crate) fn line_of(&self, byte: u64) -> u64 {
        let start = usize::try_from(byte)
            .unwrap_or(usize::MAX)
            .min(self.text.len());
        let empty = self.text[start..]
            .iter()
            .take_while(|byte| **byte == b'\n')
            .count();
        let before = self.text[..start + empty].iter();
        1 + before.filter(|byte| **byte == b'\n').count() as u64
    }

    /// The table without some rows, as bytes of a file; `None` where it has none of them.
    ///
    /// # Errors
    /// When a row cannot be read: what is not understood is not written anew.
    pub(crate) fn without(
        &self,
        is_gone: impl Fn(&csv::ByteRecord) -> bool,
    ) -> std::io::Result<Option<Vec<u8>>> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(self.text.as_slice());
        let mut writer = csv::WriterBuilder::new()
            .flexible(true)
            .delimiter(self.delimiter)
            .terminator(csv::Terminator::CRLF)
            .from_writer(if self.marked {
                MARK.to_vec()
            } else {
                Vec::new()
            });
        let mut had_some = false;
        for row in reader.byte_records() {
            let row = row?;
            if is_gone(&row) {
                had_some = true;
            } else {
                writer.write_byte_record(&row)?;
            }
        }
        let left = writer
            .into_inner()
            .map_err(csv::IntoInnerError::into_error)?;
        Ok(had_some.then_some(left))
    }
}

/// Every line ends in `\n`, whatever system it is from.
fn with_newlines(text: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(text.len());
    for (place, byte) in text.iter().enumerate() {
        match byte {
            b'\r' if text.get(place + 1) == Some(&b'\n') => {}
            b'\r' => lines.push(b'\n'),
            byte => lines.push(*byte),
        }
    }
    lines
}
