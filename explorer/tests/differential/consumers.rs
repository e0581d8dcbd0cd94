//! Random small programs over one channel with many senders and receivers.
use explorer::model::crossbeam::channel::{Receiver, Sender, bounded, unbounded};
use explorer::model::{println, thread};
use std::time::Duration;

/// One statement of a thread. Whoever has no end any more does nothing.
#[derive(Debug, Clone, Copy)]
enum Statement {
    /// Prints its thread.
    Print,
    /// Sends.
    Send,
    /// Sends if there is room.
    TrySend,
    /// Receives.
    Receive,
    /// Receives if there is something.
    TryReceive,
    /// Receives, or gives up.
    ReceiveTimeout,
    /// Prints how many messages there are.
    Count,
    /// Gives up its sender.
    Hang,
    /// Gives up its receiver.
    Deafen,
}

/// What a thread does, and with which ends.
#[derive(Debug, Clone)]
struct Part {
    sends: bool,
    receives: bool,
    statements: Vec<Statement>,
}

/// A program: main puts some messages into the channel, starts the threads, does its own part, and joins them or not.
#[derive(Debug, Clone)]
pub struct Program {
    capacity: Option<usize>,
    /// Messages that are there before anybody else is: receivers race for them with each other alone.
    filled: usize,
    threads: Vec<Part>,
    main: Part,
    join: bool,
    /// Receivers live until all threads are joined. Where each goes with its thread, going is what orders the receives.
    keeps: bool,
}

/// The ends a thread has.
struct Ends {
    me: u32,
    /// Messages it has tried to send. No two messages are alike: who received which would be seen by nobody.
    sent: u32,
    sender: Option<Sender<u32>>,
    receiver: Option<Receiver<u32>>,
}

use Statement::*;

/// What a program draws from, and how often of six times a thread has an end. Small programs from small alphabets meet
/// more often than large ones, of which the witness can try few.
struct Draw {
    alphabet: &'static [Statement],
    sends: u8,
    receives: u8,
    small: bool,
}

const ALL: Draw = Draw {
    alphabet: &[
        Print,
        Send,
        Send,
        TrySend,
        Receive,
        Receive,
        Receive,
        TryReceive,
        ReceiveTimeout,
        Count,
        Hang,
        Deafen,
    ],
    sends: 4,
    receives: 4,
    small: false,
};

const RECEIVING: Draw = Draw {
    alphabet: &[Receive, Receive, TryReceive, ReceiveTimeout, Count, Send],
    sends: 2,
    receives: 5,
    small: true,
};

const LEAVING: Draw = Draw {
    alphabet: &[Send, Send, Receive, Count, Hang, Deafen],
    sends: 3,
    receives: 3,
    small: true,
};

impl Draw {
    fn part(&self, random: &mut fastrand::Rng, count: usize) -> Part {
        // In a small program whoever does nothing keeps nobody waiting.
        let takes_part = count > 0 || !self.small;
        Part {
            sends: takes_part && random.u8(..6) < self.sends,
            receives: takes_part && random.u8(..6) < self.receives,
            statements: (0..count)
                .filter_map(|_| random.choice(self.alphabet).copied())
                .collect(),
        }
    }
}

impl Program {
    /// The program of a seed.
    pub fn random(seed: u64) -> Self {
        let mut random =
            fastrand::Rng::with_seed(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xC805);
        let capacity = random
            .choice([None, None, Some(0), Some(1), Some(2)])
            .flatten();
        let filled = random.usize(..3).min(capacity.unwrap_or(2));
        let draw = [&ALL, &RECEIVING, &RECEIVING, &LEAVING][random.usize(..4)];
        let keeps = random.bool();
        let threads = if draw.small { 2 } else { 2 + random.usize(..2) };
        Self {
            capacity,
            filled,
            threads: (0..threads)
                .map(|_| {
                    let count = match draw.small {
                        true => 1 + random.usize(..3) / 2,
                        false => random.usize(..=5 - threads),
                    };
                    draw.part(&mut random, count)
                })
                .collect(),
            main: {
                let count = random.usize(..3);
                draw.part(&mut random, if draw.small { count / 2 } else { count })
            },
            join: keeps || random.u8(..4) != 0,
            keeps,
        }
    }

    /// Runs it in the model.
    pub fn run(&self) {
        let (sender, receiver) = match self.capacity {
            None => unbounded(),
            Some(capacity) => bounded(capacity),
        };
        for message in 1..=self.filled as u32 {
            let _ = sender.send(message);
        }
        let ends = |me: u32, part: &Part| Ends {
            me,
            sent: self.filled as u32,
            sender: part.sends.then(|| sender.clone()),
            receiver: part.receives.then(|| receiver.clone()),
        };
        let (keeps, mut kept, mut handles) = (self.keeps, Vec::new(), Vec::new());
        // All ends are given out before the first thread starts: main's own would order what the threads do.
        let mut mine = ends(0, &self.main);
        let theirs: Vec<_> = (1..)
            .zip(&self.threads)
            .map(|(me, part)| (ends(me, part), part.statements.clone()))
            .collect();
        drop((sender, receiver));
        for (mut ends, statements) in theirs {
            handles.push(thread::spawn(move || {
                statements.iter().for_each(|one| one.run(&mut ends));
                ends.receiver.take().filter(|_| keeps)
            }));
        }
        self.main
            .statements
            .iter()
            .for_each(|one| one.run(&mut mine));
        kept.extend(mine.receiver.take().filter(|_| keeps));
        drop(mine);
        if self.join {
            for handle in handles {
                kept.extend(handle.join().ok().flatten());
            }
        }
    }
}

impl Ends {
    fn next_message(&mut self) -> u32 {
        self.sent += 1;
        self.me * 10 + self.sent
    }
}

impl Statement {
    fn run(self, ends: &mut Ends) {
        let me = ends.me;
        let message = match self {
            Self::Send | Self::TrySend => ends.next_message(),
            _ => 0,
        };
        match (self, &ends.sender, &ends.receiver) {
            (Self::Print, ..) => println!("{me}"),
            (Self::Send, Some(sender), _) => match sender.send(message) {
                Ok(()) => println!("{me} sent"),
                Err(error) => println!("{me} has {} back", error.into_inner()),
            },
            // What a try finds in a rendezvous is not modelled, and no proof.
            (Self::TrySend, Some(sender), _) if sender.capacity() == Some(0) => {}
            (Self::TrySend, Some(sender), _) => println!("{me} {:?}", sender.try_send(message)),
            (Self::Receive, _, Some(receiver)) => println!("{me} {:?}", receiver.recv()),
            (Self::TryReceive, _, Some(receiver)) => println!("{me} {:?}", receiver.try_recv()),
            (Self::ReceiveTimeout, _, Some(receiver)) => {
                println!("{me} {:?}", receiver.recv_timeout(Duration::from_millis(1)));
            }
            (Self::Count, Some(sender), _) => println!("{me} counts {}", sender.len()),
            (Self::Count, None, Some(receiver)) => println!("{me} counts {}", receiver.len()),
            (Self::Hang, ..) => ends.sender = None,
            (Self::Deafen, ..) => ends.receiver = None,
            _ => {}
        }
    }
}
