//! A compiled program: its entry, and its statics as they were when it was loaded.
//!
//! The program is a shared object of its own, so all its statics lie in the writable parts of its segments. These are
//! copied once, and put back before each execution: every execution finds what a new process would find. What a static
//! points to on the heap is not freed then; an exploration ends before that fills the memory (see `memory`).
use crate::memory::Memory;
use explorer::model::fork::{Images as _, use_images};
use std::ffi::{CStr, CString, c_void};
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::rc::Rc;

/// The name `facade::weft_entry!` gives the entry.
const ENTRY: &CStr = c"weft_explored_main";

/// A writable part of the program, as it was.
#[derive(Debug)]
pub struct Part {
    start: *mut u8,
    bytes: Box<[u8]>,
}

impl Part {
    /// As it is now.
    ///
    /// # Safety
    /// Nobody writes to it as long as this is looked at.
    pub unsafe fn now(&self) -> &[u8] {
        // SAFETY: it is mapped as long as the program is loaded, which is for ever.
        unsafe { std::slice::from_raw_parts(self.start, self.bytes.len()) }
    }

    /// Makes it what it was at some time.
    ///
    /// # Safety
    /// No thread of the program runs, and these bytes were read from here.
    pub unsafe fn put_back(&self, bytes: &[u8]) {
        let length = bytes.len().min(self.bytes.len());
        // SAFETY: they are writable, and belong to the program's statics.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.start, length) };
    }
}

/// A program that can be run again and again.
#[derive(Clone)]
pub struct Program {
    parts: Rc<[Part]>,
    memory: Memory,
    entry: extern "C-unwind" fn(),
}

impl Program {
    /// Loads it; why not, if it cannot be loaded.
    pub fn load(path: &Path) -> Result<Self, String> {
        let name = CString::new(path.as_os_str().as_bytes()).map_err(|error| error.to_string())?;
        // SAFETY: the name is a C string. The program's initialisers run, as they would when it is started; it is never
        // unloaded.
        let handle = unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_NOW | libc::RTLD_LOCAL) };
        if handle.is_null() {
            return Err(last_error());
        }
        // SAFETY: a handle of dlopen and a C string.
        let entry = unsafe { libc::dlsym(handle, ENTRY.as_ptr()) };
        if entry.is_null() {
            return Err(last_error());
        }
        // SAFETY: the symbol is defined by `facade::weft_entry!` alone, with this type.
        let entry = unsafe { std::mem::transmute::<*mut c_void, extern "C-unwind" fn()>(entry) };
        let parts: Rc<[Part]> = writable_parts(&name).into();
        Ok(Self {
            memory: Memory::new(Rc::clone(&parts)),
            parts,
            entry,
        })
    }

    /// What runs it from the beginning, each time it is called.
    pub fn runs(&self) -> explorer::loaded::Program {
        let program = self.clone();
        Rc::new(move || program.run())
    }

    /// Runs it, from the beginning.
    fn run(&self) {
        crate::stall::begins();
        // Another program may have been explored meanwhile.
        let mut memory = self.memory.clone();
        memory.begin();
        use_images(Box::new(memory));
        for part in &*self.parts {
            // SAFETY: these bytes were read from there when the program was loaded, and no thread of it runs.
            unsafe { part.put_back(&part.bytes) };
        }
        (self.entry)();
    }
}

fn last_error() -> String {
    // SAFETY: dlerror gives null or a C string that is good until the next call.
    let said = unsafe {
        let said = libc::dlerror();
        (!said.is_null()).then(|| CStr::from_ptr(said))
    };
    said.map_or_else(String::new, |said| said.to_string_lossy().into_owned())
}

/// What is being looked for among the loaded objects.
struct Wanted<'a> {
    name: &'a CStr,
    parts: Vec<Part>,
}

fn writable_parts(name: &CStr) -> Vec<Part> {
    let mut wanted = Wanted {
        name,
        parts: Vec::new(),
    };
    // SAFETY: `look` is called before this returns, with the pointer given here, which is a `Wanted`.
    unsafe {
        libc::dl_iterate_phdr(Some(look), (&raw mut wanted).cast());
    }
    wanted.parts
}

/// Copies the writable parts of the object that has the wanted name.
///
/// # Safety
/// To be called by `dl_iterate_phdr`, with a `Wanted`.
unsafe extern "C" fn look(
    info: *mut libc::dl_phdr_info,
    _size: libc::size_t,
    wanted: *mut c_void,
) -> libc::c_int {
    // SAFETY: both are what the caller says.
    let (info, wanted) = unsafe { (&*info, &mut *wanted.cast::<Wanted<'_>>()) };
    // SAFETY: the name of a loaded object is a C string.
    if info.dlpi_name.is_null() || unsafe { CStr::from_ptr(info.dlpi_name) } != wanted.name {
        return 0;
    }
    // SAFETY: the object has so many program headers.
    let headers =
        unsafe { std::slice::from_raw_parts(info.dlpi_phdr, usize::from(info.dlpi_phnum)) };
    let range = |header: &libc::Elf64_Phdr| {
        let start = (info.dlpi_addr + header.p_vaddr) as usize;
        (start, start + header.p_memsz as usize)
    };
    // SAFETY: asks for a number.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) } as usize;
    // After relocation the loader makes these pages read-only, whole pages only.
    let sealed: Vec<(usize, usize)> = headers
        .iter()
        .filter(|header| header.p_type == libc::PT_GNU_RELRO)
        .map(|header| {
            let (start, end) = range(header);
            (start / page * page, end / page * page)
        })
        .collect();
    for header in headers {
        if header.p_type != libc::PT_LOAD || header.p_flags & libc::PF_W == 0 {
            continue;
        }
        let mut open = vec![range(header)];
        for &(from, to) in &sealed {
            open = open
                .into_iter()
                .flat_map(|(start, end)| [(start, end.min(from)), (start.max(to), end)])
                .filter(|(start, end)| start < end)
                .collect();
        }
        for (start, end) in open {
            let start = start as *mut u8;
            let length = end - start as usize;
            // SAFETY: a part of a segment that is mapped as long as the object is loaded, which is for ever.
            let bytes = unsafe { std::slice::from_raw_parts(start, length) };
            wanted.parts.push(Part {
                start,
                bytes: bytes.into(),
            });
        }
    }
    1
}
