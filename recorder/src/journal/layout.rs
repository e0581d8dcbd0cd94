//! Where things lie in the shared memory of a journal.
//!
//! ```text
//! header (4096 bytes) | lane table | slots (32 bytes each)
//! ```
//!
//! A record takes `span` consecutive slots. The first word of its first slot is its **state word**:
//!
//! | phase | meaning | next |
//! |---|---|---|
//! | `EMPTY` | nobody has this slot | `CLAIMED` by compare-and-swap at the head |
//! | `CLAIMED` | a writer fills it | `PUBLISHED` by that writer; for ever, if it was killed |
//! | `PUBLISHED` | complete | none |
//!
//! The word also holds the span and the pid of the writer, so the very instruction that claims a
//! slot says how far the record reaches and whom to look for should it never be published. The head
//! only ever stands on the first slot of a record: a writer who finds it on a claimed slot moves it
//! on for the claimer and tries again (the queue of Michael and Scott does the same with its tail).
//! So no writer ever waits for another one, whatever happened to it.

use std::sync::atomic::{AtomicI32, AtomicU32, AtomicU64};

pub(super) const MAGIC: u64 = u64::from_le_bytes(*b"weftjrn1");
pub(super) const HEADER_BYTES: usize = 4096;
pub(super) const LANE_NAME_BYTES: usize = 104;
/// Bytes of a print in its first slot (none: the first slot is all header) and in each further one.
pub(super) const SLOT_BYTES: usize = 32;

/// The first page. Words that are written often stand on cache lines of their own.
#[repr(C)]
pub(super) struct Header {
    pub magic: AtomicU64,
    pub slots: AtomicU32,
    pub lanes: AtomicU32,
    /// CLOCK_MONOTONIC at creation, in nanoseconds.
    pub epoch_ns: AtomicU64,
    _line0: [u64; 5],
    /// The slot the next record will try to claim.
    pub head: AtomicU64,
    _line1: [u64; 7],
    pub lost_details: AtomicU64,
    pub lost_prints: AtomicU64,
    pub next_object: AtomicU64,
    pub next_lane: AtomicU32,
    _pad: u32,
    _line2: [u64; 4],
    /// Changes when a record is published while a follower sleeps.
    pub pulse: AtomicU32,
    /// How many followers are about to sleep, or asleep.
    pub sleepers: AtomicU32,
}

/// One entry of the lane table.
#[repr(C)]
pub(super) struct LaneEntry {
    /// 0 = not filled in, 1 = thread, 2 = process. Written last.
    pub state: AtomicU32,
    /// Number of the parent plus one; 0 = none.
    pub parent: AtomicU32,
    pub pid: AtomicI32,
    pub tid: AtomicI32,
    pub name_len: AtomicU32,
    _pad: AtomicU32,
    /// The name, eight bytes a word.
    pub name: [AtomicU64; LANE_NAME_BYTES / 8],
}

/// One slot. The fields after `state` mean this only in the first slot of a record; the further
/// slots of a print hold its bytes.
#[repr(C)]
pub(super) struct Slot {
    pub state: AtomicU64,
    pub at_us: AtomicU64,
    /// lane (32 bits), kind (8), object kind (8).
    pub what: AtomicU64,
    /// The object's id; for a print, the length of its bytes.
    pub id: AtomicU64,
}

const _: () = assert!(size_of::<Header>() <= HEADER_BYTES);
const _: () = assert!(size_of::<LaneEntry>() == 128);
const _: () = assert!(size_of::<Slot>() == SLOT_BYTES);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Empty,
    Claimed,
    Published,
}

/// The state word, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub phase: Phase,
    pub span: u32,
    pub pid: i32,
}

/// The longest record, in slots: 22 bits of the state word.
pub(super) const MAX_SPAN: u32 = (1 << 22) - 1;

impl State {
    pub fn pack(self) -> u64 {
        let phase = match self.phase {
            Phase::Empty => 0,
            Phase::Claimed => 1,
            Phase::Published => 2,
        };
        (phase << 62) | (u64::from(self.span & MAX_SPAN) << 32) | u64::from(self.pid as u32)
    }

    pub fn unpack(word: u64) -> State {
        let phase = match word >> 62 {
            0 => Phase::Empty,
            1 => Phase::Claimed,
            _ => Phase::Published,
        };
        State {
            phase,
            span: ((word >> 32) as u32) & MAX_SPAN,
            pid: word as u32 as i32,
        }
    }
}

/// How many lanes a journal of so many slots names. A lane beyond gets a number, but no name.
pub(super) fn lane_capacity(slots: u32) -> u32 {
    (slots / 4).clamp(256, 1 << 16)
}

/// Bytes of the whole mapping.
pub(super) fn total_bytes(slots: u32, lanes: u32) -> usize {
    HEADER_BYTES + lanes as usize * size_of::<LaneEntry>() + slots as usize * SLOT_BYTES
}

/// Details may fill the journal up to here; the rest is kept for prints.
pub(super) fn detail_limit(slots: u32) -> u64 {
    u64::from(slots) - u64::from(slots / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_word_is_taken_apart_as_it_was_put_together() {
        for phase in [Phase::Claimed, Phase::Published] {
            for (span, pid) in [(1, 1), (MAX_SPAN, i32::MAX), (7, 4_194_304)] {
                let state = State { phase, span, pid };
                assert_eq!(State::unpack(state.pack()), state);
            }
        }
        assert_eq!(State::unpack(0).phase, Phase::Empty);
    }
}
