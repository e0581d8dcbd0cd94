//! The memory of cells that have run: their code, their constants and their data.
//!
//! A cell's shared object stays loaded for good, but most of it is read once: while it is loaded and run. Kept in
//! memory, that is some 50 kB a cell; of 10,000 cells, half a gigabyte. What nobody can have written to is in the file
//! as well, so the worker gives those pages back after the cell. Whoever needs one again gets it from the file.
//!
//! What the loader and the cell have written is one page or two for a cell, in no file: addresses of others' functions,
//! mostly, which nobody reads again. It is put into a file of the kernel's and mapped from there. In memory it is again
//! as soon as somebody reads it, and as soon as somebody writes to it the page is the process' own as before.

use std::ffi::c_void;
use std::fs::OpenOptions;
use std::io;
use std::ops::Range;
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _};
use std::path::Path;

use libc::{Elf64_Ehdr, Elf64_Phdr};

use super::library::CellFunction;

/// Tags of the dynamic section (elf(5)): the loader wrote into segments that are read-only otherwise.
const DT_NULL: u64 = 0;
const DT_TEXTREL: u64 = 22;
const DT_FLAGS: u64 = 30;
const DF_TEXTREL: u64 = 4;

/// The file for what cells have written.
const SET_ASIDE: &str = "set-aside";
/// A cell that has more of it keeps it in memory: it is hardly done with a large table.
const MOST_SET_ASIDE: usize = 64 << 10;

/// Gives back what the shared object that holds this function does not write to. Where there is a folder, also what it
/// writes to is put into a file there, and mapped from it.
///
/// # Safety
/// Where there is a folder, no other thread of this process may be able to write to the object's memory meanwhile.
pub(super) unsafe fn give_back(function: CellFunction, folder: Option<&Path>) {
    let Some(object) = Object::around(function as *const c_void) else {
        return;
    };
    if object.is_relocated_in_place() {
        return;
    }
    // All before the first is given back: to read on in the headers would bring their pages back.
    let unwritten = object.pages(|flags| flags & libc::PF_W == 0);
    let written = object.pages(|flags| flags & libc::PF_W != 0);
    if let Some(folder) = folder {
        // SAFETY: pages of a loaded object; nobody writes to them, the caller promises. Where there is no room, the
        // memory stays as it is.
        let _ = unsafe { set_aside(&written, folder) };
    }
    for pages in unwritten {
        // SAFETY: the whole pages of one loaded segment, which is a private mapping of the file that nobody writes to:
        // what is dropped is read from the file again (madvise(2), `MADV_DONTNEED`).
        unsafe { libc::madvise(pages.start as *mut c_void, pages.len(), libc::MADV_DONTNEED) };
    }
}

/// Puts these pages into a file of this folder, and maps them from there.
///
/// # Safety
/// They are mapped, can be read and written, and nobody writes to them meanwhile.
unsafe fn set_aside(written: &[Range<usize>], folder: &Path) -> io::Result<()> {
    if written.iter().map(Range::len).sum::<usize>() > MOST_SET_ASIDE {
        return Ok(());
    }
    // Opened by its name each time: a cell may have closed whatever it found open, and opened something else there.
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(folder.join(SET_ASIDE))?;
    // Behind what there is: a worker that was rolled back, and its children, may have mapped the rest.
    let mut at = file.metadata()?.len().next_multiple_of(page() as u64);
    for pages in written {
        // SAFETY: by our own contract.
        let bytes = unsafe { std::slice::from_raw_parts(pages.start as *const u8, pages.len()) };
        file.write_all_at(bytes, at)?;
        // SAFETY: the same bytes take the place of these pages (mmap(2), `MAP_FIXED`), with the rights they had: so
        // nobody can tell the difference.
        let mapped = unsafe {
            libc::mmap(
                pages.start as *mut c_void,
                pages.len(),
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_FIXED,
                file.as_raw_fd(),
                at as libc::off_t,
            )
        };
        if mapped == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        at += pages.len() as u64;
    }
    Ok(())
}

fn page() -> usize {
    // SAFETY: a number only.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    usize::try_from(page).unwrap_or(4096)
}

/// A loaded shared object: its headers are mapped at its beginning.
struct Object {
    base: usize,
}

impl Object {
    fn around(address: *const c_void) -> Option<Object> {
        // SAFETY: room for the answer, which dladdr fills where it returns something other than 0.
        let found = unsafe {
            let mut found = std::mem::zeroed::<libc::Dl_info>();
            (libc::dladdr(address, &mut found) != 0).then_some(found)?
        };
        let object = Object {
            base: found.dli_fbase as usize,
        };
        (object.base != 0 && object.header().e_ident.starts_with(b"\x7fELF\x02")).then_some(object)
    }

    fn header(&self) -> &Elf64_Ehdr {
        // SAFETY: the loader has mapped the object's first page here, for good.
        unsafe { &*(self.base as *const Elf64_Ehdr) }
    }

    fn segments(&self, kind: u32) -> impl Iterator<Item = &Elf64_Phdr> {
        let header = self.header();
        let first = (self.base + header.e_phoff as usize) as *const Elf64_Phdr;
        // SAFETY: the loader read the table at this place of the first segment, which linkers make it part of.
        let all = unsafe { std::slice::from_raw_parts(first, usize::from(header.e_phnum)) };
        all.iter().filter(move |segment| segment.p_type == kind)
    }

    /// The whole pages of the loaded segments with such flags.
    fn pages(&self, wanted: impl Fn(u32) -> bool) -> Vec<Range<usize>> {
        let page = page();
        self.segments(libc::PT_LOAD)
            .filter(|segment| wanted(segment.p_flags))
            .map(|segment| {
                let begin = self.base + segment.p_vaddr as usize;
                let end = (begin + segment.p_memsz as usize).next_multiple_of(page);
                begin - begin % page..end
            })
            .collect()
    }

    fn is_relocated_in_place(&self) -> bool {
        self.segments(libc::PT_DYNAMIC).any(|segment| {
            let entries = (self.base + segment.p_vaddr as usize) as *const [u64; 2];
            (0..)
                // SAFETY: the dynamic section is in memory and ends with an entry of the kind `DT_NULL`.
                .map(|index| unsafe { entries.add(index).read() })
                .take_while(|[tag, _]| *tag != DT_NULL)
                .any(|[tag, value]| {
                    tag == DT_TEXTREL || (tag == DT_FLAGS && value & DF_TEXTREL != 0)
                })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_found_by_an_address_in_it_and_its_headers_are_read() {
        let object = Object::around(libc::getpid as *const c_void).unwrap();
        assert!(object.segments(libc::PT_LOAD).count() > 1);
        assert_eq!(object.segments(libc::PT_DYNAMIC).count(), 1);
        assert!(!object.is_relocated_in_place());
        assert!(Object::around(std::ptr::null()).is_none());
    }
}
