//! Writing: claim, fill, publish. Never waits, for anybody.

use super::Journal;
use super::clock::{futex_wake, own_pid};
use super::layout::{LANE_NAME_BYTES, MAX_SPAN, Phase, SLOT_BYTES, State, detail_limit};
use crate::event::{Kind, LaneId, LaneKind, Object, ObjectKind};
use std::sync::atomic::{Ordering, fence};

impl Journal {
    /// Writes down that something happened and gives its number. When the part of the journal that
    /// is for details is full, the event is dropped and counted, and the number is that of the next
    /// record.
    pub fn record(&self, lane: LaneId, kind: Kind, object: Object) -> u64 {
        let at_us = self.now_us();
        let Some(seq) = self.claim(1, detail_limit(self.mapping.slots())) else {
            self.mapping
                .header()
                .lost_details
                .fetch_add(1, Ordering::Relaxed);
            return self.position();
        };
        self.publish(seq, 1, at_us, what_word(lane, kind, object.kind), object.id);
        seq
    }

    /// Writes down a printed line and gives its number. Prints may use the journal to its very end;
    /// a line that does not fit any more is counted as lost.
    pub fn print(&self, lane: LaneId, who: &str, what: &str, value: &serde_json::Value) -> u64 {
        let at_us = self.now_us();
        let mut bytes = Vec::with_capacity(64 + who.len() + what.len());
        bytes.extend_from_slice(&(who.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&(what.len() as u32).to_le_bytes());
        bytes.extend_from_slice(who.as_bytes());
        bytes.extend_from_slice(what.as_bytes());
        let written = serde_json::to_writer(&mut bytes, value).is_ok();
        let span = 1 + bytes.len().div_ceil(SLOT_BYTES);
        let claimed = match u32::try_from(span) {
            Ok(span) if written && span <= MAX_SPAN => self
                .claim(span, u64::from(self.mapping.slots()))
                .map(|seq| (seq, span)),
            _ => None,
        };
        let Some((seq, span)) = claimed else {
            self.mapping
                .header()
                .lost_prints
                .fetch_add(1, Ordering::Relaxed);
            return self.position();
        };
        for (index, chunk) in bytes.chunks(SLOT_BYTES).enumerate() {
            let Some(slot) = self.mapping.slot(seq + 1 + index as u64) else {
                break;
            };
            let mut words = [0u64; SLOT_BYTES / 8];
            for (word, part) in words.iter_mut().zip(chunk.chunks(8)) {
                let mut eight = [0u8; 8];
                eight[..part.len()].copy_from_slice(part);
                *word = u64::from_le_bytes(eight);
            }
            slot.state.store(words[0], Ordering::Relaxed);
            slot.at_us.store(words[1], Ordering::Relaxed);
            slot.what.store(words[2], Ordering::Relaxed);
            slot.id.store(words[3], Ordering::Relaxed);
        }
        self.publish(
            seq,
            span,
            at_us,
            what_word(lane, Kind::Print, ObjectKind::None),
            bytes.len() as u64,
        );
        seq
    }

    /// Takes `span` consecutive slots, all below `limit`. The loop ends: every failed turn means
    /// that another record moved the head.
    pub(super) fn claim(&self, span: u32, limit: u64) -> Option<u64> {
        let head = &self.mapping.header().head;
        let claimed = State {
            phase: Phase::Claimed,
            span,
            pid: own_pid(),
        }
        .pack();
        loop {
            let at = head.load(Ordering::Acquire);
            if at + u64::from(span) > limit {
                return None;
            }
            let slot = self.mapping.slot(at)?;
            match slot
                .state
                .compare_exchange(0, claimed, Ordering::AcqRel, Ordering::Acquire)
            {
                Ok(_) => {
                    // Failure means that somebody helped.
                    let _ = head.compare_exchange(
                        at,
                        at + u64::from(span),
                        Ordering::AcqRel,
                        Ordering::Relaxed,
                    );
                    return Some(at);
                }
                Err(word) => {
                    let taken = u64::from(State::unpack(word).span.max(1));
                    let _ =
                        head.compare_exchange(at, at + taken, Ordering::AcqRel, Ordering::Relaxed);
                }
            }
        }
    }

    pub(super) fn publish(&self, seq: u64, span: u32, at_us: u64, what: u64, id: u64) {
        let Some(slot) = self.mapping.slot(seq) else {
            return;
        };
        slot.at_us.store(at_us, Ordering::Relaxed);
        slot.what.store(what, Ordering::Relaxed);
        slot.id.store(id, Ordering::Relaxed);
        slot.state.store(
            State {
                phase: Phase::Published,
                span,
                pid: own_pid(),
            }
            .pack(),
            Ordering::Release,
        );
        // Pairs with the fence in `Follower`: either we see its intention to sleep, or it sees our
        // record.
        fence(Ordering::SeqCst);
        let header = self.mapping.header();
        if header.sleepers.load(Ordering::Relaxed) != 0 {
            header.pulse.fetch_add(1, Ordering::Release);
            futex_wake(&header.pulse);
        }
    }

    /// Opens a lane and gives its number. Names longer than 104 bytes are cut at a character.
    pub fn open_lane(&self, kind: LaneKind, name: &str, parent: Option<LaneId>) -> LaneId {
        let number = self
            .mapping
            .header()
            .next_lane
            .fetch_add(1, Ordering::AcqRel);
        let Some(entry) = self.mapping.lane(number) else {
            // Beyond the table: events still carry the number, only the name is not kept.
            self.mapping
                .header()
                .lost_details
                .fetch_add(1, Ordering::Relaxed);
            return LaneId(number);
        };
        let mut length = name.len().min(LANE_NAME_BYTES);
        while !name.is_char_boundary(length) {
            length -= 1;
        }
        for (word, part) in entry.name.iter().zip(name.as_bytes()[..length].chunks(8)) {
            let mut eight = [0u8; 8];
            eight[..part.len()].copy_from_slice(part);
            word.store(u64::from_le_bytes(eight), Ordering::Relaxed);
        }
        entry.name_len.store(length as u32, Ordering::Relaxed);
        entry.parent.store(
            parent.map_or(0, |parent| parent.0.saturating_add(1)),
            Ordering::Relaxed,
        );
        let state = match kind {
            LaneKind::Thread => 1,
            LaneKind::Process => 2,
        };
        entry.state.store(state, Ordering::Release);
        LaneId(number)
    }

    /// Says which process and kernel thread a lane is. The lane does so itself when it starts.
    pub fn identify_lane(&self, lane: LaneId, pid: i32, tid: i32) {
        if let Some(entry) = self.mapping.lane(lane.0) {
            entry.pid.store(pid, Ordering::Relaxed);
            entry.tid.store(tid, Ordering::Release);
        }
    }
}

fn what_word(lane: LaneId, kind: Kind, object: ObjectKind) -> u64 {
    u64::from(lane.0) | (kind as u64) << 32 | (object as u64) << 40
}
