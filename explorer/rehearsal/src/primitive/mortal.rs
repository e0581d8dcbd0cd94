//! Being ended from outside: processes that somebody sends a signal.
//!
//! In the model a process ends by itself. So one that may be ended looks for a signal before whatever somebody else can
//! see of it: its prints and its end. All that it did between two of them is seen by nobody, because what processes share
//! is not used by others when one of them was sent a signal (see [`participants`](super::participants)). Where it waits
//! without a limit it may also give that up, and wait for the signal alone: whatever would have woken it came too late.
//! So it is ended after each of its visible steps, before the first, and where it waits for ever.
//!
//! A signal arrives when it arrives: it is brought by a thread of its own.
//!
//! Who is sent one has to be known from the beginning: see [`Play::program`](crate::player::Play::program).

use crate::lack::Lack;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use explorer::model::crossbeam::channel::{self, Receiver, Sender};
use explorer::model::fork::{exit, in_shared_memory};
use recorder::LaneId;
use serde_json::json;

use super::process::Signal;
use super::time::Instant;
use super::{current, lane, not_modelled};

/// What a process that was ended by a signal ends with, less the signal's number: no process ends with that by itself.
const SIGNALLED: i32 = 0x100;

// Of the explorer's own thread: others may explore at the same time.
std::thread_local! {
    static EXPECTED: RefCell<BTreeSet<LaneId>> = const { RefCell::new(BTreeSet::new()) };
    static UNEXPECTED: RefCell<Option<LaneId>> = const { RefCell::new(None) };
}

thread_local! {
    static OWN: RefCell<Option<Arc<Signals>>> = const { RefCell::new(None) };
}

/// A new execution begins, in which these are sent signals.
pub(super) fn begin(expected: &BTreeSet<LaneId>) {
    EXPECTED.with_borrow_mut(|known| known.clone_from(expected));
}

/// Who was sent a signal and not expected to be, since the last question.
pub(crate) fn unexpected() -> Option<LaneId> {
    UNEXPECTED.take()
}

/// What a process hears of signals.
pub(super) struct Signals {
    sent: Receiver<Signal>,
    is_stubborn: AtomicBool,
}

/// How it is sent them.
#[derive(Debug)]
pub(super) struct Line(Sender<Signal>);

/// For a process that is about to be started, if somebody will send it signals.
pub(super) fn connect(lane: LaneId) -> Option<(Line, Arc<Signals>)> {
    let expected = EXPECTED.with_borrow(|expected| expected.contains(&lane));
    expected.then(|| {
        let (send, sent) = in_shared_memory(channel::unbounded);
        let signals = Signals {
            sent,
            is_stubborn: AtomicBool::new(false),
        };
        (Line(send), Arc::new(signals))
    })
}

/// The running process hears signals from now on.
pub(super) fn listen(signals: Option<Arc<Signals>>) {
    OWN.set(signals);
}

fn own() -> Option<Arc<Signals>> {
    OWN.with_borrow(Option::clone)
}

/// Whether the running process may be ended from outside.
pub(crate) fn is_mortal() -> bool {
    OWN.with_borrow(Option::is_some)
}

/// What is ended with a process is more than the model has.
pub(super) fn has_nobody() {
    if is_mortal() {
        not_modelled(Lack::TerminatedWithOthers);
    }
}

impl Line {
    pub(super) fn send(&self, signal: Signal) -> io::Result<()> {
        let send = self.0.clone();
        explorer::model::thread::Builder::new().spawn(move || {
            // Whoever has ended hears nothing.
            let _ = send.send(signal);
        })?;
        Ok(())
    }
}

/// Nobody knew that this one is sent a signal: this execution says no more than that.
pub(super) fn unforeseen(lane: LaneId) -> ! {
    UNEXPECTED.set(Some(lane));
    not_modelled(Lack::TerminatedInSomeOrders)
}

impl Signals {
    fn heed(&self, signal: Signal) {
        let refused = signal == Signal::SIGTERM && self.is_stubborn.load(Relaxed);
        if !refused {
            exit(SIGNALLED + signal as i32);
        }
    }
}

/// Something is about to happen that others can see.
pub(super) fn look() {
    let Some(signals) = own() else { return };
    // Time passes between two looks: it does not ask in a circle, and need not be made to wait for a change.
    let _ = Instant::now();
    while let Ok(signal) = signals.sent.try_recv() {
        signals.heed(signal);
    }
}

/// Waits for nothing but the signal that ends the process. It says so: where nobody comes to send it because he waits for
/// this one, the execution is none of the real ones.
pub(crate) fn give_up() -> ! {
    current::say(&json!({"waits_for_signal": lane::own()}));
    if let Some(signals) = own() {
        while let Ok(signal) = signals.sent.recv() {
            signals.heed(signal);
        }
    }
    not_modelled(Lack::TerminatedForgotten)
}

/// From here on the running process does not notice the signal.
pub fn ignore(signal: Signal) -> io::Result<()> {
    look();
    if signal == Signal::SIGKILL {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    if let Some(signals) = own() {
        signals.is_stubborn.store(true, Relaxed);
    }
    Ok(())
}

/// The signal that ended a process, by what it ended with.
pub(super) fn signal_of(code: i32) -> Option<i32> {
    (code >= SIGNALLED).then_some(code - SIGNALLED)
}
