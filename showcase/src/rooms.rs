//! Rooms of a class: a teacher shows one page to all who are in the room.
//!
//! A room has a short name, which everybody may know, and a key, which only the browser of the one who opened it has
//! (in a cookie that no other site makes it send). It holds the run it shows, so that one who comes late sees the
//! same run as the others, and not another one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::watch;

use crate::runs::Viewer;
use crate::settings::Settings;
use crate::words::{fresh_name, short_name};

/// The cookie of the one who opened a room.
pub const COOKIE: &str = "weft-room";

/// What a room shows.
#[derive(Clone, Debug)]
pub enum Shown {
    /// Nothing yet.
    Nothing,
    /// A run, held for as long as it is shown.
    Run(Arc<Viewer>),
}

impl Shown {
    /// Its address, without a language.
    pub fn path(&self) -> Option<String> {
        match self {
            Shown::Nothing => None,
            Shown::Run(viewer) => Some(format!("/run/{}?bare=1", viewer.run().id)),
        }
    }

    /// The exercise.
    pub fn exercise(&self) -> Option<&str> {
        match self {
            Shown::Nothing => None,
            Shown::Run(viewer) => Some(&viewer.run().part.exercise),
        }
    }
}

#[derive(Debug)]
struct Room {
    key: String,
    shown: watch::Sender<Shown>,
    used: Instant,
}

/// Why a room cannot be entered or led.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomError {
    /// There is no room of this name.
    Unknown,
    /// There are as many rooms, or readers of this one, as there may be.
    Full,
    /// The key is not this room's.
    NotYours,
}

/// All rooms.
#[derive(Debug)]
pub struct Rooms {
    settings: Arc<Settings>,
    open: Mutex<HashMap<String, Room>>,
}

impl Rooms {
    /// No rooms yet.
    pub fn new(settings: Arc<Settings>) -> Rooms {
        Rooms {
            settings,
            open: Mutex::default(),
        }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<String, Room>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, room| {
            room.used.elapsed() < self.settings.room_idle || room.shown.receiver_count() > 0
        });
        open
    }

    /// Opens a room. Gives its name and the cookie of the one who leads it.
    pub fn begin(&self) -> Result<(String, String), RoomError> {
        let mut open = self.open();
        if open.len() >= self.settings.rooms {
            // Who opens rooms and leaves them keeps nobody else out.
            let unused = open
                .iter()
                .filter(|(_, room)| {
                    room.shown.receiver_count() == 0
                        && matches!(*room.shown.borrow(), Shown::Nothing)
                })
                .min_by_key(|(_, room)| room.used)
                .map(|(name, _)| name.clone());
            open.remove(&unused.ok_or(RoomError::Full)?);
        }
        let mut name = short_name();
        while open.contains_key(&name) {
            name = short_name();
        }
        let key = fresh_name();
        let cookie = format!("{name}.{key}");
        let room = Room {
            key,
            shown: watch::Sender::new(Shown::Nothing),
            used: Instant::now(),
        };
        open.insert(name.clone(), room);
        Ok((name, cookie))
    }

    /// The room this cookie leads.
    pub fn led_by(&self, cookie: &str) -> Option<String> {
        let (name, key) = cookie.split_once('.')?;
        let open = self.open();
        let room = open.get(name)?;
        same(&room.key, key).then(|| name.to_owned())
    }

    /// What the room shows now.
    pub fn shown(&self, name: &str) -> Result<Shown, RoomError> {
        let open = self.open();
        let room = open.get(name).ok_or(RoomError::Unknown)?;
        Ok(room.shown.borrow().clone())
    }

    /// What the room shows, now and from now on.
    pub fn enter(&self, name: &str) -> Result<watch::Receiver<Shown>, RoomError> {
        let open = self.open();
        let room = open.get(name).ok_or(RoomError::Unknown)?;
        if room.shown.receiver_count() >= self.settings.room_readers {
            return Err(RoomError::Full);
        }
        Ok(room.shown.subscribe())
    }

    /// Shows this to all in the room.
    pub fn show(&self, name: &str, cookie: &str, shown: Shown) -> Result<(), RoomError> {
        if self.led_by(cookie).as_deref() != Some(name) {
            return Err(RoomError::NotYours);
        }
        // What was shown before is let go only after the room is: that may end a run.
        let former = {
            let mut open = self.open();
            let room = open.get_mut(name).ok_or(RoomError::Unknown)?;
            room.used = Instant::now();
            room.shown.send_replace(shown)
        };
        drop(former);
        Ok(())
    }

    /// Lets all rooms go.
    pub fn close(&self) {
        let rooms = std::mem::take(&mut *self.open());
        drop(rooms);
    }
}

/// Compares without telling by the time it takes where the two differ.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one
            .bytes()
            .zip(other.bytes())
            .fold(0, |differ, (one, other)| differ | (one ^ other))
            == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Player;

    fn rooms(most: usize) -> Rooms {
        let address = ([127, 0, 0, 1], 0).into();
        let mut settings = Settings::new(address, Player::new("/nonexistent".into()));
        settings.rooms = most;
        Rooms::new(Arc::new(settings))
    }

    #[test]
    fn only_who_opened_a_room_leads_it() {
        let rooms = rooms(4);
        let (name, cookie) = rooms.begin().unwrap();
        let (other, _) = rooms.begin().unwrap();
        assert_eq!(rooms.led_by(&cookie), Some(name.clone()));
        assert_eq!(rooms.show(&name, &cookie, Shown::Nothing), Ok(()));
        for (room, key) in [(&other, cookie.as_str()), (&name, "x.y"), (&name, "")] {
            let refused = rooms.show(room, key, Shown::Nothing);
            assert_eq!(refused, Err(RoomError::NotYours));
        }
    }

    #[test]
    fn there_are_only_so_many_rooms() {
        let rooms = rooms(2);
        let (one, _) = rooms.begin().unwrap();
        let (other, cookie) = rooms.begin().unwrap();
        let reader = rooms.enter(&one).unwrap();
        let (third, _) = rooms.begin().unwrap();
        assert_eq!(rooms.led_by(&cookie), None, "nobody was in {other}");
        let another = rooms.enter(&third).unwrap();
        assert_eq!(rooms.begin(), Err(RoomError::Full));
        drop(reader);
        assert!(rooms.begin().is_ok());
        drop(another);
    }
}
