//! What was run, in this session and in earlier ones.
//!
//! The file is a list of JSON lines in the user's data folder, shared by all kernels of the
//! user: every change happens under an advisory lock on a file beside it, entries are appended
//! with one write, and a line that cannot be read is skipped. When the file has grown past
//! [`LARGEST_FILE`], its older half goes. This session's own entries are also kept in memory, so
//! that a read-only or missing disk costs nothing but the memory of earlier sessions.

use std::collections::{HashSet, VecDeque};
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::wire::history::{Access, HistoryRequest};

/// Size at which the older half of the file goes.
const LARGEST_FILE: u64 = 4 * 1024 * 1024;
/// A longer source is not kept.
const LONGEST_INPUT: usize = 256 * 1024;
/// A longer result is not kept; its source is.
const LONGEST_OUTPUT: usize = 16 * 1024;
/// Entries of this session kept in memory.
const OWN_ENTRIES: usize = 10_000;
/// Entries of the tail, where the client does not say.
const DEFAULT_TAIL: usize = 10;
/// How often and how long we try to get the lock before we do without the file.
const LOCK_TRIES: u32 = 40;
const LOCK_PAUSE: Duration = Duration::from_millis(5);

/// One cell of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Number of the session.
    pub session: i64,
    /// Its execution count.
    pub line: i64,
    /// Its source.
    pub input: String,
    /// Its result as plain text.
    pub output: Option<String>,
}

/// A line of the file; without a source it only says that the session exists.
#[derive(Serialize, Deserialize)]
struct Record {
    session: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    input: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    output: Option<String>,
}

/// The history, as one kernel sees it.
pub struct History {
    path: Option<PathBuf>,
    session: i64,
    own: VecDeque<Entry>,
}

/// Where the history is kept: `weft/history.jsonl` in the user's data folder.
pub fn default_path() -> Option<PathBuf> {
    let folder = std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| std::env::home_dir().map(|home| home.join(".local/share")))?;
    Some(folder.join("weft").join("history.jsonl"))
}

impl History {
    /// Begins a session. Without a path, or where the file cannot be used, this session is all there is.
    pub fn open(path: Option<PathBuf>) -> History {
        let mut history = History {
            path,
            session: 1,
            own: VecDeque::new(),
        };
        if let Some(path) = history.path.clone() {
            match begin_session(&path) {
                Ok(session) => history.session = session,
                Err(error) => {
                    tracing::warn!(path = %path.display(), %error, "the history is not kept");
                    history.path = None;
                }
            }
        }
        history
    }

    /// Number of this session.
    pub fn session(&self) -> i64 {
        self.session
    }

    /// Keeps a cell.
    pub fn add(&mut self, line: u32, input: &str, output: Option<String>) {
        if input.len() > LONGEST_INPUT {
            return;
        }
        let entry = Entry {
            session: self.session,
            line: i64::from(line),
            input: input.to_owned(),
            output: output.filter(|text| text.len() <= LONGEST_OUTPUT),
        };
        if let Some(path) = &self.path
            && let Err(error) = append(path, &entry)
        {
            tracing::warn!(%error, "a cell is missing in the history");
        }
        self.own.push_back(entry);
        if self.own.len() > OWN_ENTRIES {
            self.own.pop_front();
        }
    }

    /// Answers a request, oldest entry first.
    pub fn find(&self, request: &HistoryRequest) -> Vec<Entry> {
        match request.hist_access_type {
            Access::Tail => newest(self.all(), request.n.unwrap_or(DEFAULT_TAIL)),
            Access::Range => self.range(request),
            Access::Search => self.search(request),
        }
    }

    fn range(&self, request: &HistoryRequest) -> Vec<Entry> {
        let session = if request.session <= 0 {
            self.session.saturating_add(request.session)
        } else {
            request.session
        };
        let stop = request.stop.unwrap_or(i64::MAX);
        let mut entries = if session == self.session {
            self.own.iter().cloned().collect()
        } else {
            self.all()
        };
        entries.retain(|entry| {
            entry.session == session && entry.line >= request.start && entry.line < stop
        });
        entries
    }

    fn search(&self, request: &HistoryRequest) -> Vec<Entry> {
        let pattern: Vec<char> = request.pattern.as_deref().unwrap_or("*").chars().collect();
        let mut entries = self.all();
        entries.retain(|entry| matches(&pattern, &entry.input));
        if request.unique {
            let mut seen = HashSet::new();
            let mut newest_first: Vec<Entry> = entries
                .into_iter()
                .rev()
                .filter(|entry| seen.insert(entry.input.clone()))
                .collect();
            newest_first.reverse();
            entries = newest_first;
        }
        newest(entries, request.n.unwrap_or(usize::MAX))
    }

    /// Earlier and other sessions from the file, then this one.
    fn all(&self) -> Vec<Entry> {
        let mut entries = match &self.path {
            Some(path) => read(path).unwrap_or_else(|error| {
                tracing::warn!(%error, "the history cannot be read");
                Vec::new()
            }),
            None => Vec::new(),
        };
        entries.retain(|entry| entry.session != self.session);
        entries.extend(self.own.iter().cloned());
        entries
    }
}

fn newest(mut entries: Vec<Entry>, n: usize) -> Vec<Entry> {
    let first = entries.len().saturating_sub(n);
    entries.split_off(first)
}

/// Whether the whole text matches, where `*` is any text and `?` any one character. Takes at
/// most pattern times text steps.
fn matches(pattern: &[char], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(&wanted) if wanted == '?' || wanted == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    p = at + 1;
                    t = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|&rest| rest == '*')
}

fn records(bytes: &[u8]) -> impl Iterator<Item = Record> {
    bytes
        .split(|&byte| byte == b'\n')
        .filter_map(|line| serde_json::from_slice(line).ok())
}

fn read(path: &Path) -> std::io::Result<Vec<Entry>> {
    let bytes = match std::fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    Ok(records(&bytes)
        .filter_map(|record| {
            Some(Entry {
                session: record.session,
                line: record.line?,
                input: record.input?,
                output: record.output,
            })
        })
        .collect())
}

fn begin_session(path: &Path) -> std::io::Result<i64> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let _lock = lock(path)?;
    let bytes = std::fs::read(path).or_else(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Ok(Vec::new()),
        _ => Err(error),
    })?;
    let last = records(&bytes).map(|record| record.session).max();
    let session = last.unwrap_or(0).saturating_add(1);
    append_line(
        path,
        &Record {
            session,
            line: None,
            input: None,
            output: None,
        },
    )?;
    Ok(session)
}

fn append(path: &Path, entry: &Entry) -> std::io::Result<()> {
    let _lock = lock(path)?;
    append_line(
        path,
        &Record {
            session: entry.session,
            line: Some(entry.line),
            input: Some(entry.input.clone()),
            output: entry.output.clone(),
        },
    )
}

/// The lock is a file of its own, because the other one is replaced when it is shortened.
fn lock(path: &Path) -> std::io::Result<File> {
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path.with_extension("lock"))?;
    for _ in 0..LOCK_TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(std::fs::TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
            Err(std::fs::TryLockError::Error(error)) => return Err(error),
        }
    }
    Err(std::io::ErrorKind::TimedOut.into())
}

/// To be called under the lock.
fn append_line(path: &Path, record: &Record) -> std::io::Result<()> {
    let mut file = OpenOptions::new()
        .create(true)
        .read(true)
        .append(true)
        .open(path)?;
    let size = file.metadata()?.len();
    let mut line = Vec::new();
    if size > 0 {
        // A kernel that was killed while it wrote has left half a line.
        let mut last = [0];
        file.seek(SeekFrom::Start(size - 1))?;
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            line.push(b'\n');
        }
    }
    serde_json::to_writer(&mut line, record)?;
    line.push(b'\n');
    file.write_all(&line)?;
    if size + line.len() as u64 > LARGEST_FILE {
        shorten(path)?;
    }
    Ok(())
}

fn shorten(path: &Path) -> std::io::Result<()> {
    let bytes = std::fs::read(path)?;
    let middle = bytes.len() / 2;
    let start = bytes[middle..]
        .iter()
        .position(|&byte| byte == b'\n')
        .map_or(middle, |at| middle + at + 1);
    let beside = path.with_extension("new");
    std::fs::write(&beside, &bytes[start..])?;
    std::fs::rename(beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Folder {
            Folder(std::env::temp_dir().join(format!("weft-history-{}", uuid::Uuid::new_v4())))
        }
        fn file(&self) -> PathBuf {
            self.0.join("deep").join("history.jsonl")
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn request(access: Access) -> HistoryRequest {
        HistoryRequest {
            output: false,
            raw: true,
            hist_access_type: access,
            session: 0,
            start: 0,
            stop: None,
            n: None,
            pattern: None,
            unique: false,
        }
    }

    fn inputs(entries: &[Entry]) -> Vec<&str> {
        entries.iter().map(|entry| entry.input.as_str()).collect()
    }

    #[test]
    fn a_pattern_with_stars_and_question_marks_matches_the_whole_text() {
        let is = |pattern: &str, text| matches(&pattern.chars().collect::<Vec<_>>(), text);
        assert!(is("*", "") && is("*", "anything\nat all"));
        assert!(is("let ? = *;", "let x = 1 + 2;") && !is("let ? = *", "let xy = 1"));
        assert!(is("a*b*c", "axxbxxbyyc") && !is("a*b*c", "axxbxxbyy"));
        assert!(is("v[0]", "v[0]") && !is("v[0]", "v0"));
        assert!(is("*سلا?", "// سلام") && !is("", "x") && is("", ""));
        assert!(!is(&"*a".repeat(200), &"b".repeat(20_000)));
    }

    #[test]
    fn an_earlier_session_is_found_again_and_sessions_count_up() {
        let folder = Folder::new();
        let mut first = History::open(Some(folder.file()));
        first.add(1, "let a = 1;", None);
        first.add(2, "a", Some("1".into()));
        let mut second = History::open(Some(folder.file()));
        second.add(1, "let b = 2;", None);
        assert_eq!((first.session(), second.session()), (1, 2));

        let tail = second.find(&HistoryRequest {
            n: Some(2),
            ..request(Access::Tail)
        });
        assert_eq!(inputs(&tail), ["a", "let b = 2;"]);
        assert_eq!(tail[0].output.as_deref(), Some("1"));

        let before = second.find(&HistoryRequest {
            session: -1,
            start: 1,
            stop: Some(2),
            ..request(Access::Range)
        });
        assert_eq!(inputs(&before), ["let a = 1;"]);
        assert_eq!(
            inputs(&second.find(&request(Access::Range))),
            ["let b = 2;"]
        );
    }

    #[test]
    fn a_search_can_ask_for_few_and_for_each_source_once() {
        let mut history = History::open(None);
        for (line, input) in (1..).zip(["x", "let y", "x", "let z", "x"]) {
            history.add(line, input, None);
        }
        let search = |pattern: &str, n, unique| {
            history.find(&HistoryRequest {
                pattern: Some(pattern.into()),
                n,
                unique,
                ..request(Access::Search)
            })
        };
        assert_eq!(search("x", None, false).len(), 3);
        assert_eq!(search("x", Some(2), false)[0].line, 3);
        let unique = search("*", None, true);
        assert_eq!(inputs(&unique), ["let y", "let z", "x"]);
        assert_eq!(unique[2].line, 5);
    }

    #[test]
    fn damaged_lines_are_skipped_and_half_a_line_swallows_nothing() {
        let folder = Folder::new();
        History::open(Some(folder.file())).add(1, "kept", None);
        let mut file = OpenOptions::new().append(true).open(folder.file()).unwrap();
        file.write_all(b"\xff\xfe not json\n{\"session\":\"x\"}\n{\"session\":1,\"li")
            .unwrap();
        let mut history = History::open(Some(folder.file()));
        history.add(1, "after", None);
        assert_eq!(history.session(), 2);
        assert_eq!(
            inputs(&history.find(&request(Access::Tail))),
            ["kept", "after"]
        );
        let reopened = History::open(Some(folder.file()));
        assert_eq!(
            inputs(&reopened.find(&request(Access::Tail))),
            ["kept", "after"]
        );
    }

    #[test]
    fn the_file_stays_bounded_and_keeps_the_newest() {
        let folder = Folder::new();
        let mut history = History::open(Some(folder.file()));
        let long = "x".repeat(LONGEST_INPUT);
        for line in 1..=40 {
            history.add(line, &long, None);
            assert!(std::fs::metadata(folder.file()).unwrap().len() <= LARGEST_FILE + 1024);
        }
        history.add(41, &"y".repeat(LONGEST_INPUT + 1), None);
        let reopened = History::open(Some(folder.file()));
        let tail = reopened.find(&HistoryRequest {
            n: Some(1),
            ..request(Access::Tail)
        });
        assert_eq!(tail[0].line, 40);
        assert_eq!(reopened.session(), 2);
    }

    #[test]
    fn several_kernels_write_at_once_and_nothing_is_lost() {
        let folder = Folder::new();
        let sessions: Vec<i64> = std::thread::scope(|scope| {
            let kernels: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        let mut history = History::open(Some(folder.file()));
                        for line in 1..=50 {
                            history.add(line, "cell", None);
                        }
                        history.session()
                    })
                })
                .collect();
            kernels.into_iter().map(|k| k.join().unwrap()).collect()
        });
        assert_eq!(sessions.iter().collect::<HashSet<_>>().len(), 4);
        let all = History::open(Some(folder.file())).find(&HistoryRequest {
            n: Some(1000),
            ..request(Access::Tail)
        });
        assert_eq!(all.len(), 200);
    }

    #[test]
    fn a_folder_that_cannot_be_written_costs_only_the_past() {
        let mut history = History::open(Some("/proc/nowhere/history.jsonl".into()));
        history.add(1, "here", None);
        assert_eq!(inputs(&history.find(&request(Access::Tail))), ["here"]);
    }
}
