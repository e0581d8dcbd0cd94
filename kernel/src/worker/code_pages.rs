//! The memory of cells that have run: their code and constants.
//!
//! A cell's shared object stays loaded for good, but most of it is read once: while it is loaded and run. Kept in
//! memory, that is some 50 kB a cell; of 10,000 cells, half a gigabyte. What nobody can have written to is in the file
//! as well, so the worker gives those pages back after the cell. Whoever needs one again gets it from the file.

use std::ffi::c_void;

use libc::{Elf64_Ehdr, Elf64_Phdr};

use super::library::CellFunction;

/// Tags of the dynamic section (elf(5)): the loader wrote into segments that are read-only otherwise.
const DT_NULL: u64 = 0;
const DT_TEXTREL: u64 = 22;
const DT_FLAGS: u64 = 30;
const DF_TEXTREL: u64 = 4;

/// Gives back what the shared object that holds this function does not write to.
pub(super) fn give_back(function: CellFunction) {
    let Some(object) = Object::around(function as *const c_void) else {
        return;
    };
    if object.is_relocated_in_place() {
        return;
    }
    // SAFETY: a number only.
    let Ok(page) = usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }) else {
        return;
    };
    // All before the first is given back: to read on in the headers would bring their pages back.
    let unwritten: Vec<Elf64_Phdr> = object
        .segments(libc::PT_LOAD)
        .filter(|segment| segment.p_flags & libc::PF_W == 0)
        .copied()
        .collect();
    for segment in unwritten {
        let begin = object.base + segment.p_vaddr as usize;
        let end = (begin + segment.p_memsz as usize).next_multiple_of(page);
        let begin = begin - begin % page;
        // SAFETY: the whole pages of one loaded segment, which is a private mapping of the file that nobody writes to:
        // what is dropped is read from the file again (madvise(2), `MADV_DONTNEED`).
        unsafe { libc::madvise(begin as *mut c_void, end - begin, libc::MADV_DONTNEED) };
    }
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
