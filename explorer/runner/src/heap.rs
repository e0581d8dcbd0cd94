//! The heap of a program whose processes each have a copy of it.
//!
//! Everything that is allocated in this process comes here (`malloc` and its like stand before those of the system). What
//! the engine allocates goes on to the system's. What the program allocates while it is explored in this way
//! ([`explorer::loaded::is_programs`]) lies in one area, with all that is known of it: so a copy of the part that was used
//! is a copy of the heap, and put back at the same place it is whole.
//!
//! A block is as large as a power of two, and what was freed is kept by size. Nothing else uses the area, and one OS
//! thread.
use explorer::loaded::is_programs;
use std::ffi::c_void;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// More than any program needs that is explored in all its schedules. Only what was used takes memory.
const AREA: usize = 64 << 20;
/// Everything begins at a multiple of it.
const ALIGNED: usize = 16;
/// Powers of two.
const SIZES: usize = 48;

/// Where the area begins; 0 if there is none.
static AREA_AT: AtomicUsize = AtomicUsize::new(0);

/// What stands at the beginning of the area.
#[repr(C)]
struct Books {
    /// How much of the area was used, this included.
    used: usize,
    /// What was freed, by size: each block begins with the address of the next.
    free: [usize; SIZES],
}

/// What stands before each block that somebody has.
#[repr(C)]
struct Head {
    /// The block's size is so many times doubled.
    size: usize,
    /// Where the block begins.
    block: usize,
}

// SAFETY: glibc has them under these names with the types of `malloc` and its like (malloc/malloc.c); they do what those
// do that stand behind this file's.
unsafe extern "C" {
    fn __libc_malloc(bytes: usize) -> *mut c_void;
    fn __libc_calloc(count: usize, bytes: usize) -> *mut c_void;
    fn __libc_realloc(old: *mut c_void, bytes: usize) -> *mut c_void;
    fn __libc_memalign(aligned: usize, bytes: usize) -> *mut c_void;
    fn __libc_free(old: *mut c_void);
}

/// Makes the area empty, and makes it where there is none. Whether everything the program allocates from now on lies in it.
pub fn begin() -> bool {
    if AREA_AT.load(Relaxed) == 0 {
        // SAFETY: asks for fresh memory, anywhere.
        let area = unsafe {
            libc::mmap(
                ptr::null_mut(),
                AREA,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
                -1,
                0,
            )
        };
        if area == libc::MAP_FAILED {
            return false;
        }
        AREA_AT.store(area.addr(), Relaxed);
    }
    let books = Books {
        used: size_of::<Books>().next_multiple_of(ALIGNED),
        free: [0; SIZES],
    };
    // SAFETY: the area is larger, aligned to a page, and nobody has anything of it any more.
    unsafe { books_at().write(books) };
    true
}

fn books_at() -> *mut Books {
    ptr::with_exposed_provenance_mut(AREA_AT.load(Relaxed))
}

/// What was used of the area.
pub fn used() -> (*mut u8, usize) {
    let books = books_at();
    if books.is_null() {
        return (ptr::null_mut(), 0);
    }
    // SAFETY: the area was made, and begins with its books.
    (books.cast(), unsafe { (*books).used })
}

fn is_in_the_area(place: *const c_void) -> bool {
    let area = AREA_AT.load(Relaxed);
    area != 0 && (area..area + AREA).contains(&place.addr())
}

/// So many bytes of the area; null if there are not so many.
///
/// # Safety
/// The area was begun.
unsafe fn take(bytes: usize, aligned: usize) -> *mut c_void {
    let more = if aligned > ALIGNED { aligned } else { 0 };
    let Some(wanted) = bytes.checked_add(size_of::<Head>() + more) else {
        return ptr::null_mut();
    };
    let wanted = wanted.max(2 * ALIGNED).checked_next_power_of_two();
    let Some(wanted) = wanted.filter(|wanted| *wanted < AREA) else {
        return ptr::null_mut();
    };
    let size = wanted.trailing_zeros() as usize;
    // SAFETY: books and blocks lie in the area, which is this thread's alone; a block that was freed begins with the
    // next one's address.
    unsafe {
        let books = &mut *books_at();
        let block = match books.free[size] {
            0 if books.used + wanted > AREA => return ptr::null_mut(),
            0 => {
                let block = AREA_AT.load(Relaxed) + books.used;
                books.used += wanted;
                block
            }
            block => {
                books.free[size] = *ptr::with_exposed_provenance::<usize>(block);
                block
            }
        };
        let given = (block + size_of::<Head>()).next_multiple_of(aligned.max(ALIGNED));
        let given = ptr::with_exposed_provenance_mut::<Head>(given);
        given.sub(1).write(Head { size, block });
        given.cast()
    }
}

/// Gives a block back.
///
/// # Safety
/// It was taken in the area, and is not used any more.
unsafe fn give_back(old: *mut c_void) {
    // SAFETY: its head stands before it; the block is nobody's, and in the area, which is this thread's alone.
    unsafe {
        let Head { size, block } = old.cast::<Head>().sub(1).read();
        let books = &mut *books_at();
        ptr::with_exposed_provenance_mut::<usize>(block).write(books.free[size]);
        books.free[size] = block;
    }
}

/// How many bytes there is room for.
///
/// # Safety
/// It was taken in the area.
unsafe fn room(block: *mut c_void) -> usize {
    // SAFETY: its head stands before it.
    let head = unsafe { block.cast::<Head>().sub(1).read() };
    head.block + (1 << head.size) - block.addr()
}

/// As the system's.
///
/// # Safety
/// As C has it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn malloc(bytes: usize) -> *mut c_void {
    if is_programs() {
        // SAFETY: it is the program's only after the area was begun.
        return unsafe { take(bytes, ALIGNED) };
    }
    // SAFETY: by our own contract.
    unsafe { __libc_malloc(bytes) }
}

/// As the system's.
///
/// # Safety
/// As C has it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn calloc(count: usize, bytes: usize) -> *mut c_void {
    if !is_programs() {
        // SAFETY: by our own contract.
        return unsafe { __libc_calloc(count, bytes) };
    }
    let Some(bytes) = count.checked_mul(bytes) else {
        return ptr::null_mut();
    };
    // SAFETY: it is the program's only after the area was begun; there is room for so many bytes.
    unsafe {
        let taken = take(bytes, ALIGNED);
        if !taken.is_null() {
            taken.cast::<u8>().write_bytes(0, bytes);
        }
        taken
    }
}

/// As the system's. What is the engine's stays so, and so does the program's.
///
/// # Safety
/// As C has it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn realloc(old: *mut c_void, bytes: usize) -> *mut c_void {
    if old.is_null() {
        // SAFETY: by our own contract.
        return unsafe { malloc(bytes) };
    }
    if !is_in_the_area(old) {
        // SAFETY: by our own contract; it is the system's.
        return unsafe { __libc_realloc(old, bytes) };
    }
    // SAFETY: it is in the area; there is room for as many bytes as are copied in both.
    unsafe {
        let before = room(old);
        if bytes <= before {
            return old;
        }
        let taken = take(bytes, ALIGNED);
        if !taken.is_null() {
            ptr::copy_nonoverlapping(old.cast::<u8>(), taken.cast::<u8>(), before);
            give_back(old);
        }
        taken
    }
}

/// As the system's.
///
/// # Safety
/// As C has it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn free(old: *mut c_void) {
    if is_in_the_area(old) {
        // SAFETY: by our own contract.
        unsafe { give_back(old) };
    } else {
        // SAFETY: by our own contract; it is the system's.
        unsafe { __libc_free(old) };
    }
}

/// As the system's.
///
/// # Safety
/// As C has it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn memalign(aligned: usize, bytes: usize) -> *mut c_void {
    if is_programs() {
        // SAFETY: it is the program's only after the area was begun.
        return unsafe { take(bytes, aligned) };
    }
    // SAFETY: by our own contract.
    unsafe { __libc_memalign(aligned, bytes) }
}

/// As the system's.
///
/// # Safety
/// As C has it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aligned_alloc(aligned: usize, bytes: usize) -> *mut c_void {
    // SAFETY: by our own contract.
    unsafe { memalign(aligned, bytes) }
}

/// As the system's.
///
/// # Safety
/// As C has it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn posix_memalign(
    place: *mut *mut c_void,
    aligned: usize,
    bytes: usize,
) -> libc::c_int {
    // SAFETY: by our own contract.
    let taken = unsafe { memalign(aligned, bytes) };
    if taken.is_null() {
        return libc::ENOMEM;
    }
    // SAFETY: by our own contract.
    unsafe { place.write(taken) };
    0
}
