//! The program to trace: where it is, and whether a library can be put in front of it.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::Read as _;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use recorder::interpose::program_file::{self, HEAD, MOST_SCRIPTS};

use crate::child;
use crate::failure::Failure;

/// The file of a program, if it can be traced.
pub fn find(name: &OsStr) -> Result<PathBuf, Failure> {
    let failure = |id| Failure::usage(id).with("program", name.to_string_lossy().into_owned());
    let has_folder = name.as_bytes().contains(&b'/');
    let path = if has_folder {
        PathBuf::from(name)
    } else {
        child::on_path(&name.to_string_lossy()).ok_or_else(|| failure("error-trace-missing"))?
    };
    if !path.exists() {
        return Err(failure("error-trace-no-file"));
    }
    if !child::is_executable(&path) {
        return Err(failure("error-trace-not-executable"));
    }
    let mut looked_at = path.clone();
    for _ in 0..MOST_SCRIPTS {
        match kind(&looked_at) {
            Kind::Dynamic => return Ok(path),
            Kind::Static => return Err(failure("error-trace-static")),
            Kind::Foreign => return Err(failure("error-trace-foreign")),
            Kind::OtherRights => return Err(failure("error-trace-rights")),
            Kind::Script(interpreter) => looked_at = PathBuf::from(interpreter),
            // The system says what is wrong with it.
            Kind::Unknown => return Ok(path),
        }
    }
    Ok(path)
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    /// It loads shared objects.
    Dynamic,
    /// It loads none.
    Static,
    /// It is for another machine.
    Foreign,
    /// It runs as another user: the system ignores what we put in front of it (ld.so(8)).
    OtherRights,
    /// Another program reads it.
    Script(OsString),
    Unknown,
}

fn kind(path: &Path) -> Kind {
    let mut head = Vec::new();
    let Ok(file) = File::open(path) else {
        return Kind::Unknown;
    };
    let other_rights = file
        .metadata()
        .is_ok_and(|found| found.permissions().mode() & 0o6000 != 0);
    if file.take(HEAD as u64).read_to_end(&mut head).is_err() {
        return Kind::Unknown;
    }
    match kind_of(&head) {
        Kind::Dynamic if other_rights => Kind::OtherRights,
        kind => kind,
    }
}

fn kind_of(head: &[u8]) -> Kind {
    match program_file::kind_of(head) {
        program_file::Kind::Dynamic(_) => Kind::Dynamic,
        program_file::Kind::Static => Kind::Static,
        program_file::Kind::Foreign => Kind::Foreign,
        program_file::Kind::Script(path) => Kind::Script(OsString::from_vec(path.to_vec())),
        program_file::Kind::Unknown => Kind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_told_apart_by_their_first_bytes() {
        let own = std::env::current_exe().unwrap();
        assert_eq!(kind(&own), Kind::Dynamic);
        assert_eq!(
            kind_of(b"#! /bin/sh -e\necho"),
            Kind::Script("/bin/sh".into())
        );
        assert_eq!(kind_of(b"#!"), Kind::Script("".into()));
        assert_eq!(kind_of(b"plain text"), Kind::Unknown);
        assert_eq!(kind_of(b"\x7fELF"), Kind::Unknown);
        let mut foreign = std::fs::read(&own).unwrap()[..4096].to_vec();
        foreign[18] = 8;
        assert_eq!(kind_of(&foreign), Kind::Foreign);
    }

    #[test]
    fn a_header_cut_short_or_scribbled_over_is_not_read_beyond_its_end() {
        let own = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        for length in 0..2048 {
            kind_of(&own[..length]);
        }
        let mut scribbled = own[..4096].to_vec();
        scribbled[32..40].fill(0xff);
        scribbled[54..58].fill(0xff);
        assert_eq!(kind_of(&scribbled), Kind::Unknown);
    }
}
