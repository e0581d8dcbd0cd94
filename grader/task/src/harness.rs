//! The main function of a program under judgement: answers one question after the other.
//!
//! The channel is descriptor 3. It is closed for every program that is started from here, there is no /proc in the
//! box, and safe code can use a descriptor only if somebody hands it out; nobody does. What arrives on it is checked
//! against expectations that have never been in the box.

use crate::wire::{NONCE, PACKET, Value, said, take_array, write_text};
use crate::{Input, journal, shake};
use std::cell::RefCell;
use std::ffi::{c_int, c_void};
use std::io::Write;
use std::panic::{self, AssertUnwindSafe};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

const CHANNEL: c_int = 3;
const SET_DESCRIPTOR_FLAGS: c_int = 2;
const CLOSE_ON_EXEC: c_int = 1;
const NO_SIGNAL: c_int = 0x4000;

unsafe extern "C" {
    fn fcntl(descriptor: c_int, command: c_int, ...) -> c_int;
    fn recv(socket: c_int, to: *mut c_void, length: usize, flags: c_int) -> isize;
    fn send(socket: c_int, from: *const c_void, length: usize, flags: c_int) -> isize;
}

/// The name of this run; whoever knows it may speak on the channel.
static RUN: OnceLock<[u8; NONCE]> = OnceLock::new();

thread_local! {
    static PLACE: RefCell<Option<(String, u32)>> = const { RefCell::new(None) };
}

/// One thing that can be asked.
pub type Probe = fn(&Input) -> Value;

static BEGUN: AtomicBool = AtomicBool::new(false);

/// Answers questions until there are no more. Called by `main`; who calls it again gets nothing.
pub fn main(probes: &[Probe]) {
    if BEGUN.swap(true, Ordering::SeqCst) {
        return;
    }
    // SAFETY: setting a flag of a descriptor touches no memory.
    if unsafe { fcntl(CHANNEL, SET_DESCRIPTOR_FLAGS, CLOSE_ON_EXEC) } != 0 {
        return;
    }
    note_the_place_of_panics();
    while let Some(question) = hear() {
        let Some(question) = Question::read(&question) else {
            return;
        };
        if *RUN.get_or_init(|| question.nonce) != question.nonce {
            return;
        }
        journal::set_lane(0);
        let Some(probe) = probes.get(question.probe as usize) else {
            return;
        };
        shake::set(question.seed, question.shake_us);
        let answered = panic::catch_unwind(AssertUnwindSafe(|| probe(&Input::new(question.carries))));
        // Before the answer: who has it may end this program at once.
        let _ = std::io::stdout().flush();
        match answered {
            Ok(value) => answer(&value.bytes()),
            Err(payload) => {
                let text = payload
                    .downcast_ref::<String>()
                    .map(String::as_str)
                    .or_else(|| payload.downcast_ref::<&str>().copied())
                    .unwrap_or("");
                tell_panic(text);
                // What a payload does when it is dropped is not our business.
                std::mem::forget(payload);
            }
        }
    }
}

struct Question {
    nonce: [u8; NONCE],
    probe: u32,
    seed: u64,
    shake_us: u32,
    carries: Value,
}

impl Question {
    fn read(mut bytes: &[u8]) -> Option<Question> {
        let from = &mut bytes;
        Some(Question {
            nonce: take_array(from)?,
            probe: u32::from_le_bytes(take_array(from)?),
            seed: u64::from_le_bytes(take_array(from)?),
            shake_us: u32::from_le_bytes(take_array(from)?),
            carries: Value::read(from)?,
        })
    }
}

fn hear() -> Option<Vec<u8>> {
    let mut packet = vec![0; PACKET];
    loop {
        // SAFETY: the buffer is ours and has the length that is given.
        let length = unsafe { recv(CHANNEL, packet.as_mut_ptr().cast(), packet.len(), 0) };
        match usize::try_from(length) {
            Ok(0) => return None,
            Ok(length) => {
                packet.truncate(length);
                return Some(packet);
            }
            Err(_) if std::io::Error::last_os_error().kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}

/// Sends a packet of this run; before the first question there is none.
pub(crate) fn tell(packet: &[u8]) {
    let Some(nonce) = RUN.get() else { return };
    let mut bytes = nonce.to_vec();
    bytes.extend(packet);
    loop {
        // SAFETY: the buffer is ours and has the length that is given.
        let sent = unsafe { send(CHANNEL, bytes.as_ptr().cast(), bytes.len(), NO_SIGNAL) };
        // Who does not listen any more does not want to know.
        if sent >= 0 || std::io::Error::last_os_error().kind() != std::io::ErrorKind::Interrupted {
            return;
        }
    }
}

fn answer(bytes: &[u8]) {
    let mut rest = bytes;
    loop {
        let (part, behind) = rest.split_at(rest.len().min(PACKET - 64));
        let kind = if behind.is_empty() { said::LAST } else { said::PART };
        let mut packet = vec![kind];
        packet.extend(part);
        tell(&packet);
        if behind.is_empty() {
            return;
        }
        rest = behind;
    }
}

fn tell_panic(text: &str) {
    let mut length = text.len().min(2000);
    while !text.is_char_boundary(length) {
        length -= 1;
    }
    let (file, line) = PLACE.with_borrow_mut(Option::take).unwrap_or_default();
    let mut packet = vec![said::PANIC];
    packet.extend(line.to_le_bytes());
    write_text(&file, &mut packet);
    write_text(&text[..length], &mut packet);
    tell(&packet);
}

fn note_the_place_of_panics() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |information| {
        if let Some(place) = information.location() {
            let file: String = place.file().chars().take(200).collect();
            let _ = PLACE.try_with(|cell| {
                if let Ok(mut noted) = cell.try_borrow_mut() {
                    *noted = Some((file, place.line()));
                }
            });
        }
        before(information);
    }));
}
