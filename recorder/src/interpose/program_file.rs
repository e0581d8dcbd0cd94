//! What the first bytes of a program's file say: who loads it, or reads it.

/// So much of a file is looked at: an ELF header with its program headers, or the first line of a script.
pub const HEAD: usize = 4096;
/// A script may name a script as its interpreter, so often (execve(2)).
pub const MOST_SCRIPTS: usize = 4;
/// The path of what loads shared objects (elf(5), `PT_INTERP`).
const INTERPRETER: u32 = 3;
/// The numbers of this machine and of the class of its programs (elf(5)).
const MACHINE: u16 = if cfg!(target_arch = "x86_64") {
    62
} else {
    183
};
const BITS_64: u8 = 2;
const LITTLE_ENDIAN: u8 = 1;
/// What loads the programs of the C library we were made for.
const LOADER: &[u8] = if cfg!(target_arch = "x86_64") {
    b"/lib64/ld-linux-x86-64.so.2"
} else {
    b"/lib/ld-linux-aarch64.so.1"
};

/// What kind of program it is.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// It loads shared objects, by what stands in this file; empty where that is not in the first bytes.
    Dynamic(&'a [u8]),
    /// It loads none.
    Static,
    /// It is for another machine.
    Foreign,
    /// The program of this path reads it.
    Script(&'a [u8]),
    /// Something else, or cut short.
    Unknown,
}

/// Reads the beginning of a file.
pub fn kind_of(head: &[u8]) -> Kind<'_> {
    if let Some(line) = head.strip_prefix(b"#!") {
        let line = line.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let word = line
            .trim_ascii()
            .split(|byte| byte.is_ascii_whitespace())
            .next()
            .unwrap_or_default();
        return Kind::Script(word);
    }
    if !head.starts_with(b"\x7fELF") {
        return Kind::Unknown;
    }
    of_headers(head).unwrap_or(Kind::Unknown)
}

/// Whether a program that is loaded by this takes a library of ours: one for another C library would not.
pub fn is_our_loader(path: &[u8]) -> bool {
    path == LOADER
}

/// Reads the program headers (elf(5)). `None` where the file is cut short.
fn of_headers(head: &[u8]) -> Option<Kind<'_>> {
    let half = |at: usize| Some(u16::from_le_bytes(*head.get(at..)?.first_chunk()?));
    let word = |at: usize| Some(u32::from_le_bytes(*head.get(at..)?.first_chunk()?));
    let long =
        |at: usize| usize::try_from(u64::from_le_bytes(*head.get(at..)?.first_chunk()?)).ok();
    let ours = *head.get(4)? == BITS_64 && *head.get(5)? == LITTLE_ENDIAN && half(18)? == MACHINE;
    if !ours {
        return Some(Kind::Foreign);
    }
    let table = long(32)?;
    let (size, count) = (usize::from(half(54)?), usize::from(half(56)?));
    for entry in 0..count {
        let at = table.checked_add(entry.checked_mul(size)?)?;
        if word(at)? == INTERPRETER {
            let (begin, length) = (long(at.checked_add(8)?)?, long(at.checked_add(32)?)?);
            let path = begin
                .checked_add(length)
                .and_then(|end| head.get(begin..end))
                .unwrap_or_default();
            return Some(Kind::Dynamic(path.strip_suffix(b"\0").unwrap_or(path)));
        }
    }
    Some(Kind::Static)
}
