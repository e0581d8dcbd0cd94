//! Draws statements at random, from families: small alphabets meet more often.
use super::statement::Statement;

/// The families of statements a program draws from.
pub const FAMILIES: usize = 9;

/// The family of processes: it does not mix with the others, which use memory that processes do not share.
pub const PROCESSES: usize = 9;

/// One statement of some families.
pub fn statement(
    random: &mut fastrand::Rng,
    families: &[usize],
    depth: usize,
    threads: usize,
    main: bool,
) -> Statement {
    use Statement::*;
    let print = |random: &mut fastrand::Rng| Print {
        letter: random.choice(['a', 'b', 'c']).unwrap_or('a'),
        named: random.bool(),
    };
    if random.u8(..4) == 0 {
        return if random.u8(..10) == 0 {
            Half('h')
        } else {
            print(random)
        };
    }
    let inside = |random: &mut fastrand::Rng| -> Vec<Statement> {
        if depth > 0 {
            return vec![];
        }
        (0..random.usize(..3))
            .map(|_| statement(random, families, depth + 1, threads, main))
            .collect()
    };
    let family = families[random.usize(..families.len())];
    let pick = random.u8(..8);
    match family {
        0 => match pick {
            0..=2 => Load(random.usize(..2)),
            3..=4 => Store(random.usize(..2), random.u32(..2)),
            5 => Add(random.usize(..2)),
            6 => Cas(random.usize(..2), random.u32(..2), random.u32(1..3)),
            _ => Show,
        },
        1 => match pick {
            0..=1 => Locked(random.usize(..2), inside(random)),
            2 => TryLocked(random.usize(..2), inside(random)),
            3..=4 => AddLocked(0),
            5 => ReadLocked(0),
            6 => PanicIfOdd,
            _ => Show,
        },
        2 => match pick {
            0..=1 => Reading(inside(random)),
            2..=3 => Writing(inside(random)),
            4 => TryWriting(inside(random)),
            5 => TryReading(inside(random)),
            6 => AddLocked(1),
            _ => Show,
        },
        3 => match pick {
            0 => Wait,
            1..=2 => WaitForFlag,
            3 => WaitTimeout,
            4..=6 => Notify {
                flag: random.bool(),
                all: random.bool(),
            },
            _ => AddLocked(0),
        },
        4 => match pick {
            0..=3 => Arrive { ask: random.bool() },
            4 => Load(0),
            5 => Store(0, 1),
            _ => print(random),
        },
        5 => match pick {
            0..=2 => Once,
            3 => OnceSet,
            4..=5 => OncePeek,
            6 => Add(0),
            _ => Show,
        },
        6 => match pick {
            0..=2 => Send(random.usize(..3)),
            3 => TrySend,
            4 => Hang(random.usize(..3)),
            5..=6 => {
                if random.u8(..3) == 0 {
                    TryReceive(random.usize(..3))
                } else if random.u8(..4) == 0 {
                    ReceiveTimeout(random.usize(..3))
                } else {
                    Receive(random.usize(..3))
                }
            }
            _ => Deafen(random.usize(..3)),
        },
        PROCESSES => match pick {
            0..=1 => PipeWrite(1 + random.usize(..2)),
            2 if random.bool() => PipeRead(1 + random.usize(..2)),
            2 => PipeClose {
                writes: random.bool(),
            },
            3 => SharedGet,
            4 => SharedAdd,
            5 => ProcessLocked {
                tries: random.bool(),
                inner: inside(random),
            },
            6 if main => WaitChild(random.usize(..threads)),
            6 if random.u8(..3) == 0 => ChildExit(random.i32(..3)),
            6 => PipeRead(1),
            _ => Show,
        },
        7 => match pick {
            0..=2 => Park,
            3 => ParkTimeout,
            4..=5 => Unpark(random.usize(..threads)),
            _ => Store(0, 1),
        },
        _ => match pick {
            0..=2 if main => Finished(random.usize(..threads)),
            3..=4 if main => Join(random.usize(..threads)),
            5 => Exit,
            6 => PanicIfOdd,
            _ => Add(0),
        },
    }
}
