//! The memory of a journal and how it is written: claim, fill, publish. Nobody ever waits for anybody.
//!
//! What lives here depends on nothing but the system ([`sys`](crate::sys)), because it is also part of the
//! library for preloading. Reading, and all that allocates, is [`journal`](crate::journal)'s business.
//!
//! Invariants: a writer takes no lock, allocates nothing, leaves `errno` alone and may be killed or
//! interrupted by a signal handler that writes as well, between any two instructions; nothing found in the
//! memory is trusted as a length or an index without a check.

mod lanes;
pub mod layout;

use crate::identity::own_pid;
use crate::sys;
use crate::vocabulary::{Kind, ObjectKind};
use core::sync::atomic::{Ordering, fence};
use layout::{
    HEADER_BYTES, Header, LaneEntry, MAGIC, MAX_SPAN, Phase, SLOT_BYTES, Slot, State,
    lane_capacity, ring_slots, total_bytes,
};

/// In the place of a [`Kind`]: the record was taken back.
pub const TAKEN_BACK: u8 = 0xff;
/// How many slots of unfinished writers in a row are passed over before a record is given up.
const PATIENCE: u32 = 64;
/// Bytes of a printed line that are kept.
pub const LONGEST_LINE: usize = 4096;

/// In what form a text was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Form {
    /// Who, what and a value in JSON, behind the lengths of the first two (4 bytes each).
    Said = 0,
    /// The bytes that were written to descriptor 1.
    Stdout = 1,
    /// The bytes that were written to descriptor 2.
    Stderr = 2,
}

impl Form {
    /// The form with this number.
    pub fn from_code(code: u8) -> Option<Form> {
        [Form::Said, Form::Stdout, Form::Stderr]
            .into_iter()
            .find(|form| *form as u8 == code)
    }
}

/// A journal's memory, mapped. The numbers of slots and lanes are kept outside of it, so that nobody who
/// scribbles over the header can send us out of bounds.
pub struct Ring {
    base: *mut u8,
    slots: u32,
    lanes: u32,
    /// The ring's slots minus one, if a number's place is found by it: where they are a power of two.
    mask: Option<u64>,
}

const fn mask(slots: u32) -> Option<u64> {
    let ring = ring_slots(slots);
    if ring.is_power_of_two() {
        Some(ring as u64 - 1)
    } else {
        None
    }
}

// SAFETY: the memory is only reached through atomics; whoever made the `Ring` keeps it mapped.
unsafe impl Send for Ring {}
// SAFETY: as above.
unsafe impl Sync for Ring {}

impl Ring {
    /// Makes zeroed memory a journal of so many slots.
    ///
    /// # Safety
    /// The memory is [`total_bytes`] long, aligned to a page, shared and stays mapped as long as the ring
    /// is used.
    pub unsafe fn format(base: *mut u8, slots: u32) -> Ring {
        let ring = Ring {
            base,
            slots,
            lanes: lane_capacity(slots),
            mask: mask(slots),
        };
        let header = ring.header();
        header.slots.store(slots, Ordering::Relaxed);
        header.lanes.store(ring.lanes, Ordering::Relaxed);
        header.epoch_ns.store(sys::now_ns(), Ordering::Relaxed);
        header.magic.store(MAGIC, Ordering::Release);
        ring
    }

    /// Memory that another process has made a journal; `None` if it is not one of this version.
    ///
    /// # Safety
    /// As for [`format`](Ring::format), but that `bytes` is the true length, whatever it is.
    pub unsafe fn over(base: *mut u8, bytes: usize) -> Option<Ring> {
        if bytes < HEADER_BYTES {
            return None;
        }
        let mut ring = Ring {
            base,
            slots: 0,
            lanes: 0,
            mask: None,
        };
        let header = ring.header();
        let slots = header.slots.load(Ordering::Relaxed);
        let lanes = header.lanes.load(Ordering::Relaxed);
        let fits = header.magic.load(Ordering::Acquire) == MAGIC
            && lanes == lane_capacity(slots)
            && total_bytes(slots, lanes) == bytes;
        (ring.slots, ring.lanes, ring.mask) = (slots, lanes, mask(slots));
        fits.then_some(ring)
    }

    /// Begins a new run in the same memory: everything of the run before is gone, whoever still writes for
    /// it finds out by [`run`](Ring::run).
    pub fn begin(&self, run: u32) {
        let header = self.header();
        header.run.store(0, Ordering::SeqCst);
        // SAFETY: all of the mapping behind the header, which is whole pages; it holds only atomics.
        unsafe {
            sys::forget_memory(
                self.base.add(HEADER_BYTES),
                total_bytes(self.slots, self.lanes) - HEADER_BYTES,
            );
        }
        for word in [
            &header.head,
            &header.text_head,
            &header.lost_details,
            &header.lost_prints,
            &header.next_object,
        ] {
            word.store(0, Ordering::Relaxed);
        }
        header.next_lane.store(0, Ordering::Relaxed);
        header.epoch_ns.store(sys::now_ns(), Ordering::Relaxed);
        header.run.store(run, Ordering::SeqCst);
    }

    /// Which run is recorded here.
    #[inline]
    pub fn run(&self) -> u32 {
        self.header().run.load(Ordering::Relaxed)
    }

    pub fn header(&self) -> &Header {
        // SAFETY: the mapping is at least HEADER_BYTES long, page-aligned, lives as long as `self`, and
        // every field written after creation is atomic.
        unsafe { &*self.base.cast::<Header>() }
    }

    /// The memory.
    pub fn base(&self) -> *mut u8 {
        self.base
    }

    pub fn slots(&self) -> u32 {
        self.slots
    }

    /// How many slots the ring has, and behind them the texts.
    pub fn ring_slots(&self) -> u64 {
        u64::from(ring_slots(self.slots))
    }

    pub fn text_slots(&self) -> u64 {
        u64::from(self.slots) - self.ring_slots()
    }

    pub fn lane_count(&self) -> u32 {
        self.lanes
    }

    fn slot_at(&self, index: u64) -> &Slot {
        debug_assert!(index < u64::from(self.slots));
        let offset = HEADER_BYTES
            + self.lanes as usize * size_of::<LaneEntry>()
            + index as usize * SLOT_BYTES;
        // SAFETY: both callers below keep the index below the number of slots the mapping was sized for; a
        // slot is made of atomics.
        unsafe { &*self.base.add(offset).cast::<Slot>() }
    }

    /// The slot of the record with this number, and of all one or more rounds away.
    #[inline]
    pub fn slot(&self, seq: u64) -> &Slot {
        // A division would cost as much as the rest of a record.
        self.slot_at(match self.mask {
            Some(mask) => seq & mask,
            None => seq % self.ring_slots(),
        })
    }

    /// A slot of the texts; none beyond the end.
    pub fn text(&self, index: u64) -> Option<&Slot> {
        (index < self.text_slots()).then(|| self.slot_at(self.ring_slots() + index))
    }

    /// The entry of this lane; none beyond the table.
    pub fn lane(&self, index: u32) -> Option<&LaneEntry> {
        if index >= self.lanes {
            return None;
        }
        let offset = HEADER_BYTES + index as usize * size_of::<LaneEntry>();
        // SAFETY: the index is below the number of entries the mapping was sized for; an entry is made of
        // atomics.
        Some(unsafe { &*self.base.add(offset).cast::<LaneEntry>() })
    }

    /// How many lanes of the table have been opened.
    pub fn opened_lanes(&self) -> u32 {
        self.header()
            .next_lane
            .load(Ordering::Acquire)
            .min(self.lanes)
    }

    #[inline]
    fn now_us(&self) -> u64 {
        let epoch = self.header().epoch_ns.load(Ordering::Relaxed);
        sys::now_ns().saturating_sub(epoch) / 1000
    }

    /// Writes down that something happened and gives its number. When the ring is full, it takes the place
    /// of the oldest detail, which is counted as lost.
    #[inline]
    pub fn record(&self, lane: u32, kind: Kind, object: ObjectKind, id: u64) -> u64 {
        let at_us = self.now_us();
        let Some(seq) = self.claim() else {
            self.header().lost_details.fetch_add(1, Ordering::Relaxed);
            return self.header().head.load(Ordering::Relaxed);
        };
        self.publish(seq, at_us, what_word(lane, kind, object), id);
        seq
    }

    /// Takes back what was just recorded: it did not happen.
    pub fn take_back(&self, seq: u64) {
        let slot = self.slot(seq);
        let claimed = State::claimed(own_pid(), seq);
        // Somebody who took the place meanwhile keeps it.
        if slot
            .state
            .compare_exchange(
                claimed.published().pack(),
                claimed.pack(),
                Ordering::AcqRel,
                Ordering::Relaxed,
            )
            .is_ok()
        {
            fence(Ordering::Release);
            slot.what
                .store(u64::from(TAKEN_BACK) << 32, Ordering::Relaxed);
            slot.state
                .store(claimed.published().pack(), Ordering::Release);
        }
    }

    /// Writes down a print and gives its number. The texts are kept as long as there is room; one that does
    /// not fit any more is counted as lost.
    pub fn print(&self, lane: u32, form: Form, parts: &[&[u8]]) -> u64 {
        let at_us = self.now_us();
        let length: usize = parts.iter().map(|part| part.len()).sum();
        let span = 1 + length.div_ceil(SLOT_BYTES);
        let claimed = u32::try_from(span)
            .ok()
            .filter(|span| *span <= MAX_SPAN)
            .and_then(|span| Some((self.claim_text(span)?, span)));
        let Some((place, span)) = claimed else {
            self.header().lost_prints.fetch_add(1, Ordering::Relaxed);
            return self.header().head.load(Ordering::Relaxed);
        };
        self.fill(place + 1, parts);
        let Some(seq) = self.claim() else {
            self.header().lost_prints.fetch_add(1, Ordering::Relaxed);
            return self.header().head.load(Ordering::Relaxed);
        };
        let what = what_word(lane, Kind::Print, ObjectKind::None);
        let unused = ((span as usize - 1) * SLOT_BYTES - length) as u64;
        if let Some(text) = self.text(place) {
            text.at_us.store(at_us, Ordering::Relaxed);
            text.what
                .store(what | unused << 48 | (form as u64) << 56, Ordering::Relaxed);
            text.id.store(seq, Ordering::Relaxed);
            let state = State::claimed(own_pid(), u64::from(span)).published();
            text.state.store(state.pack(), Ordering::Release);
        }
        self.publish(seq, at_us, what, place);
        seq
    }

    fn fill(&self, mut place: u64, parts: &[&[u8]]) {
        let mut bytes = [0u8; SLOT_BYTES];
        let mut filled = 0;
        for part in parts {
            let mut rest = *part;
            while !rest.is_empty() {
                let (now, later) = rest.split_at(rest.len().min(SLOT_BYTES - filled));
                bytes[filled..filled + now.len()].copy_from_slice(now);
                filled += now.len();
                rest = later;
                if filled == SLOT_BYTES {
                    self.store_text(place, &bytes);
                    (filled, place) = (0, place + 1);
                }
            }
        }
        if filled > 0 {
            self.store_text(place, &bytes);
        }
    }

    fn store_text(&self, place: u64, bytes: &[u8; SLOT_BYTES]) {
        let Some(slot) = self.text(place) else { return };
        let words = [&slot.state, &slot.at_us, &slot.what, &slot.id];
        for (word, eight) in words.into_iter().zip(bytes.as_chunks::<8>().0) {
            word.store(u64::from_le_bytes(*eight), Ordering::Relaxed);
        }
    }

    /// Takes the next number and its slot. The loop ends: every turn moves the head or finds it moved, and
    /// slots whose writers do not finish are passed over only so often.
    #[inline]
    pub fn claim(&self) -> Option<u64> {
        let header = self.header();
        let pid = own_pid();
        let mut unfinished = 0;
        loop {
            let at = header.head.load(Ordering::Acquire);
            let slot = self.slot(at);
            let word = slot.state.load(Ordering::Acquire);
            let found = State::unpack(word);
            let free = match found.phase {
                Phase::Empty => true,
                Phase::Published => found.rest < at,
                Phase::Claimed => false,
            };
            if free {
                let overwritten = (slot.what.load(Ordering::Relaxed) >> 32) as u8;
                let claimed = State::claimed(pid, at).pack();
                if slot
                    .state
                    .compare_exchange(word, claimed, Ordering::AcqRel, Ordering::Relaxed)
                    .is_err()
                {
                    continue;
                }
                // Failure means that somebody helped.
                let _ =
                    header
                        .head
                        .compare_exchange(at, at + 1, Ordering::AcqRel, Ordering::Relaxed);
                if found.phase == Phase::Published
                    && overwritten != Kind::Print as u8
                    && overwritten != TAKEN_BACK
                {
                    header.lost_details.fetch_add(1, Ordering::Relaxed);
                }
                return Some(at);
            }
            if found.phase == Phase::Claimed && found.rest < at {
                unfinished += 1;
                if unfinished > PATIENCE {
                    return None;
                }
            }
            let _ = header
                .head
                .compare_exchange(at, at + 1, Ordering::AcqRel, Ordering::Relaxed);
        }
    }

    /// Takes `span` consecutive slots of the texts. The loop ends: every failed turn means that another
    /// text moved the head.
    pub fn claim_text(&self, span: u32) -> Option<u64> {
        let head = &self.header().text_head;
        let claimed = State::claimed(own_pid(), u64::from(span)).pack();
        loop {
            let at = head.load(Ordering::Acquire);
            if at.checked_add(u64::from(span))? > self.text_slots() {
                return None;
            }
            let slot = self.text(at)?;
            match slot
                .state
                .compare_exchange(0, claimed, Ordering::AcqRel, Ordering::Acquire)
            {
                Ok(_) => {
                    let next = at + u64::from(span);
                    // Failure means that somebody helped.
                    let _ = head.compare_exchange(at, next, Ordering::AcqRel, Ordering::Relaxed);
                    return Some(at);
                }
                Err(word) => {
                    let next = at.checked_add(State::unpack(word).rest.max(1))?;
                    let _ = head.compare_exchange(at, next, Ordering::AcqRel, Ordering::Relaxed);
                }
            }
        }
    }

    #[inline]
    pub fn publish(&self, seq: u64, at_us: u64, what: u64, id: u64) {
        let slot = self.slot(seq);
        // A reader who sees any of what follows also sees that the slot was claimed.
        fence(Ordering::Release);
        slot.at_us.store(at_us, Ordering::Relaxed);
        slot.what.store(what, Ordering::Relaxed);
        slot.id.store(id, Ordering::Relaxed);
        // Pairs with the fence in `Follower`: either we see its intention to sleep, or it sees our record. A swap
        // and not a store with a fence behind it, which would also wait for everything the thread wrote before.
        slot.state.swap(
            State::claimed(own_pid(), seq).published().pack(),
            Ordering::SeqCst,
        );
        let header = self.header();
        if header.sleepers.load(Ordering::SeqCst) != 0 {
            header.pulse.fetch_add(1, Ordering::Release);
            sys::futex_wake_all(header.pulse.as_ptr());
        }
    }
}

pub fn what_word(lane: u32, kind: Kind, object: ObjectKind) -> u64 {
    u64::from(lane) | (kind as u64) << 32 | (object as u64) << 40
}
