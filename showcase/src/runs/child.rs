//! The process that plays a run. However it goes, when this is over no process of the run is left.
//!
//! A run is bounded by its real time, by what it tells, and by what all its processes hold together; what one process
//! may hold the player bounds itself. Told to end, a player gets SIGTERM first, so that the exercise's own files go
//! with it.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, ChildStderr, ChildStdout};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use super::census::{self, Census};
use super::understudy::{self, Understudy};
use super::{Ending, Run, State, Stop};
use crate::player::Told;
use crate::settings::Settings;

/// How long a player has to end by itself.
const GRACE: Duration = Duration::from_secs(1);
/// How often what a run holds is looked at.
const LOOK: Duration = Duration::from_millis(500);
/// Bytes kept of what a player complained of.
const COMPLAINT: usize = 2_000;
/// A line in memory takes about so much more than what was told of it.
const LINE_BYTES: usize = 160;

/// Plays the run to its end, or until `stop` says why not, and enters its end in the run. Those who look on get a
/// document at once, before what is left of its processes is looked for.
pub async fn play(
    settings: &Settings,
    census: &Arc<Census>,
    understudy: &Understudy,
    run: &Run,
    stop: impl Future<Output = Stop>,
) {
    let enter = |ending| run.enter(State::Ended(Arc::new(ending)));
    let mut playing = match start(settings, understudy, run).await {
        Ok(playing) => playing,
        Err(reason) => return enter(Ending::Stopped(Stop::Failed(reason))),
    };
    let session = playing.session;
    let complaint = tokio::spawn(beginning(playing.complained));
    let outcome = tokio::select! {
        outcome = listen(settings, run, playing.told) => outcome,
        reached = watch(settings, census, session) => Err(reached),
        why = stop => Err(why),
    };
    match outcome {
        Ok(Told::Document(document)) => {
            enter(Ending::Played(document));
            understudy.engage(&settings.player);
            end(&mut playing.child, session, false).await;
        }
        Ok(Told::Error(reason)) => {
            end(&mut playing.child, session, false).await;
            enter(Ending::Stopped(Stop::Failed(reason)));
        }
        Ok(Told::Line(_)) | Err(Stop::Failed(_)) => {
            end(&mut playing.child, session, false).await;
            // All who could hold its other end are gone.
            let said = timeout(GRACE, complaint).await;
            let said = said.ok().and_then(Result::ok).unwrap_or_default();
            enter(Ending::Stopped(Stop::Failed(said)));
        }
        Err(why) => {
            end(&mut playing.child, session, true).await;
            enter(Ending::Stopped(why));
        }
    }
}

/// A player that has been started.
struct Playing {
    child: Child,
    /// The number of its session, which is its own.
    session: i32,
    told: ChildStdout,
    complained: ChildStderr,
}

async fn start(settings: &Settings, understudy: &Understudy, run: &Run) -> Result<Playing, String> {
    let part = serde_json::to_string(&run.part).map_err(|error| error.to_string())?;
    let mut child = match understudy.take(&part).await {
        Some(child) => child,
        None => understudy::command(&settings.player, &part)
            .spawn()
            .map_err(|error| error.to_string())?,
    };
    let (told, complained) = (child.stdout.take(), child.stderr.take());
    let session = child.id().and_then(|id| i32::try_from(id).ok());
    match (told, complained, session) {
        (Some(told), Some(complained), Some(session)) => Ok(Playing {
            child,
            session,
            told,
            complained,
        }),
        _ => Err("it has no output".to_owned()),
    }
}

/// Hears what the player tells, until it tells the last thing.
async fn listen(settings: &Settings, run: &Run, mut told: ChildStdout) -> Result<Told, Stop> {
    let silent = || Stop::Failed(String::new());
    let mut heard: Vec<u8> = Vec::new();
    let mut all = 0;
    loop {
        let begin = heard.len();
        let count = told.read_buf(&mut heard).await.map_err(|_| silent())?;
        all += count;
        if all > settings.output {
            return Err(Stop::Output);
        }
        if count == 0 {
            return Err(silent());
        }
        let mut done = 0;
        let mut from = begin;
        while let Some(end) = heard[from..].iter().position(|byte| *byte == b'\n') {
            let line = &heard[done..from + end];
            let length = line.len();
            match serde_json::from_slice(line).map_err(|_| silent())? {
                Told::Line(line) => run.add(line, length + LINE_BYTES),
                last => {
                    run.weigh(length);
                    return Ok(last);
                }
            }
            from += end + 1;
            done = from;
        }
        heard.drain(..done);
    }
}

/// Waits until a bound is reached.
async fn watch(settings: &Settings, census: &Arc<Census>, session: i32) -> Stop {
    let deadline = Instant::now() + settings.time;
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // The first tick comes at once, before there is anything to see.
    look.tick().await;
    loop {
        tokio::select! {
            () = sleep_until(deadline) => return Stop::Time,
            _ = look.tick() => {}
        }
        let census = Arc::clone(census);
        let Ok(held) = spawn_blocking(move || census.of(session)).await else {
            continue;
        };
        if held.memory > settings.memory {
            return Stop::Memory;
        }
        if held.threads > settings.threads {
            return Stop::Threads;
        }
    }
}

/// Ends the player and everything it started.
async fn end(child: &mut Child, session: i32, told_to_end: bool) {
    if told_to_end {
        // Not yet waited for, so the number is still its own.
        let _ = kill(Pid::from_raw(session), Signal::SIGTERM);
    }
    if timeout(GRACE, child.wait()).await.is_err() {
        let _ = child.kill().await;
    }
    let _ = spawn_blocking(move || census::sweep(session)).await;
}

/// The beginning of what is read to its end.
async fn beginning(mut from: impl AsyncRead + Unpin) -> String {
    let (mut kept, mut buffer) = (Vec::new(), [0; 1024]);
    while let Ok(count @ 1..) = from.read(&mut buffer).await {
        let room = COMPLAINT.saturating_sub(kept.len());
        kept.extend_from_slice(&buffer[..count.min(room)]);
    }
    String::from_utf8_lossy(&kept).trim().to_owned()
}
