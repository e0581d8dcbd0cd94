//! Where things lie in the shared memory of a journal.
//!
//! ```text
//! header (4096 bytes) | lane table | ring of events | texts of prints      (32 bytes a slot)
//! ```
//!
//! An event takes one slot of the ring: number `seq` stands in slot `seq % ring`, in the place of the event
//! one round before it. A print has a slot there as well, which points to a record of its own in the texts:
//! these are filled once and never overwritten.
//!
//! The first word of a slot is its **state word**:
//!
//! | phase | meaning | next |
//! |---|---|---|
//! | `EMPTY` | nobody has had this slot | `CLAIMED` by compare-and-swap at the head |
//! | `CLAIMED` | a writer fills it | `PUBLISHED` by that writer; for ever, if it was killed |
//! | `PUBLISHED` | complete | `CLAIMED`, one round later (in the ring only) |
//!
//! The word also holds whose it is (the pid) and which (the `seq`; for a text the span), so the very
//! instruction that claims a slot says how far the record reaches and whom to look for should it never be
//! published. The head only ever stands on the first slot of a record: a writer who finds it on a claimed
//! slot moves it on for the claimer and tries again (the queue of Michael and Scott does the same with its
//! tail). So no writer ever waits for another one, whatever happened to it.

use core::sync::atomic::{AtomicI32, AtomicU32, AtomicU64};

pub const MAGIC: u64 = u64::from_le_bytes(*b"weftjrn2");
pub const HEADER_BYTES: usize = 4096;
pub const LANE_NAME_BYTES: usize = 96;
pub const SLOT_BYTES: usize = 32;

/// The first page. Words that are written often stand on cache lines of their own.
#[repr(C)]
pub struct Header {
    pub magic: AtomicU64,
    pub slots: AtomicU32,
    pub lanes: AtomicU32,
    /// CLOCK_MONOTONIC at creation, in nanoseconds.
    pub epoch_ns: AtomicU64,
    /// Which run is recorded here; see `Ring::begin`.
    pub run: AtomicU32,
    _pad0: u32,
    _line0: [u64; 4],
    /// The number the next record will try to claim.
    pub head: AtomicU64,
    _line1: [u64; 7],
    /// The slot of the texts that the next print will try to claim.
    pub text_head: AtomicU64,
    _line2: [u64; 7],
    /// Details that others have taken the place of, or that found no place.
    pub lost_details: AtomicU64,
    pub lost_prints: AtomicU64,
    pub next_object: AtomicU64,
    pub next_lane: AtomicU32,
    _pad: u32,
    _line3: [u64; 4],
    /// Changes when a record is published while a follower sleeps.
    pub pulse: AtomicU32,
    /// How many followers are about to sleep, or asleep.
    pub sleepers: AtomicU32,
}

/// One entry of the lane table.
#[repr(C)]
pub struct LaneEntry {
    /// 0 = not filled in, 1 = thread, 2 = process, 3 = could not be started. Written last.
    pub state: AtomicU32,
    /// Number of the parent plus one; 0 = none.
    pub parent: AtomicU32,
    pub pid: AtomicI32,
    pub tid: AtomicI32,
    pub name_len: AtomicU32,
    /// How a process ended, as wait(2) tells it, plus one; 0 = not known.
    pub ending: AtomicU32,
    /// The `pthread_t` of a thread that has not been joined.
    pub handle: AtomicU64,
    /// The name, eight bytes a word.
    pub name: [AtomicU64; LANE_NAME_BYTES / 8],
}

/// One slot. The further slots of a text hold its bytes.
#[repr(C)]
pub struct Slot {
    pub state: AtomicU64,
    pub at_us: AtomicU64,
    /// lane (32 bits), kind (8), object kind (8); of a text also the unused bytes of its last slot (8) and
    /// its form (8).
    pub what: AtomicU64,
    /// The object's id; of a print in the ring, the slot of its text; of a text, its `seq`.
    pub id: AtomicU64,
}

const _: () = assert!(size_of::<Header>() <= HEADER_BYTES);
const _: () = assert!(size_of::<LaneEntry>() == 128);
const _: () = assert!(size_of::<Slot>() == SLOT_BYTES);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Empty,
    Claimed,
    Published,
}

impl Phase {
    const fn bits(self) -> u64 {
        match self {
            Phase::Empty => 0,
            Phase::Claimed => 1 << 62,
            Phase::Published => 2 << 62,
        }
    }

    const fn of(word: u64) -> Phase {
        match word >> 62 {
            0 => Phase::Empty,
            1 => Phase::Claimed,
            _ => Phase::Published,
        }
    }
}

/// Numbers of processes have 22 bits (proc(5), `pid_max`).
const PID_BITS: u32 = 22;
const PID_MASK: u64 = (1 << PID_BITS) - 1;
const REST_BITS: u32 = 62 - PID_BITS;
const REST_MASK: u64 = (1 << REST_BITS) - 1;

/// The longest text, in slots.
pub const MAX_SPAN: u32 = (1 << 22) - 1;

/// The state word, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    pub phase: Phase,
    pub pid: i32,
    /// The `seq` of a record in the ring, the span of a text: 40 bits.
    pub rest: u64,
}

impl State {
    pub const fn claimed(pid: i32, rest: u64) -> State {
        State {
            phase: Phase::Claimed,
            pid,
            rest,
        }
    }

    pub const fn published(self) -> State {
        State {
            phase: Phase::Published,
            ..self
        }
    }

    pub const fn pack(self) -> u64 {
        self.phase.bits() | ((self.pid as u64 & PID_MASK) << REST_BITS) | (self.rest & REST_MASK)
    }

    pub const fn unpack(word: u64) -> State {
        State {
            phase: Phase::of(word),
            pid: ((word >> REST_BITS) & PID_MASK) as i32,
            rest: word & REST_MASK,
        }
    }
}

/// How many lanes a journal of so many slots names. A lane beyond gets a number, but no name.
pub const fn lane_capacity(slots: u32) -> u32 {
    let wanted = slots / 4;
    if wanted < 256 {
        256
    } else if wanted > 1 << 16 {
        1 << 16
    } else {
        wanted
    }
}

/// How many of the slots are the ring's: the other half is for texts.
pub const fn ring_slots(slots: u32) -> u32 {
    slots - slots / 2
}

/// Bytes of the whole mapping.
pub const fn total_bytes(slots: u32, lanes: u32) -> usize {
    HEADER_BYTES + lanes as usize * size_of::<LaneEntry>() + slots as usize * SLOT_BYTES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_word_is_taken_apart_as_it_was_put_together() {
        for (rest, pid) in [(1, 1), (REST_MASK, (1 << PID_BITS) - 1), (7, 4_194_303)] {
            let state = State::claimed(pid, rest);
            assert_eq!(State::unpack(state.pack()), state);
            let state = state.published();
            assert_eq!(State::unpack(state.pack()), state);
        }
        assert_eq!(State::unpack(0).phase, Phase::Empty);
    }
}
