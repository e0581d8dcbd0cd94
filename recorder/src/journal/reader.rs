//! Reading: the whole journal at once, or live.
//!
//! A reader stands on the first slot of a record. An empty slot there means that nothing comes
//! after it (yet); a claimed one that its writer has not finished, or never will. Whoever reads
//! everything at once passes over claimed records; whoever follows waits for them as long as the
//! writer lives.

use super::Journal;
use super::clock::{futex_wait, is_running};
use super::layout::{LANE_NAME_BYTES, Phase, SLOT_BYTES, State};
use crate::event::{Event, Kind, Lane, LaneId, LaneKind, Line, Object, ObjectKind};
use std::sync::atomic::{Ordering, fence};
use std::time::{Duration, Instant};

/// How long a follower waits for a record whose writer is gone.
pub const DEAD_WRITER_PATIENCE: Duration = Duration::from_millis(200);
/// How long a follower waits for a record whose writer lives but was stopped between claim and
/// publication.
pub const STOPPED_WRITER_PATIENCE: Duration = Duration::from_secs(5);
const NAP: Duration = Duration::from_millis(20);

/// What a [`Follower`] hands out.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Something happened.
    Event(Event),
    /// A line was printed.
    Line(Line),
}

impl Entry {
    /// Its place in the order.
    pub fn seq(&self) -> u64 {
        match self {
            Entry::Event(event) => event.seq,
            Entry::Line(line) => line.seq,
        }
    }
}

enum Look {
    Nothing,
    Claimed {
        pid: i32,
        next: u64,
    },
    Entry {
        entry: Entry,
        next: u64,
    },
    /// Something nobody of us has written.
    Nonsense,
}

impl Journal {
    /// All lanes opened so far, in the order of their numbers.
    pub fn lanes(&self) -> Vec<Lane> {
        let opened = self
            .mapping
            .header()
            .next_lane
            .load(Ordering::Acquire)
            .min(self.mapping.lane_count());
        (0..opened).filter_map(|number| self.lane(number)).collect()
    }

    fn lane(&self, number: u32) -> Option<Lane> {
        let entry = self.mapping.lane(number)?;
        let kind = match entry.state.load(Ordering::Acquire) {
            1 => LaneKind::Thread,
            2 => LaneKind::Process,
            _ => return None,
        };
        let length = (entry.name_len.load(Ordering::Relaxed) as usize).min(LANE_NAME_BYTES);
        let mut bytes = Vec::with_capacity(LANE_NAME_BYTES);
        for word in &entry.name {
            bytes.extend_from_slice(&word.load(Ordering::Relaxed).to_le_bytes());
        }
        bytes.truncate(length);
        Some(Lane {
            lane: LaneId(number),
            kind,
            name: String::from_utf8_lossy(&bytes).into_owned(),
            tid: entry.tid.load(Ordering::Acquire),
            pid: entry.pid.load(Ordering::Relaxed),
            parent: entry
                .parent
                .load(Ordering::Relaxed)
                .checked_sub(1)
                .map(LaneId),
        })
    }

    /// All events so far, prints among them (as [`Kind::Print`] without an object), in the one
    /// order.
    pub fn events(&self) -> Vec<Event> {
        self.events_since(0)
    }

    /// The events from this [`position`](Journal::position) on.
    pub fn events_since(&self, position: u64) -> Vec<Event> {
        let mut events = Vec::new();
        self.walk(position, |entry| {
            events.push(match entry {
                Entry::Event(event) => event,
                Entry::Line(line) => Event {
                    seq: line.seq,
                    at_us: line.at_us,
                    lane: line.lane,
                    kind: Kind::Print,
                    object: Object::NONE,
                },
            });
        });
        events
    }

    /// All printed lines so far, in the one order.
    pub fn lines(&self) -> Vec<Line> {
        self.lines_since(0)
    }

    /// The lines from this [`position`](Journal::position) on.
    pub fn lines_since(&self, position: u64) -> Vec<Line> {
        let mut lines = Vec::new();
        self.walk(position, |entry| {
            if let Entry::Line(line) = entry {
                lines.push(line);
            }
        });
        lines
    }

    fn walk(&self, from: u64, mut each: impl FnMut(Entry)) {
        let (mut at, mut clock) = (from, 0);
        loop {
            match self.look(at, &mut clock) {
                Look::Nothing | Look::Nonsense => return,
                Look::Claimed { next, .. } => at = next,
                Look::Entry { entry, next } => {
                    each(entry);
                    at = next;
                }
            }
        }
    }

    /// What stands at a position. `clock` is the latest time handed out: two writers may take their
    /// numbers in the other order than their times, and a later number never gets an earlier time.
    fn look(&self, at: u64, clock: &mut u64) -> Look {
        let Some(slot) = self.mapping.slot(at) else {
            return Look::Nothing;
        };
        let state = State::unpack(slot.state.load(Ordering::Acquire));
        let next = at + u64::from(state.span);
        if state.phase == Phase::Empty {
            return Look::Nothing;
        }
        if state.span == 0 || next > u64::from(self.mapping.slots()) {
            return Look::Nonsense;
        }
        if state.phase == Phase::Claimed {
            return Look::Claimed {
                pid: state.pid,
                next,
            };
        }
        let what = slot.what.load(Ordering::Relaxed);
        let lane = LaneId(what as u32);
        let kinds = (
            Kind::from_code((what >> 32) as u8),
            ObjectKind::from_code((what >> 40) as u8),
        );
        let (Some(kind), Some(object)) = kinds else {
            return Look::Nonsense;
        };
        let id = slot.id.load(Ordering::Relaxed);
        let at_us = slot.at_us.load(Ordering::Relaxed).max(*clock);
        let entry = if kind == Kind::Print {
            let Some((who, what, value)) = self.read_print(at, state.span, id) else {
                return Look::Nonsense;
            };
            Entry::Line(Line {
                seq: at,
                at_us,
                lane,
                who,
                what,
                value,
            })
        } else {
            Entry::Event(Event {
                seq: at,
                at_us,
                lane,
                kind,
                object: Object { kind: object, id },
            })
        };
        *clock = at_us;
        Look::Entry { entry, next }
    }

    fn read_print(
        &self,
        at: u64,
        span: u32,
        length: u64,
    ) -> Option<(String, String, serde_json::Value)> {
        let length = usize::try_from(length).ok()?;
        if length.div_ceil(SLOT_BYTES) + 1 != span as usize {
            return None;
        }
        let mut bytes = Vec::with_capacity((span as usize - 1) * SLOT_BYTES);
        for index in at + 1..at + u64::from(span) {
            let slot = self.mapping.slot(index)?;
            for word in [&slot.state, &slot.at_us, &slot.what, &slot.id] {
                bytes.extend_from_slice(&word.load(Ordering::Relaxed).to_le_bytes());
            }
        }
        bytes.truncate(length);
        let (who_length, rest) = bytes.split_first_chunk::<4>()?;
        let (what_length, rest) = rest.split_first_chunk::<4>()?;
        let (who, rest) = rest.split_at_checked(u32::from_le_bytes(*who_length) as usize)?;
        let (what, value) = rest.split_at_checked(u32::from_le_bytes(*what_length) as usize)?;
        Some((
            String::from_utf8(who.to_vec()).ok()?,
            String::from_utf8(what.to_vec()).ok()?,
            serde_json::from_slice(value).ok()?,
        ))
    }

    /// Reads live, from the beginning.
    pub fn follow(&self) -> Follower {
        self.follow_from(0)
    }

    /// Reads live, from this [`position`](Journal::position) on.
    pub fn follow_from(&self, position: u64) -> Follower {
        Follower {
            journal: self.clone(),
            at: position,
            clock: 0,
            stuck_since: None,
        }
    }
}

/// Reads a journal while it is written, in the order of `seq`.
///
/// A record that a living writer has begun is waited for, so nothing is handed out before it. If
/// the writer is gone, the record is given up after [`DEAD_WRITER_PATIENCE`].
pub struct Follower {
    journal: Journal,
    at: u64,
    clock: u64,
    stuck_since: Option<Instant>,
}

impl Follower {
    /// The next entry; none if there was none for this long. Sleeps meanwhile.
    pub fn next(&mut self, timeout: Duration) -> Option<Entry> {
        let deadline = Instant::now().checked_add(timeout);
        loop {
            let mut nap = NAP;
            match self.journal.look(self.at, &mut self.clock) {
                Look::Entry { entry, next } => {
                    self.advance(next);
                    return Some(entry);
                }
                Look::Claimed { pid, next } => {
                    let stuck = self.stuck_since.get_or_insert_with(Instant::now).elapsed();
                    let hopeless = stuck >= DEAD_WRITER_PATIENCE && !is_running(pid);
                    if hopeless || stuck >= STOPPED_WRITER_PATIENCE {
                        self.advance(next);
                        continue;
                    }
                }
                Look::Nothing => nap = Duration::from_secs(1),
                Look::Nonsense => {
                    // Nothing behind it can be trusted either.
                    self.at = u64::from(self.journal.mapping.slots());
                    continue;
                }
            }
            let left = deadline.map_or(nap, |deadline| {
                deadline.saturating_duration_since(Instant::now())
            });
            if left.is_zero() {
                return None;
            }
            self.sleep(left.min(nap));
        }
    }

    /// Where the follower stands: everything before this number has been handed out.
    pub fn position(&self) -> u64 {
        self.at
    }

    fn advance(&mut self, next: u64) {
        self.at = next;
        self.stuck_since = None;
    }

    fn sleep(&self, limit: Duration) {
        let header = self.journal.mapping.header();
        header.sleepers.fetch_add(1, Ordering::Relaxed);
        // Pairs with the fence in `publish`.
        fence(Ordering::SeqCst);
        let pulse = header.pulse.load(Ordering::Acquire);
        let mut clock = self.clock;
        let still_nothing = !matches!(
            self.journal.look(self.at, &mut clock),
            Look::Entry { .. } | Look::Nonsense
        );
        if still_nothing {
            futex_wait(&header.pulse, pulse, limit);
        }
        header.sleepers.fetch_sub(1, Ordering::Relaxed);
    }
}
