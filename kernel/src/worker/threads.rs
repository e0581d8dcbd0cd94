//! Threads of cells: which cell each works for, and what becomes of a handle whose thread was lost in a roll-back.
//!
//! A copy of the worker has only the thread that made it (fork(2)), but its variables still hold handles to the
//! others. glibc has put their stacks up for reuse; joining such a handle would corrupt its lists, and a new thread
//! may even get the same `pthread_t`. So every start, join and detach of a cell's thread comes through here: a join
//! of a lost thread is an error, a join of a thread that had ended succeeds, and no new thread gets the number of a
//! handle that is still out.

use std::cell::Cell;
use std::collections::HashMap;
use std::ffi::{c_int, c_void};
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use recorder::interpose::quietly;
use recorder::interpose::threads::Ticket;

use super::interpose::{is_active, next_definition};

/// The cell the main thread ran last: for threads that nobody we know started.
static LATEST_CELL: AtomicU32 = AtomicU32::new(0);

thread_local! {
    /// The cell that started this thread.
    static CELL: Cell<u32> = const { Cell::new(0) };
}

/// What is known of a thread whose handle is out. The key is its `pthread_t`.
#[derive(Default)]
struct Handles {
    /// Threads of this process, and whether they have ended.
    living: HashMap<usize, Arc<AtomicBool>>,
    /// Threads of the process this one was copied from, and whether they had ended.
    lost: HashMap<usize, bool>,
}

static HANDLES: Mutex<Option<Handles>> = Mutex::new(None);

fn handles() -> MutexGuard<'static, Option<Handles>> {
    HANDLES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Holds the table while the process is copied, so that the copy's is whole.
pub(super) fn hold() -> impl Sized {
    handles()
}

/// Says which cell the calling thread works for.
pub(super) fn enter_cell(cell: u32) {
    LATEST_CELL.store(cell, Ordering::Relaxed);
    CELL.set(cell);
}

/// The cell the calling thread works for.
pub(super) fn cell() -> u32 {
    // Not accessible while the thread's own variables are destroyed: output of destructors.
    match CELL.try_with(Cell::get) {
        Ok(0) | Err(_) => LATEST_CELL.load(Ordering::Relaxed),
        Ok(cell) => cell,
    }
}

/// Whether this process has another thread than the calling one (proc(5), `/proc/self/task`).
pub(super) fn has_others() -> bool {
    std::fs::read_dir("/proc/self/task").map_or(true, |tasks| tasks.count() > 1)
}

/// The names of at most so many other threads; empty for a thread without a name.
pub(super) fn names_of_others(most: usize) -> Vec<String> {
    // SAFETY: no arguments, cannot fail.
    let own = unsafe { libc::gettid() };
    let name = |tid: &str| {
        let name = std::fs::read_to_string(format!("/proc/self/task/{tid}/comm"));
        name.unwrap_or_default().trim_end().to_owned()
    };
    // A thread without a name of its own has that of the thread that started the process.
    let nameless = name(&own.to_string());
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else {
        return Vec::new();
    };
    tasks
        .flatten()
        .filter_map(|task| task.file_name().into_string().ok())
        .filter(|tid| *tid != own.to_string())
        .map(|tid| name(&tid))
        .filter(|name| name != PLACEHOLDER)
        .map(|name| {
            if name == nameless {
                String::new()
            } else {
                name
            }
        })
        .take(most)
        .collect()
}

/// In a copy that has become the worker: the other threads are gone.
pub(super) fn forget_others() {
    let mut handles = handles();
    let handles = handles.get_or_insert_default();
    for (thread, ended) in handles.living.drain() {
        handles.lost.insert(thread, ended.load(Ordering::Acquire));
    }
}

type ThreadStart = extern "C" fn(*mut c_void) -> *mut c_void;
type Create = unsafe extern "C" fn(
    *mut libc::pthread_t,
    *const libc::pthread_attr_t,
    ThreadStart,
    *mut c_void,
) -> c_int;

/// What a new thread is told.
struct Briefing {
    cell: u32,
    start: ThreadStart,
    argument: *mut c_void,
    ended: Arc<AtomicBool>,
    role: Arc<(Mutex<Option<Role>>, Condvar)>,
    ticket: Ticket,
}

/// What a thread is for. Only in a copy is it not clear before the thread exists.
#[derive(Clone, Copy)]
enum Role {
    /// It runs what the cell asked for.
    Work,
    /// It only keeps a number from being given away a second time.
    Placeholder,
}

/// The name of a thread that is only a placeholder.
const PLACEHOLDER: &str = "weft-kept-free";

extern "C" fn begin(briefing: *mut c_void) -> *mut c_void {
    // SAFETY: `start_thread` made the box for this thread alone.
    let briefing = unsafe { Box::from_raw(briefing.cast::<Briefing>()) };
    // That it waits here is our business, not the cell's.
    let role = quietly(|| {
        let (role, decided) = &*briefing.role;
        let role = role.lock().unwrap_or_else(PoisonError::into_inner);
        *decided
            .wait_while(role, |role| role.is_none())
            .unwrap_or_else(PoisonError::into_inner)
    });
    if !matches!(role, Some(Role::Work)) {
        let name = std::ffi::CString::new(PLACEHOLDER).unwrap_or_default();
        // SAFETY: a NUL-terminated name of at most 15 bytes; pause(2) has no arguments.
        unsafe {
            libc::prctl(libc::PR_SET_NAME, name.as_ptr());
            loop {
                libc::pause();
            }
        }
    }
    CELL.set(briefing.cell);
    briefing.ticket.begin();
    let result = (briefing.start)(briefing.argument);
    briefing.ticket.end();
    briefing.ended.store(true, Ordering::Release);
    result
}

/// pthread_create(3). A thread works for the cell that started it, however long it lives.
///
/// # Safety
/// As for pthread_create(3).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pthread_create(
    thread: *mut libc::pthread_t,
    attributes: *const libc::pthread_attr_t,
    start: ThreadStart,
    argument: *mut c_void,
) -> c_int {
    static NEXT: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());
    // SAFETY: the symbol of that name has this type in every libc.
    let create: Create = unsafe { std::mem::transmute(next_definition(c"pthread_create", &NEXT)) };
    if !is_active() {
        // SAFETY: the caller's arguments, unchanged.
        return unsafe { create(thread, attributes, start, argument) };
    }
    let ticket = Ticket::buy();
    // SAFETY: by our own contract.
    let result =
        quietly(|| unsafe { start_thread(create, thread, attributes, start, argument, ticket) });
    if result != 0 {
        ticket.give_back();
    }
    result
}

/// Starts threads until one has a number that no handle has. Gives what pthread_create(3) says.
///
/// # Safety
/// As for pthread_create(3).
unsafe fn start_thread(
    create: Create,
    thread: *mut libc::pthread_t,
    attributes: *const libc::pthread_attr_t,
    start: ThreadStart,
    argument: *mut c_void,
    ticket: Ticket,
) -> c_int {
    loop {
        let ended = Arc::new(AtomicBool::new(false));
        let role = Arc::new((Mutex::new(None), Condvar::new()));
        let briefing = Box::into_raw(Box::new(Briefing {
            cell: cell(),
            start,
            argument,
            ended: Arc::clone(&ended),
            role: Arc::clone(&role),
            ticket,
        }));
        // SAFETY: the caller's arguments but for the start, which takes the box.
        let result = unsafe { create(thread, attributes, begin, briefing.cast()) };
        if result != 0 {
            // SAFETY: no thread was started, so the box is still ours.
            drop(unsafe { Box::from_raw(briefing) });
            return result;
        }
        // SAFETY: pthread_create has succeeded and written the number.
        let number = unsafe { *thread } as usize;
        let mut handles = handles();
        let handles = handles.get_or_insert_default();
        let taken = handles.lost.contains_key(&number);
        if !taken {
            handles.living.insert(number, ended);
        }
        ticket.remember(number);
        let (decision, decided) = &*role;
        *decision.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(if taken { Role::Placeholder } else { Role::Work });
        decided.notify_one();
        if !taken {
            return 0;
        }
    }
}

/// pthread_join(3). Joining a thread that a roll-back lost is the error `ESRCH`.
///
/// # Safety
/// As for pthread_join(3).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pthread_join(thread: libc::pthread_t, result: *mut *mut c_void) -> c_int {
    static NEXT: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());
    type Join = unsafe extern "C" fn(libc::pthread_t, *mut *mut c_void) -> c_int;
    // SAFETY: the symbol of that name has this type in every libc.
    let join: Join = unsafe { std::mem::transmute(next_definition(c"pthread_join", &NEXT)) };
    if let Some(had_ended) = take_lost(thread) {
        if !had_ended {
            return libc::ESRCH;
        }
        if !result.is_null() {
            // SAFETY: the caller promises a place for the result. Rust's threads leave theirs elsewhere.
            unsafe { *result = std::ptr::null_mut() };
        }
        return 0;
    }
    // SAFETY: the caller's arguments, unchanged.
    let joined =
        recorder::interpose::threads::joining(thread as usize, || unsafe { join(thread, result) });
    if joined == 0 {
        forget(thread);
    }
    joined
}

/// pthread_detach(3).
///
/// # Safety
/// As for pthread_detach(3).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pthread_detach(thread: libc::pthread_t) -> c_int {
    static NEXT: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());
    type Detach = unsafe extern "C" fn(libc::pthread_t) -> c_int;
    // SAFETY: the symbol of that name has this type in every libc.
    let detach: Detach = unsafe { std::mem::transmute(next_definition(c"pthread_detach", &NEXT)) };
    if take_lost(thread).is_some() {
        return 0;
    }
    // Before the thread's number can be given to another one.
    forget(thread);
    // SAFETY: the caller's argument, unchanged.
    unsafe { detach(thread) }
}

/// Whether this is the handle of a thread that a roll-back lost, and whether that had ended. Asked once: the handle is
/// used up.
fn take_lost(thread: libc::pthread_t) -> Option<bool> {
    if !is_active() {
        return None;
    }
    quietly(|| handles().as_mut()?.lost.remove(&(thread as usize)))
}

fn forget(thread: libc::pthread_t) {
    if is_active() {
        quietly(|| {
            if let Some(handles) = handles().as_mut() {
                handles.living.remove(&(thread as usize));
            }
        });
    }
}
