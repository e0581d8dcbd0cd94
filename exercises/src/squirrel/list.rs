use std::collections::HashMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::check::parse_address;

/// The most addresses a list may have.
pub const MAX_SITES: usize = 64;
/// The most bytes of a list; 64 addresses with comments need far less.
const MAX_BYTES: u64 = 64 << 10;

/// An address with its place in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Its place, from 0.
    pub number: usize,
    /// `http://...` or `https://...`.
    pub address: String,
}

/// What is wrong with a list of addresses.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The file cannot be read.
    #[error("cannot read the list of sites {path}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is no list of addresses.
    #[error("{path} is longer than 64 KiB: this is no list of addresses")]
    TooLong {
        /// The file.
        path: PathBuf,
    },
    /// A line is not text.
    #[error("{path}, line {line}: this is not UTF-8 text")]
    NotText {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// A line is not an address.
    #[error("{path}, line {line}: `{text}` is no address: {why}")]
    NotAnAddress {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What stands there.
        text: String,
        /// What is wrong with it.
        why: String,
    },
    /// The same address again: every address is checked once.
    #[error("{path}, line {line}: `{text}` stands in line {first} already; delete one of them")]
    Twice {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The address.
        text: String,
        /// Where it stands first.
        first: usize,
    },
    /// More than [`MAX_SITES`].
    #[error("{path}, line {line}: this is address number 65; at most 64 are checked")]
    TooMany {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
}

/// Reads a list of addresses: one a line; empty lines, and whatever follows a `#` at the beginning of a line or
/// after a space, are left out. An error names the line.
///
/// ```
/// let path = std::env::temp_dir().join(format!("sites-{}.txt", std::process::id()));
/// std::fs::write(&path, "# my sites\nhttps://example.org/ # the one\n\nhttp://example.com\n").unwrap();
/// let sites = exercises::squirrel::read_list(&path).unwrap();
/// std::fs::remove_file(&path).unwrap();
/// assert_eq!(sites.len(), 2);
/// assert_eq!((sites[1].number, sites[1].address.as_str()), (1, "http://example.com"));
/// ```
pub fn read_list(path: &Path) -> Result<Vec<Site>, ListError> {
    let unreadable = |source| ListError::Unreadable {
        path: path.to_owned(),
        source,
    };
    // A pipe or a device would be read for ever, or never end.
    let file = std::fs::File::open(path).map_err(unreadable)?;
    if !file.metadata().map_err(unreadable)?.is_file() {
        let why = io::Error::new(io::ErrorKind::InvalidInput, "it is not a file");
        return Err(unreadable(why));
    }
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ListError::TooLong {
            path: path.to_owned(),
        });
    }
    parse(path, &bytes)
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Vec<Site>, ListError> {
    // Some editors begin a text with this mark.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut sites = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (line, content) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let Ok(content) = std::str::from_utf8(content) else {
            return Err(ListError::NotText {
                path: path.to_owned(),
                line,
            });
        };
        let text = without_comment(content).trim();
        if text.is_empty() {
            continue;
        }
        let not_an_address = |why: String| ListError::NotAnAddress {
            path: path.to_owned(),
            line,
            text: text.to_owned(),
            why,
        };
        let address = parse_address(text).map_err(not_an_address)?;
        if let Some(first) = seen.insert(address.to_string(), line) {
            return Err(ListError::Twice {
                path: path.to_owned(),
                line,
                text: text.to_owned(),
                first,
            });
        }
        if sites.len() == MAX_SITES {
            return Err(ListError::TooMany {
                path: path.to_owned(),
                line,
            });
        }
        sites.push(Site {
            number: sites.len(),
            address: text.to_owned(),
        });
    }
    Ok(sites)
}

/// A `#` inside an address begins its fragment, not a comment.
fn without_comment(line: &str) -> &str {
    let mut before = ' ';
    for (place, character) in line.char_indices() {
        if character == '#' && before.is_whitespace() {
            return &line[..place];
        }
        before = character;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Result<Vec<Site>, String> {
        parse(Path::new("sites.txt"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn one_address_a_line_with_comments_and_empty_lines() {
        let text =
            b"\xEF\xBB\xBF# mine\r\n\r\n  http://a.example/x#part  # ours\nhttps://b.example:8443\n#end";
        let sites = read(text).unwrap();
        let addresses: Vec<&str> = sites.iter().map(|site| site.address.as_str()).collect();
        assert_eq!(
            addresses,
            ["http://a.example/x#part", "https://b.example:8443"]
        );
        assert_eq!(sites[1].number, 1);
        assert_eq!(read(b"").unwrap(), []);
    }

    #[test]
    fn errors_name_the_line() {
        for (text, line) in [
            (&b"http://a.example\n\nexample.org\n"[..], "line 3"),
            (b"ftp://a.example", "line 1"),
            (b"# x\nhttp://", "line 2"),
            (b"http://a.example\n\xff\xfe", "line 2"),
            (b"http://a.example two words", "line 1"),
            (
                b"http://a.example\nhttp://b.example\nHTTP://A.example/",
                "line 3",
            ),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(line), "{error}");
            assert!(error.contains("sites.txt"), "{error}");
        }
        assert!(read(b"example.org").unwrap_err().contains("http://"));
    }

    #[test]
    fn sixty_four_are_read_and_one_more_is_refused() {
        let list = |count: usize| -> String {
            (0..count)
                .map(|number| format!("http://{number}.example\n"))
                .collect()
        };
        assert_eq!(read(list(64).as_bytes()).unwrap().len(), MAX_SITES);
        assert!(read(list(65).as_bytes()).unwrap_err().contains("line 65"));
    }

    #[test]
    fn what_is_no_file_is_not_read() {
        let error = read_list(Path::new("/dev/zero")).unwrap_err();
        let why = std::error::Error::source(&error).unwrap().to_string();
        assert!(why.contains("not a file"), "{error}: {why}");
        assert!(read_list(Path::new("/no/such/list")).is_err());
    }
}
