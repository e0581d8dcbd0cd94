//! The program's second life: a child that plays one exercise and tells it line by line.
//!
//! The child leads a session of its own, so that everything an exercise starts can be found and counted, and it gets
//! SIGTERM when the server dies. It gets its part as an argument, or later on standard input. It tells on a descriptor
//! that nothing it starts can write to: what an exercise's programs print to their standard output cannot be taken for
//! what the player says.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, Read, Write};
use std::os::fd::AsFd;
use std::time::Duration;

use exercises::catalogue;
use exercises::lesson::Scene;
use exercises::run::{LIMIT, Request};
use nix::sys::resource::{Resource, setrlimit};
use nix::sys::signal::Signal;
use recorder::Line;
use recorder::document::Document;
use serde::{Deserialize, Serialize};

/// The first argument that makes a program a player.
pub const WORD: &str = "showcase-player";

/// In the place of a part: it follows as one line on standard input.
pub const PART_FOLLOWS: &str = "-";

/// A part is no longer than this.
const PART_BYTES: u64 = 64 << 10;
/// The largest file a run may write.
const FILE_BYTES: u64 = 64 << 20;
/// Descriptors of one process.
const DESCRIPTORS: u64 = 1024;
/// Seconds of processor time of one process.
const PROCESSOR_SECONDS: u64 = 120;

/// What is to be played. Two equal parts are the same run.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Part {
    /// The exercise.
    pub exercise: String,
    /// The scenario, from 1.
    pub scenario: u32,
    /// Parameters by name; the others have their default.
    pub params: BTreeMap<String, i64>,
    /// The seed of the random choices; without one it is drawn.
    pub seed: Option<u64>,
    /// Random delays of up to so many milliseconds.
    pub shake_ms: u64,
    /// Bytes of memory one process may write to.
    pub memory: u64,
}

/// What a player says, one JSON document a line.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Told {
    /// The exercise printed a line.
    Line(Line),
    /// The exercise has ended. Nothing comes after this.
    Document(Box<Document>),
    /// The exercise could not be played. Nothing comes after this.
    Error(String),
}

/// Becomes the player where the program was started as one, and then never returns. Has to come first in `main`:
/// an exercise is played by forking, which needs a program without threads.
pub fn dispatch() {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().as_deref() == Some(OsStr::new(WORD)) {
        let part = arguments.next();
        let code = match perform(part.as_deref()) {
            Ok(()) => 0,
            Err(error) => {
                // The server keeps the end of this stream for the one who reads its own.
                let _ = writeln!(io::stderr(), "{WORD}: {error}");
                1
            }
        };
        std::process::exit(code);
    }
}

fn perform(part: Option<&OsStr>) -> io::Result<()> {
    let invalid = |reason: String| io::Error::new(io::ErrorKind::InvalidInput, reason);
    let part = part
        .and_then(OsStr::to_str)
        .ok_or_else(|| invalid("the part to play is missing".to_owned()))?;
    let mut told = own_output()?;
    live_and_die_with_server()?;
    let part = match part {
        PART_FOLLOWS => match wait_for_part()? {
            Some(part) => part,
            // Nobody had one for us.
            None => return Ok(()),
        },
        part => part.to_owned(),
    };
    let part: Part = serde_json::from_str(&part)
        .map_err(|error| invalid(format!("the part to play cannot be read: {error}")))?;
    bound(&part)?;
    let played = play(&part, &mut |line| {
        tell(&mut told, &Told::Line(line.clone()))
    });
    tell(
        &mut told,
        &match played {
            Ok(document) => Told::Document(Box::new(document)),
            Err(reason) => Told::Error(reason),
        },
    );
    Ok(())
}

/// The part that comes on standard input, which leads nowhere from then on.
fn wait_for_part() -> io::Result<Option<String>> {
    let mut part = String::new();
    io::stdin().lock().take(PART_BYTES).read_line(&mut part)?;
    nix::unistd::dup2_stdin(File::open("/dev/null")?)?;
    Ok(part.ends_with('\n').then_some(part))
}

/// Takes standard output away from everything but the player: this descriptor is closed in every program an exercise
/// starts, and number 1 leads nowhere.
fn own_output() -> io::Result<File> {
    let told = io::stdout().as_fd().try_clone_to_owned()?;
    let nowhere = OpenOptions::new().write(true).open("/dev/null")?;
    nix::unistd::dup2_stdout(nowhere)?;
    Ok(File::from(told))
}

fn live_and_die_with_server() -> io::Result<()> {
    nix::unistd::setsid()?;
    let server = nix::unistd::getppid();
    nix::sys::prctl::set_pdeathsig(Signal::SIGTERM)?;
    // It may have died before we asked to be told.
    if nix::unistd::getppid() != server {
        return Err(io::Error::other("the server is gone"));
    }
    Ok(())
}

fn bound(part: &Part) -> io::Result<()> {
    for (resource, limit) in [
        (Resource::RLIMIT_DATA, part.memory),
        (Resource::RLIMIT_CORE, 0),
        (Resource::RLIMIT_FSIZE, FILE_BYTES),
        (Resource::RLIMIT_NOFILE, DESCRIPTORS),
        (Resource::RLIMIT_CPU, PROCESSOR_SECONDS),
    ] {
        // What is already tighter stays as it is.
        let (_, hard) = nix::sys::resource::getrlimit(resource)?;
        let limit = limit.min(hard);
        setrlimit(resource, limit, limit)?;
    }
    Ok(())
}

fn play(part: &Part, on_line: &mut dyn FnMut(&Line)) -> Result<Document, String> {
    let lesson = catalogue::find(&part.exercise)
        .ok_or_else(|| format!("there is no exercise {}", part.exercise))?;
    let scene = Scene::from_number(part.scenario.into())
        .ok_or_else(|| format!("there is no scenario {}", part.scenario))?;
    let request = Request {
        params: part.params.clone(),
        seed: part.seed,
        shake_ms: part.shake_ms,
        time_scale: None,
        limit: LIMIT,
        // Nobody but the server follows; it knows by itself how long it has been waiting.
        while_silent: None::<fn(Duration)>,
        ..Request::new(lesson, scene)
    };
    exercises::run::run(request, on_line).map_err(|error| {
        let mut said = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            said = format!("{said}: {cause}");
            source = cause.source();
        }
        said
    })
}

/// Says something to the server. When that no longer listens, SIGTERM is on its way.
fn tell(told: &mut File, said: &Told) {
    if let Ok(mut line) = serde_json::to_vec(said) {
        line.push(b'\n');
        let _ = told.write_all(&line);
    }
}
