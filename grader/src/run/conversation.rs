//! Questions and answers on the private channel.
//!
//! A packet counts if it names this run (a number the program learns with the first question) and, for an answer, if
//! the system says that the program's first process sent it. What an answer says is compared with what is expected
//! outside; so whoever could forge an answer would have to know the right one.

use super::journal::Taken;
use crate::sandbox::orders::{Packet, send_bytes};
use crate::sandbox::{SandboxError, random};
use crate::wire::{NONCE, PACKET, Value, said, take_array, take_text};
use nix::sys::socket::{
    AddressFamily, SockFlag, SockType, setsockopt, socketpair,
    sockopt::{PassCred, SndBuf, SndBufForce},
};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};

/// Room for packets that were not read yet.
const ROOM: usize = 2 << 20;
/// The longest answer.
const LONGEST_ANSWER: usize = 4 << 20;

/// One question.
#[derive(Clone, Debug)]
pub struct Question {
    /// The number of the probe.
    pub probe: u32,
    /// The seed of the delays.
    pub seed: u64,
    /// The longest delay.
    pub shake_us: u32,
    /// What it carries.
    pub carries: Value,
}

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub enum Answered {
    /// An answer.
    Value(Value),
    /// A panic: what it said, and where.
    Panic {
        /// What it said.
        message: String,
        /// In which file.
        file: String,
        /// In which line of it.
        line: u32,
    },
}

/// What follows from a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing yet.
    Listen,
    /// The next question was asked.
    Asked,
    /// Everything is answered.
    Answered,
    /// More was recorded than may be.
    TooMuch,
}

/// The questions of one run, and what came back.
#[derive(Debug)]
pub struct Conversation {
    ours: OwnedFd,
    theirs: Option<OwnedFd>,
    nonce: [u8; NONCE],
    questions: Vec<Question>,
    answer: Vec<u8>,
    program: i32,
    over: bool,
    /// Whether threads may outlive the answer.
    pub may_leave: bool,
    /// An answer for each question, as far as it came.
    pub answers: Vec<Answered>,
    /// What was recorded.
    pub taken: Taken,
    /// Whether something spoke that was not asked.
    pub forged: bool,
}

impl Conversation {
    /// These questions, one after the other.
    pub fn new(
        questions: Vec<Question>,
        events: u64,
        may_leave: bool,
    ) -> Result<Conversation, SandboxError> {
        let (ours, theirs) = socketpair(
            AddressFamily::Unix,
            SockType::SeqPacket,
            None,
            SockFlag::SOCK_CLOEXEC,
        )?;
        setsockopt(&ours, PassCred, &true)?;
        // So that who records much seldom waits for us; the system gives what it allows.
        if setsockopt(&theirs, SndBufForce, &ROOM).is_err() {
            let _ = setsockopt(&theirs, SndBuf, &ROOM);
        }
        let mut nonce = [0; NONCE];
        random(&mut nonce)?;
        Ok(Conversation {
            ours,
            theirs: Some(theirs),
            nonce,
            questions,
            answer: Vec::new(),
            program: 0,
            over: false,
            may_leave,
            answers: Vec::new(),
            taken: Taken::new(events),
            forged: false,
        })
    }

    /// The end for the program, before it is started.
    pub(super) fn theirs(&self) -> Option<RawFd> {
        self.theirs.as_ref().map(AsRawFd::as_raw_fd)
    }

    pub(super) fn as_fd(&self) -> BorrowedFd<'_> {
        self.ours.as_fd()
    }

    /// Whether nothing more will come.
    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    /// Asks the first question.
    pub(super) fn begin(&mut self) -> Result<(), SandboxError> {
        self.theirs = None;
        self.ask()
    }

    fn ask(&mut self) -> Result<(), SandboxError> {
        let Some(question) = self.questions.get(self.answers.len()) else {
            return Ok(());
        };
        let mut packet = self.nonce.to_vec();
        packet.extend(question.probe.to_le_bytes());
        packet.extend(question.seed.to_le_bytes());
        packet.extend(question.shake_us.to_le_bytes());
        packet.extend(question.carries.bytes());
        if packet.len() > PACKET {
            let long = format!("a question of {} bytes; {PACKET} fit", packet.len());
            return Err(SandboxError::Refused(long));
        }
        // A program that is gone already is noticed by its end.
        let _ = send_bytes(self.ours.as_fd(), &packet, &[]);
        Ok(())
    }

    pub(super) fn hear(&mut self, packet: Option<Packet>) -> Result<Next, SandboxError> {
        let Some(packet) = packet else {
            self.over = true;
            return Ok(Next::Listen);
        };
        let sender = packet.sender.unwrap_or(0);
        let named = packet.bytes.strip_prefix(&self.nonce);
        let Some((kind, body)) = named.and_then(|rest| rest.split_first()) else {
            self.forged = true;
            return Ok(Next::Listen);
        };
        if self.program == 0 {
            // Who hears the question says so before it calls the answer.
            self.program = sender;
            self.taken.main(sender);
        }
        match *kind {
            said::EVENT | said::LANE | said::LINE | said::BEGUN => {
                if !self.taken.take(sender, *kind, body) {
                    self.forged = true;
                }
                if self.taken.is_full() {
                    return Ok(Next::TooMuch);
                }
                return Ok(Next::Listen);
            }
            // A child that goes on in the program's main function is not the program.
            _ if sender != self.program => self.forged = true,
            said::PART | said::LAST => {
                self.answer.extend(body);
                if self.answer.len() > LONGEST_ANSWER {
                    return Ok(Next::TooMuch);
                }
                if *kind == said::LAST {
                    let bytes = std::mem::take(&mut self.answer);
                    match Value::read(&bytes) {
                        Some(value) => return self.go_on(Answered::Value(value)),
                        None => self.forged = true,
                    }
                }
            }
            said::PANIC => match read_panic(body) {
                Some(panic) => return self.go_on(panic),
                None => self.forged = true,
            },
            _ => self.forged = true,
        }
        Ok(Next::Listen)
    }

    fn go_on(&mut self, answered: Answered) -> Result<Next, SandboxError> {
        self.answers.push(answered);
        if self.answers.len() < self.questions.len() {
            self.ask()?;
            Ok(Next::Asked)
        } else {
            self.over = true;
            Ok(Next::Answered)
        }
    }
}

fn read_panic(mut body: &[u8]) -> Option<Answered> {
    let line = u32::from_le_bytes(take_array(&mut body)?);
    let file = take_text(&mut body)?;
    let message = take_text(&mut body)?;
    Some(Answered::Panic {
        message,
        file,
        line,
    })
}
