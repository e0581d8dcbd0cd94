//! Where a message lies in the file: an offset, and which of two epochs it belongs to.

use std::io;

/// An epoch's colour and an offset in the file, in one word.
///
/// The file is used from its beginning to its end, and from the beginning again once everything was
/// taken: that begins a new **epoch**. One is followed by another only after something was put in
/// it and all of that was taken. So when a reader looks, the writers are in its own epoch or in the
/// next one, and a single bit tells which. The bit is one that no offset needs: the system's file
/// offsets are signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place(u64);

const COLOUR: u64 = 1 << 63;

impl Place {
    pub fn offset(self) -> u64 {
        self.0 & !COLOUR
    }

    pub fn is_same_epoch(self, other: Place) -> bool {
        (self.0 ^ other.0) & COLOUR == 0
    }

    /// The beginning of the next epoch.
    pub fn next_epoch(self) -> Place {
        Place((self.0 & COLOUR) ^ COLOUR)
    }

    /// So many bytes further on, if a file can be that long.
    pub fn after(self, bytes: u64) -> io::Result<Place> {
        match self.offset().checked_add(bytes) {
            Some(end) if end & COLOUR == 0 => Ok(Place((self.0 & COLOUR) | end)),
            _ => Err(io::Error::from(io::ErrorKind::FileTooLarge)),
        }
    }

    pub fn word(self) -> u64 {
        self.0
    }

    pub fn from_word(word: u64) -> Place {
        Place(word)
    }
}

/// What the writers have done, up to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// Where the last message ends.
    pub tail: Place,
    /// How many messages were ever put.
    pub put: u64,
}

impl Written {
    pub fn from_words([tail, put]: [u64; 2]) -> Written {
        Written {
            tail: Place::from_word(tail),
            put,
        }
    }

    pub fn words(self) -> [u64; 2] {
        [self.tail.word(), self.put]
    }
}

/// What the readers have done, up to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// Where the last message that was taken ends.
    pub head: Place,
    /// How many messages were ever taken.
    pub taken: u64,
    /// What the last reader knew of the tail, in the epoch of the head: up to here there are
    /// messages, and nobody need ask the writers.
    pub seen: Place,
}

impl Taken {
    pub fn from_words([head, taken, seen]: [u64; 3]) -> Taken {
        Taken {
            head: Place::from_word(head),
            taken,
            seen: Place::from_word(seen),
        }
    }

    pub fn words(self) -> [u64; 3] {
        [self.head.word(), self.taken, self.seen.word()]
    }

    /// Whether more is known to be there.
    pub fn knows_more(self) -> bool {
        self.head.offset() < self.seen.offset()
    }

    /// The same with what the writers have done since, if they have.
    pub fn with(self, written: Written) -> Taken {
        if written.put == self.taken {
            self
        } else if written.tail.is_same_epoch(self.head) {
            Taken {
                seen: written.tail,
                ..self
            }
        } else {
            // They began anew, which they do only when everything was taken.
            Taken {
                head: self.head.next_epoch(),
                seen: written.tail,
                ..self
            }
        }
    }
}

/// How many bytes lie between the two.
pub(super) fn bytes_between(taken: Taken, written: Written) -> u64 {
    let from = match written.tail.is_same_epoch(taken.head) {
        true => taken.head.offset(),
        false => 0,
    };
    written.tail.offset().saturating_sub(from)
}
