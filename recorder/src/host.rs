//! What a library that records exactly tells us: the other side of [`current::Host`](crate::current::Host).
//!
//! Cells use the crate `exercises`, whose primitives say what they do. In a worker they say it here, so that there is
//! one journal and one lane for each thread; and while they do what they have said, the hooks are quiet.

use crate::current::Host;
use crate::interpose::{LATEST, NOBODY, SEAT, seated, threads};
use crate::ring::Form;
use crate::vocabulary::{Kind, ObjectKind};
use std::sync::atomic::Ordering;

/// The functions a library is given.
pub static HOST: Host = Host {
    is_recording,
    open_lane,
    take_seat,
    lane,
    next_object,
    emit,
    print,
    quiet,
};

extern "C" fn is_recording() -> bool {
    LATEST.load(Ordering::Relaxed) != 0
}

extern "C" fn open_lane(process: bool, name: *const u8, length: usize) -> u32 {
    seated().map_or(NOBODY, |here| {
        // SAFETY: the library passes a live slice.
        let name = unsafe { std::slice::from_raw_parts(name, length) };
        here.ring.open_lane(process, name, Some(here.lane))
    })
}

extern "C" fn take_seat(lane: u32) {
    threads::take_seat(lane);
}

extern "C" fn lane() -> u32 {
    seated().map_or(NOBODY, |here| here.lane)
}

extern "C" fn next_object() -> u64 {
    seated().map_or(0, |here| {
        let next = &here.ring.header().next_object;
        next.fetch_add(1, Ordering::Relaxed) + 1
    })
}

extern "C" fn quiet(more: bool) {
    SEAT.with(|seat| {
        let quiet = seat.quiet.get();
        let next = if more {
            quiet.saturating_add(1)
        } else {
            quiet.saturating_sub(1)
        };
        seat.quiet.set(next);
    });
}

extern "C" fn emit(kind: u8, object: u8, id: u64) {
    let (Some(kind), Some(object)) = (Kind::from_code(kind), ObjectKind::from_code(object)) else {
        return;
    };
    let ends = matches!(kind, Kind::WaitEnd | Kind::SleepEnd | Kind::JoinEnd);
    let begins = matches!(
        kind,
        Kind::WaitBegin | Kind::SleepBegin | Kind::JoinBegin | Kind::Exec
    );
    if let Some(here) = seated() {
        here.emit(kind, object, id);
        if matches!(kind, Kind::Spawn | Kind::Fork) {
            threads::announce(id as u32);
        }
    }
    // What it waits with is its own business.
    if begins || ends {
        quiet(begins);
    }
}

extern "C" fn print(
    who: *const u8,
    who_length: usize,
    what: *const u8,
    what_length: usize,
    value: *const u8,
    value_length: usize,
) {
    if let Some(here) = seated() {
        // SAFETY: the library passes live slices.
        let [who, what, value] = unsafe {
            [
                std::slice::from_raw_parts(who, who_length),
                std::slice::from_raw_parts(what, what_length),
                std::slice::from_raw_parts(value, value_length),
            ]
        };
        let lengths = [who_length, what_length].map(|length| (length as u32).to_le_bytes());
        here.ring.print(
            here.lane,
            Form::Said,
            &[&lengths[0], &lengths[1], who, what, value],
        );
    }
}
