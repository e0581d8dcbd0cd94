//! Every bound of the showcase, in one place.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use messages::Language;

/// What plays an exercise: a program that becomes a player when it gets this command line and, behind it, one more
/// argument: a [`Part`](crate::player::Part) as JSON.
#[derive(Clone, Debug)]
pub struct Player {
    /// The program.
    pub program: PathBuf,
    /// Its arguments before the part.
    pub arguments: Vec<OsString>,
    /// Whether it can be started before there is a part: it then gets
    /// [`PART_FOLLOWS`](crate::player::PART_FOLLOWS) instead of one.
    pub waits: bool,
}

impl Player {
    /// A program whose `main` begins with [`player::dispatch`](crate::player::dispatch).
    pub fn new(program: PathBuf) -> Player {
        Player {
            program,
            arguments: vec![crate::player::WORD.into()],
            waits: true,
        }
    }
}

/// How the showcase is to work.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it listens.
    pub address: SocketAddr,
    /// The names of this server besides `localhost` and addresses; a proxy in front of it may ask by them.
    pub names: Vec<String>,
    /// Whether a proxy stands in front, which says for whom it asks (`X-Forwarded-For`). Without one that is anybody's
    /// word, and not believed.
    pub behind_proxy: bool,
    /// The language of readers whose browser asks for none of ours.
    pub language: Language,
    /// What plays an exercise.
    pub player: Player,
    /// Runs at once; of one client half of them. Exercises mostly sleep, so there may be more of them than cores.
    pub at_once: usize,
    /// Runs that may wait for their turn, of one client half of them; more are sent away with 429.
    pub waiting: usize,
    /// The real time a run may take. The player's own limit is shorter and gives a document.
    pub time: Duration,
    /// Bytes of memory all processes of a run may hold together.
    pub memory: u64,
    /// Threads of all processes of a run together.
    pub threads: usize,
    /// Bytes a player may write.
    pub output: usize,
    /// Ended runs that can still be looked at.
    pub kept: usize,
    /// Bytes of all of them.
    pub kept_bytes: usize,
    /// Connections at once.
    pub connections: usize,
    /// How long a client may take to send the head of a request.
    pub head: Duration,
    /// Bytes of a request's head, and with it of an address.
    pub head_bytes: usize,
    /// How long an answer may take that is not a run, and how long the body of a request may take.
    pub answer: Duration,
    /// How long one connection may live.
    pub connection: Duration,
    /// How long what is under way may take to end when the server ends.
    pub farewell: Duration,
    /// Rooms at once.
    pub rooms: usize,
    /// Readers of one room.
    pub room_readers: usize,
    /// A room that nobody has used for so long is closed.
    pub room_idle: Duration,
}

impl Settings {
    /// The usual bounds.
    pub fn new(address: SocketAddr, player: Player) -> Settings {
        Settings {
            address,
            names: Vec::new(),
            behind_proxy: false,
            language: Language::En,
            player,
            at_once: 24,
            waiting: 64,
            time: Duration::from_secs(66),
            memory: 1 << 30,
            threads: 1024,
            output: 24 << 20,
            kept: 64,
            kept_bytes: 64 << 20,
            connections: 1024,
            head: Duration::from_secs(10),
            head_bytes: 16 << 10,
            answer: Duration::from_secs(10),
            connection: Duration::from_secs(3600),
            farewell: Duration::from_secs(4),
            rooms: 32,
            room_readers: 250,
            room_idle: Duration::from_secs(4 * 3600),
        }
    }
}
