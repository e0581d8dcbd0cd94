//! A player that is started before there is a part for it: to start a program takes longer than most first lines do.
//!
//! It waits for its part on standard input, and ends where that ends, as it does when the server dies. There is never
//! more than one; where none waits, or the one that did is gone, a run starts a player of its own.

use std::process::Stdio;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};

use crate::player::PART_FOLLOWS;
use crate::settings::Player;

/// The place of the one that waits.
#[derive(Debug, Default)]
pub struct Understudy(Mutex<Option<Child>>);

impl Understudy {
    fn place(&self) -> MutexGuard<'_, Option<Child>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts one, unless one waits. From a thread of the runtime: the player dies with the thread that started it.
    pub fn engage(&self, player: &Player) {
        let mut place = self.place();
        if player.waits && place.is_none() {
            // Without one, runs begin a little later.
            *place = command(player, PART_FOLLOWS)
                .stdin(Stdio::piped())
                .spawn()
                .ok();
        }
    }

    /// The one that waited, with this part.
    pub async fn take(&self, part: &str) -> Option<Child> {
        let mut player = self.place().take()?;
        let ended = player.try_wait();
        let mut told = player.stdin.take()?;
        let line = format!("{part}\n");
        // A part is shorter than what a pipe holds: this waits for nobody.
        let took = told.write_all(line.as_bytes()).await;
        (took.is_ok() && matches!(ended, Ok(None))).then_some(player)
    }

    /// Ends the one that waits.
    pub async fn dismiss(&self) {
        let waiting = self.place().take();
        if let Some(mut player) = waiting {
            let _ = player.kill().await;
        }
    }
}

/// A player with this as its last argument.
pub fn command(player: &Player, part: &str) -> Command {
    let mut command = Command::new(&player.program);
    command
        .args(&player.arguments)
        .arg(part)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}
