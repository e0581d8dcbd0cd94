//! What a program that a cell starts is given so that it records as well, and does not notice.
//!
//! The library for preloading finds its journal by a variable, and the dynamic linker finds the library by another
//! one. Both are put into the environment of the new program in the very call that starts it, and nowhere else: the
//! environment of the process that starts it stays as it is. In the new program the library takes them out again before
//! any code of the program runs, keeps them to itself, and gives them on in the same way. (`weft trace` does not do
//! that: it leaves its variables where every program can inherit them, also past our functions.)
//!
//! | who gets nothing | why |
//! |---|---|
//! | static programs, scripts of such | they load no library |
//! | programs of another machine or another C library | their loader would say that the library is not for them |
//! | set-user-ID programs | their loader ignores it |
//! | programs where the library cannot be reached (chroot) | their loader would say so |
//! | programs that libc starts by itself (`system`, `popen`, `execl`) | no function of ours is called |
//!
//! Nothing is allocated by libc here, and no lock is taken: the functions are called between fork and exec.

use super::program_file::{self, HEAD, Kind, MOST_SCRIPTS};
use super::{KEPT_RUNS, seated};
use crate::identity::own_pid;
use crate::sys;
use core::ffi::{CStr, c_char, c_int};
use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

/// Names run and journal, in this order, for a program that a cell starts.
const VARIABLE: &[u8] = b"WEFT_CELL_JOURNAL=";
/// What the dynamic linker loads first (ld.so(8)).
const PRELOAD: &[u8] = b"LD_PRELOAD=";
/// The longest path that is looked at (limits(3), `PATH_MAX`).
const LONGEST_PATH: usize = 4096;
/// The longest path that the first line of a script gives (execve(2)).
const LONGEST_SCRIPT: usize = 255;
/// So many words are enough for nearly every environment. More come from the system.
const USUAL_WORDS: usize = 1024;
/// Where programs are where nobody says (execvp(3)).
const USUAL_FOLDERS: &[u8] = b"/bin:/usr/bin";
/// Of execve(2): the words and the environment are too long.
const E2BIG: c_int = 7;

/// What is given on.
pub(crate) struct Heritage {
    /// The library for preloading.
    pub(crate) library: &'static CStr,
    /// The journals of the runs that are kept.
    pub(crate) journals: [&'static CStr; KEPT_RUNS],
}

static HERITAGE: AtomicPtr<Heritage> = AtomicPtr::new(ptr::null_mut());

/// From here on it is given to every program that a recorded thread starts.
pub(crate) fn bequeath(heritage: &'static Heritage) {
    HERITAGE.store(ptr::from_ref(heritage).cast_mut(), Ordering::Release);
}

/// Where a program is.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    /// In this file.
    Path(*const c_char),
    /// Under this name in one of the folders of `PATH`.
    Searched(*const c_char),
    /// Behind this descriptor.
    Opened(c_int),
}

/// How a call that starts a program says that it has failed, and by what error.
pub(crate) trait Started: Copy {
    fn error(self) -> c_int;
}

/// What exec gives: it comes back only where it fails.
#[derive(Clone, Copy)]
pub(crate) struct Exec(pub(crate) c_int);

impl Started for Exec {
    fn error(self) -> c_int {
        sys::errno()
    }
}

/// What `posix_spawn` gives: the error, or 0.
#[derive(Clone, Copy)]
pub(crate) struct Spawn(pub(crate) c_int);

impl Started for Spawn {
    fn error(self) -> c_int {
        self.0
    }
}

/// Calls what starts a program, with what it is to inherit in its environment.
///
/// # Safety
/// `place` and `environment` are as exec and `posix_spawn` ask for them.
pub(crate) unsafe fn handing_down<R: Started>(
    place: Place,
    environment: *const *const c_char,
    call: impl Fn(*const *const c_char) -> R,
) -> R {
    // SAFETY: null, or from `bequeath`.
    let heritage = unsafe { HERITAGE.load(Ordering::Acquire).as_ref() };
    let Some((heritage, here)) = heritage.zip(seated()) else {
        return call(environment);
    };
    let error = sys::errno();
    // SAFETY: by our own contract.
    let takes = unsafe { takes(place) && sys::can_read(heritage.library.as_ptr()) };
    sys::set_errno(error);
    if !takes {
        return call(environment);
    }
    let letter = Letter {
        library: heritage.library,
        run: here.run,
        journal: heritage.journals[here.run as usize % KEPT_RUNS],
    };
    // SAFETY: by our own contract.
    let needed = unsafe { letter.words(environment) };
    let with = |memory: &mut [u64]| {
        // SAFETY: by our own contract.
        let Some(enriched) = (unsafe { letter.put_into(environment, memory) }) else {
            return call(environment);
        };
        let result = call(enriched);
        if result.error() == E2BIG {
            return call(environment);
        }
        result
    };
    if needed <= USUAL_WORDS {
        return with(&mut [0; USUAL_WORDS]);
    }
    // A child in its parent's memory would leave this behind there.
    if own_pid() != sys::getpid() {
        return call(environment);
    }
    let bytes = needed * size_of::<u64>();
    let Some(memory) = sys::map_memory(bytes) else {
        return call(environment);
    };
    // SAFETY: fresh memory of this length, full of zeros, which nobody else knows.
    let result = with(unsafe { core::slice::from_raw_parts_mut(memory.cast(), needed) });
    // SAFETY: our own mapping; the program that was started has a copy.
    unsafe { sys::unmap_memory(memory, bytes) };
    result
}

/// Whether a library can be put in front of this program.
///
/// # Safety
/// A path ends with NUL.
unsafe fn takes(place: Place) -> bool {
    match place {
        Place::Opened(fd) => takes_opened(fd),
        // SAFETY: by our own contract.
        Place::Path(path) => !path.is_null() && unsafe { takes_file(path) },
        Place::Searched(file) if file.is_null() => false,
        Place::Searched(file) => {
            // SAFETY: by our own contract.
            let name = unsafe { CStr::from_ptr(file) }.to_bytes();
            if name.contains(&b'/') {
                // SAFETY: by our own contract.
                return unsafe { takes_file(file) };
            }
            // SAFETY: the environment of this process.
            let folders = unsafe { value(sys::environment(), b"PATH=") }
                .map_or(USUAL_FOLDERS, |(_, folders)| folders);
            folders
                .split(|byte| *byte == b':')
                .find_map(|folder| in_folder(folder, name))
                .unwrap_or(false)
        }
    }
}

/// Whether the program of this name in this folder takes a library; `None` if there is none.
fn in_folder(folder: &[u8], name: &[u8]) -> Option<bool> {
    let mut path = [0u8; LONGEST_PATH];
    let mut writer = Writer {
        bytes: &mut path,
        length: 0,
    };
    let folder = if folder.is_empty() { b"." } else { folder };
    for part in [folder, b"/", name, b"\0"] {
        writer.put(part)?;
    }
    let path = path.as_ptr().cast();
    // SAFETY: both end with NUL, as written above.
    unsafe { sys::can_run(path).then(|| takes_file(path)) }
}

/// # Safety
/// The path ends with NUL.
unsafe fn takes_file(path: *const c_char) -> bool {
    // SAFETY: by our own contract.
    let Some(fd) = (unsafe { sys::open_to_read(path) }) else {
        return false;
    };
    let takes = takes_opened(fd);
    sys::close(fd);
    takes
}

fn takes_opened(fd: c_int) -> bool {
    let mut script = [0u8; LONGEST_SCRIPT + 1];
    if let Some(takes) = examine(fd, &mut script) {
        return takes;
    }
    for _ in 0..MOST_SCRIPTS {
        // SAFETY: a path that ends with NUL: the last byte is never written to.
        let Some(fd) = (unsafe { sys::open_to_read(script.as_ptr().cast()) }) else {
            return false;
        };
        let known = examine(fd, &mut script);
        sys::close(fd);
        if let Some(takes) = known {
            return takes;
        }
    }
    false
}

/// Whether the program in this file takes a library; none if another one reads it, whose path is written down then.
fn examine(fd: c_int, script: &mut [u8; LONGEST_SCRIPT + 1]) -> Option<bool> {
    if sys::gives_other_rights(fd) {
        return Some(false);
    }
    let mut head = [0u8; HEAD];
    let length = sys::read_beginning(fd, &mut head);
    match program_file::kind_of(&head[..length]) {
        Kind::Dynamic(loader) => Some(program_file::is_our_loader(loader)),
        Kind::Script(interpreter) if interpreter.len() <= LONGEST_SCRIPT => {
            script.fill(0);
            script[..interpreter.len()].copy_from_slice(interpreter);
            None
        }
        _ => Some(false),
    }
}

/// What stands behind `name` (which ends with `=`) in an environment, and in which place.
///
/// # Safety
/// The environment is null, or pointers to texts that end with NUL, and null behind the last.
unsafe fn value<'a>(environment: *const *const c_char, name: &[u8]) -> Option<(usize, &'a [u8])> {
    // SAFETY: by our own contract, here and below.
    (0..unsafe { count(environment) }).find_map(|place| unsafe {
        let entry = CStr::from_ptr(*environment.add(place)).to_bytes();
        Some((place, entry.strip_prefix(name)?))
    })
}

/// # Safety
/// As for [`value`].
unsafe fn count(environment: *const *const c_char) -> usize {
    if environment.is_null() {
        return 0;
    }
    (0..)
        // SAFETY: not beyond the null behind the last.
        .find(|place| unsafe { (*environment.add(*place)).is_null() })
        .unwrap_or(0)
}

/// Writes into a place of limited size.
struct Writer<'a> {
    bytes: &'a mut [u8],
    length: usize,
}

impl Writer<'_> {
    /// None if there is no room.
    fn put(&mut self, part: &[u8]) -> Option<()> {
        let end = self.length.checked_add(part.len())?;
        self.bytes.get_mut(self.length..end)?.copy_from_slice(part);
        self.length = end;
        Some(())
    }

    fn put_number(&mut self, number: u32) -> Option<()> {
        let mut digits = [0; 10];
        let mut first = digits.len();
        let mut rest = number;
        while rest > 0 || first == digits.len() {
            first -= 1;
            digits[first] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        self.put(&digits[first..])
    }
}

/// What two variables tell a program.
struct Letter<'a> {
    library: &'a CStr,
    run: u32,
    journal: &'a CStr,
}

impl Letter<'_> {
    /// How many words an environment takes with these variables.
    ///
    /// # Safety
    /// As for [`value`].
    unsafe fn words(&self, environment: *const *const c_char) -> usize {
        const NUMBER: usize = 10;
        // SAFETY: by our own contract.
        let (old, others) = unsafe { (count(environment), value(environment, PRELOAD)) };
        let texts = PRELOAD.len()
            + self.library.count_bytes()
            + others.map_or(0, |(_, others)| others.len() + 1)
            + VARIABLE.len()
            + NUMBER
            + self.journal.count_bytes()
            + 3;
        old + 3 + texts.div_ceil(size_of::<u64>())
    }

    /// Writes such an environment into this memory. None if there is no room.
    ///
    /// # Safety
    /// As for [`value`]. What is given is good as long as both stay as they are.
    unsafe fn put_into(
        &self,
        environment: *const *const c_char,
        memory: &mut [u64],
    ) -> Option<*const *const c_char> {
        // SAFETY: by our own contract.
        let (old, others) = unsafe { (count(environment), value(environment, PRELOAD)) };
        let (pointers, texts) = memory.split_at_mut_checked(old + 3)?;
        let mut next = 0;
        for place in (0..old).filter(|place| others.is_none_or(|(other, _)| other != *place)) {
            // SAFETY: below the number of entries.
            pointers[next] = unsafe { *environment.add(place) } as u64;
            next += 1;
        }
        let begin = texts.as_mut_ptr().cast::<u8>();
        let mut writer = Writer {
            // SAFETY: the same memory, by bytes.
            bytes: unsafe { core::slice::from_raw_parts_mut(begin, size_of_val(texts)) },
            length: 0,
        };
        // The last ones: what stands behind them may be wiped without a trace.
        pointers[next] = begin as u64;
        writer.put(PRELOAD)?;
        writer.put(self.library.to_bytes())?;
        if let Some((_, others)) = others {
            writer.put(b":")?;
            writer.put(others)?;
        }
        writer.put(b"\0")?;
        pointers[next + 1] = begin as u64 + writer.length as u64;
        writer.put(VARIABLE)?;
        writer.put_number(self.run)?;
        writer.put(b" ")?;
        writer.put(self.journal.to_bytes())?;
        writer.put(b"\0")?;
        pointers[next + 2] = 0;
        Some(pointers.as_ptr().cast())
    }
}

/// Takes out of the environment what this program was given: the run and the journal. None where it was given nothing.
///
/// # Safety
/// To be called before `main`, while nobody else looks at the environment.
#[allow(dead_code, reason = "the library for preloading uses it")]
pub(crate) unsafe fn take() -> Option<(u32, &'static CStr)> {
    let environment = sys::environment();
    // SAFETY: the environment as the system made it.
    let (preloaded, letter) =
        unsafe { value(environment, PRELOAD).zip(value(environment, VARIABLE))? };
    let space = letter.1.iter().position(|byte| *byte == b' ')?;
    let run = core::str::from_utf8(&letter.1[..space])
        .ok()?
        .parse()
        .ok()?;
    let journal = kept(&letter.1[space + 1..]);
    let end = preloaded.1.iter().position(|byte| *byte == b':');
    let library = kept(&preloaded.1[..end.unwrap_or(preloaded.1.len())]);
    bequeath(Box::leak(Box::new(Heritage {
        library,
        journals: [journal; KEPT_RUNS],
    })));
    // SAFETY: the environment lies on the stack of the process, which may be written to; nobody else looks. What was
    // borrowed of it is not used any more.
    unsafe {
        let table = environment.cast_mut().cast::<*mut u8>();
        wipe(*table.add(letter.0), VARIABLE.len() + letter.1.len());
        remove(table, letter.0);
        // Something that stood behind may have moved up.
        let place = preloaded.0 - usize::from(letter.0 < preloaded.0);
        let (entry, length) = (*table.add(place), preloaded.1.len());
        match end {
            None => {
                wipe(entry, PRELOAD.len() + length);
                remove(table, place);
            }
            Some(end) => {
                let (text, left) = (entry.add(PRELOAD.len()), length - end - 1);
                ptr::copy(text.add(end + 1), text, left);
                wipe(text.add(left), length - left);
            }
        }
    }
    Some((run, journal))
}

/// A copy for the whole life of the process.
fn kept(text: &[u8]) -> &'static CStr {
    let mut bytes = Vec::with_capacity(text.len() + 1);
    bytes.extend_from_slice(text);
    bytes.push(0);
    CStr::from_bytes_until_nul(Vec::leak(bytes)).unwrap_or_default()
}

/// # Safety
/// So many bytes there may be written to.
unsafe fn wipe(text: *mut u8, length: usize) {
    // SAFETY: by our own contract.
    unsafe { text.write_bytes(0, length) };
}

/// # Safety
/// The place is one of an environment that may be written to.
unsafe fn remove(table: *mut *mut u8, place: usize) {
    let mut place = place;
    // SAFETY: not beyond the null behind the last.
    unsafe {
        while !(*table.add(place)).is_null() {
            *table.add(place) = *table.add(place + 1);
            place += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(environment: *const *const c_char) -> Vec<String> {
        // SAFETY: the tests pass environments.
        unsafe {
            (0..count(environment))
                .map(|place| {
                    let entry = CStr::from_ptr(*environment.add(place));
                    entry.to_str().unwrap().to_owned()
                })
                .collect()
        }
    }

    fn enriched(before: &[&CStr]) -> Vec<String> {
        let mut table: Vec<*const c_char> = before.iter().map(|entry| entry.as_ptr()).collect();
        table.push(ptr::null());
        let letter = Letter {
            library: c"/l.so",
            run: 70,
            journal: c"/proc/1/fd/2",
        };
        // SAFETY: an environment, which outlives what is made of it, as does the memory.
        unsafe {
            let mut memory = vec![0; letter.words(table.as_ptr())];
            entries(letter.put_into(table.as_ptr(), &mut memory).unwrap())
        }
    }

    #[test]
    fn what_is_handed_down_stands_behind_everything_else() {
        let letter = "WEFT_CELL_JOURNAL=70 /proc/1/fd/2";
        assert_eq!(enriched(&[]), ["LD_PRELOAD=/l.so", letter]);
        assert_eq!(
            enriched(&[c"A=1", c"LD_PRELOAD=/own.so", c"B=2"]),
            ["A=1", "B=2", "LD_PRELOAD=/l.so:/own.so", letter]
        );
    }

    #[test]
    fn only_programs_that_load_our_libraries_take_one() {
        let takes = |place| {
            // SAFETY: the paths end with NUL.
            unsafe { takes(place) }
        };
        assert!(takes(Place::Searched(c"sh".as_ptr())));
        assert!(takes(Place::Path(c"/proc/self/exe".as_ptr())));
        assert!(!takes(Place::Searched(c"no-such-program".as_ptr())));
        assert!(!takes(Place::Path(c"/dev/null".as_ptr())));
        assert!(!takes(Place::Path(c"/proc/self/status".as_ptr())));
        assert!(!takes(Place::Path(ptr::null())));
        assert!(!takes(Place::Opened(-1)));
    }
}
