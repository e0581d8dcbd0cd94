//! Reading: the whole journal at once, or live.
//!
//! A reader stands on a number. A slot that has never held it means that nothing comes after it (yet); a
//! claimed one that its writer has not finished, or never will; one that holds a later number that the detail
//! had to go. Whoever reads everything at once passes over claimed records; whoever follows waits for them as
//! long as the writer lives. Lines are never overwritten: they are found among the texts even where the ring
//! has forgotten them.

use super::Journal;
use super::clock::{futex_wait, is_running};
use crate::event::{Event, Kind, Lane, LaneId, LaneKind, Line, Object, ObjectKind};
use crate::ring::layout::{LANE_NAME_BYTES, Phase, SLOT_BYTES, Slot, State};
use crate::ring::{Form, TAKEN_BACK};
use serde_json::Value;
use std::collections::VecDeque;
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

    /// Two writers may take their numbers in the other order than their times; a later number never gets an
    /// earlier time. `clock` is the latest one handed out.
    fn not_before(&mut self, clock: &mut u64) {
        let (Entry::Event(Event { at_us, .. }) | Entry::Line(Line { at_us, .. })) = self;
        *clock = (*clock).max(*at_us);
        *at_us = *clock;
    }
}

/// What a slot of the ring says about a number.
enum Look {
    /// It has not been given yet.
    Nothing,
    /// Its writer has not finished.
    Claimed { pid: i32 },
    /// It was given and there is nothing to see: taken back, or never used.
    Empty,
    /// Its place belongs to a later one.
    Overwritten,
    /// An event.
    Event(Event),
    /// A line, whose text is there.
    Print { text: u64 },
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

    /// How the process of a lane ended, as wait(2) tells it, where that is known.
    pub fn ending(&self, lane: LaneId) -> Option<i32> {
        let ending = self.mapping.lane(lane.0)?.ending.load(Ordering::Relaxed);
        Some(ending.checked_sub(1)? as i32)
    }

    /// All events so far, prints among them (as [`Kind::Print`] without an object), in the one
    /// order.
    pub fn events(&self) -> Vec<Event> {
        self.events_since(0)
    }

    /// The events from this [`position`](Journal::position) on.
    pub fn events_since(&self, position: u64) -> Vec<Event> {
        self.entries_since(position)
            .into_iter()
            .map(|entry| match entry {
                Entry::Event(event) => event,
                Entry::Line(line) => Event {
                    seq: line.seq,
                    at_us: line.at_us,
                    lane: line.lane,
                    kind: Kind::Print,
                    object: Object::NONE,
                },
            })
            .collect()
    }

    /// All printed lines so far, in the one order.
    pub fn lines(&self) -> Vec<Line> {
        self.lines_since(0)
    }

    /// The lines from this [`position`](Journal::position) on.
    pub fn lines_since(&self, position: u64) -> Vec<Line> {
        self.entries_since(position)
            .into_iter()
            .filter_map(|entry| match entry {
                Entry::Line(line) => Some(line),
                Entry::Event(_) => None,
            })
            .collect()
    }

    /// Everything from this [`position`](Journal::position) on, in the one order.
    pub fn entries_since(&self, position: u64) -> Vec<Entry> {
        let head = self.position();
        let oldest = head.saturating_sub(self.mapping.ring_slots());
        let events = (position.max(oldest)..head).filter_map(|seq| match self.look(seq) {
            Look::Event(event) => Some(Entry::Event(event)),
            _ => None,
        });
        let lines = self.lines_between(position, head).into_iter();
        let mut entries: Vec<Entry> = events.chain(lines.map(Entry::Line)).collect();
        entries.sort_by_key(Entry::seq);
        let mut clock = 0;
        for entry in &mut entries {
            entry.not_before(&mut clock);
        }
        entries
    }

    /// The lines with numbers from `from` on and before `to`, from the texts.
    fn lines_between(&self, from: u64, to: u64) -> Vec<Line> {
        let (mut lines, mut at) = (Vec::new(), 0);
        while let Some(slot) = self.mapping.text(at) {
            let state = State::unpack(slot.state.load(Ordering::Acquire));
            // A span that no writer of ours can have written leads nowhere.
            let spans = 1..=self.mapping.text_slots() - at;
            if state.phase == Phase::Empty || !spans.contains(&state.rest) {
                break;
            }
            if state.phase == Phase::Published
                && let Some(line) = self.line(at)
                && (from..to).contains(&line.seq)
            {
                lines.push(line);
            }
            at += state.rest;
        }
        lines.sort_by_key(|line| line.seq);
        lines
    }

    /// What stands at a number.
    fn look(&self, seq: u64) -> Look {
        // Read first: a slot is claimed before the head leaves it.
        let head = self.position();
        let slot = self.mapping.slot(seq);
        let word = slot.state.load(Ordering::Acquire);
        let state = State::unpack(word);
        if state.phase == Phase::Empty || state.rest < seq {
            // Numbers whose slot an earlier writer never gave up are not used.
            return if head > seq {
                Look::Empty
            } else {
                Look::Nothing
            };
        }
        if state.rest > seq {
            return Look::Overwritten;
        }
        if state.phase == Phase::Claimed {
            return Look::Claimed { pid: state.pid };
        }
        let what = slot.what.load(Ordering::Relaxed);
        let at_us = slot.at_us.load(Ordering::Relaxed);
        let id = slot.id.load(Ordering::Relaxed);
        // Pairs with the fence in `publish`: whoever has begun to overwrite this is seen here.
        fence(Ordering::Acquire);
        if slot.state.load(Ordering::Relaxed) != word {
            return Look::Overwritten;
        }
        let kind = (what >> 32) as u8;
        if kind == TAKEN_BACK {
            return Look::Empty;
        }
        match (
            Kind::from_code(kind),
            ObjectKind::from_code((what >> 40) as u8),
        ) {
            (Some(Kind::Print), _) => Look::Print { text: id },
            (Some(kind), Some(object)) => Look::Event(Event {
                seq,
                at_us,
                lane: LaneId(what as u32),
                kind,
                object: Object { kind: object, id },
            }),
            _ => Look::Nonsense,
        }
    }

    /// The line whose text begins in this slot, if it is complete.
    fn line(&self, at: u64) -> Option<Line> {
        let slot = self.mapping.text(at)?;
        let state = State::unpack(slot.state.load(Ordering::Acquire));
        if state.phase != Phase::Published {
            return None;
        }
        let what = slot.what.load(Ordering::Relaxed);
        let bytes = self.bytes(at + 1, state.rest.checked_sub(1)?, (what >> 48) as u8)?;
        let (who, what_said, value) = match Form::from_code((what >> 56) as u8)? {
            Form::Said => said(&bytes)?,
            Form::Stdout => written(STDOUT, &bytes),
            Form::Stderr => written(STDERR, &bytes),
        };
        Some(Line {
            seq: slot.id.load(Ordering::Relaxed),
            at_us: slot.at_us.load(Ordering::Relaxed),
            lane: LaneId(what as u32),
            who,
            what: what_said,
            value,
        })
    }

    fn bytes(&self, from: u64, slots: u64, unused: u8) -> Option<Vec<u8>> {
        if slots > self.mapping.text_slots() {
            return None;
        }
        let words = |slot: &Slot| {
            [&slot.state, &slot.at_us, &slot.what, &slot.id]
                .map(|word| word.load(Ordering::Relaxed).to_le_bytes())
        };
        let mut bytes = Vec::with_capacity(slots as usize * SLOT_BYTES);
        for index in from..from + slots {
            bytes.extend(words(self.mapping.text(index)?).into_iter().flatten());
        }
        bytes.truncate(bytes.len().checked_sub(usize::from(unused))?);
        Some(bytes)
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
            missed: VecDeque::new(),
        }
    }
}

/// A line of an exercise: who, what, value.
fn said(bytes: &[u8]) -> Option<(String, String, Value)> {
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

/// What some program wrote to a descriptor.
fn written(stream: &str, bytes: &[u8]) -> (String, String, Value) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    (String::new(), stream.to_owned(), Value::String(text))
}

/// The `what` of a line that some program wrote to descriptor 1.
pub const STDOUT: &str = "stdout";
/// The `what` of a line that some program wrote to descriptor 2.
pub const STDERR: &str = "stderr";

/// Reads a journal while it is written, in the order of `seq`.
///
/// A record that a living writer has begun is waited for, so nothing is handed out before it. If
/// the writer is gone, the record is given up after [`DEAD_WRITER_PATIENCE`]. A follower that is overtaken
/// misses details, and no lines.
pub struct Follower {
    journal: Journal,
    at: u64,
    clock: u64,
    stuck_since: Option<Instant>,
    /// Lines among the details that were overwritten before they were read.
    missed: VecDeque<Line>,
}

impl Follower {
    /// The next entry; none if there was none for this long. Sleeps meanwhile.
    pub fn next(&mut self, timeout: Duration) -> Option<Entry> {
        let deadline = Instant::now().checked_add(timeout);
        loop {
            if let Some(line) = self.missed.pop_front() {
                return Some(self.hand_out(Entry::Line(line)));
            }
            let mut nap = NAP;
            match self.journal.look(self.at) {
                Look::Event(event) => {
                    self.advance(self.at + 1);
                    return Some(self.hand_out(Entry::Event(event)));
                }
                Look::Print { text } => {
                    let seq = self.at;
                    self.advance(seq + 1);
                    // A text that is damaged has nothing to say.
                    if let Some(line) = self.journal.line(text).filter(|line| line.seq == seq) {
                        return Some(self.hand_out(Entry::Line(line)));
                    }
                    continue;
                }
                Look::Empty => {
                    self.advance(self.at + 1);
                    continue;
                }
                Look::Overwritten => {
                    self.catch_up();
                    continue;
                }
                Look::Claimed { pid } => {
                    let stuck = self.stuck_since.get_or_insert_with(Instant::now).elapsed();
                    let hopeless = stuck >= DEAD_WRITER_PATIENCE && !is_running(pid);
                    if hopeless || stuck >= STOPPED_WRITER_PATIENCE {
                        self.advance(self.at + 1);
                        continue;
                    }
                }
                Look::Nothing => nap = Duration::from_secs(1),
                Look::Nonsense => {
                    self.advance(self.at + 1);
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

    /// Goes to the oldest detail there is, by way of the lines before it.
    fn catch_up(&mut self) {
        let oldest = self
            .journal
            .position()
            .saturating_sub(self.journal.mapping.ring_slots())
            .max(self.at + 1);
        self.missed = self.journal.lines_between(self.at, oldest).into();
        self.advance(oldest);
    }

    fn hand_out(&mut self, mut entry: Entry) -> Entry {
        entry.not_before(&mut self.clock);
        entry
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
        if matches!(
            self.journal.look(self.at),
            Look::Nothing | Look::Claimed { .. }
        ) {
            futex_wait(&header.pulse, pulse, limit);
        }
        header.sleepers.fetch_sub(1, Ordering::Relaxed);
    }
}
