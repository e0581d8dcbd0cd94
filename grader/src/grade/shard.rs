//! A part of a class, for one machine of many: which students it holds follows from their ids alone, so the machines
//! need not know of each other.

use std::fmt;
use std::str::FromStr;

use crate::assignment::sha256;

/// At most so many parts.
pub const MAX_SHARDS: u32 = 10_000;

/// One of so many parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    /// Which, counted from 1.
    pub number: u32,
    /// Of how many.
    pub of: u32,
}

/// What was given is not a part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a part such as 2/8")]
pub struct NoShard(
    /// What was given.
    pub String,
);

impl Shard {
    /// Whether this student's submission is in it. Every student is in exactly one of the parts.
    pub fn holds(self, id: &str) -> bool {
        let hash = sha256(id.as_bytes());
        // Sixteen hexadecimal digits always are a number.
        let dealt = u64::from_str_radix(&hash[..16], 16).unwrap_or(0);
        dealt % u64::from(self.of) == u64::from(self.number - 1)
    }
}

impl FromStr for Shard {
    type Err = NoShard;

    fn from_str(text: &str) -> Result<Shard, NoShard> {
        let parts = text.split_once('/').and_then(|(number, of)| {
            let (number, of) = (number.parse().ok()?, of.parse().ok()?);
            ((1..=MAX_SHARDS).contains(&of) && (1..=of).contains(&number))
                .then_some(Shard { number, of })
        });
        parts.ok_or_else(|| NoShard(text.to_owned()))
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_student_is_in_exactly_one_part_and_the_parts_are_about_equal() {
        let mut sizes = [0; 3];
        for student in 0..300 {
            let id = format!("s{student}");
            let held: Vec<u32> = (1..=3)
                .filter(|number| {
                    Shard {
                        number: *number,
                        of: 3,
                    }
                    .holds(&id)
                })
                .collect();
            assert_eq!(held.len(), 1, "{id}");
            sizes[held[0] as usize - 1] += 1;
        }
        assert!(sizes.iter().all(|size| *size > 60), "{sizes:?}");
    }

    #[test]
    fn a_part_is_read_as_it_is_written_and_nonsense_refused() {
        assert_eq!("2/8".parse::<Shard>().unwrap().to_string(), "2/8");
        for wrong in [
            "", "2", "0/3", "4/3", "1/0", "1/10001", "-1/3", "1/3/5", "a/b",
        ] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
