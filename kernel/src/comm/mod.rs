//! Comms: channels between something in the page (a widget) and something here.
//!
//! Here is who is open (`Comms`), what widgets say over them (`widget`), and what we have widgets
//! for: picking an exercise and playing it (`picker`), choosing who goes next (`board`); `panels` are all of them. Messages are
//! answered on the language's thread, between cells. A message for a comm that is not open is
//! dropped, and a comm to a target nobody knows is closed at once, as the protocol wants.

pub(crate) mod board;
mod choice;
pub(crate) mod panels;
pub(crate) mod picker;
mod view;
pub(crate) mod widget;

use std::collections::BTreeMap;

use parking_lot::Mutex;

use crate::wire::ReplyStatus;
use crate::wire::comm::{CommInfo, CommInfoReply};

/// Comms that can be open at once; a page that opens more has them closed.
const MOST_COMMS: usize = 4096;

/// All open comms, whichever side opened them: the name of each one's target.
#[derive(Default)]
pub(crate) struct Comms {
    open: Mutex<BTreeMap<String, String>>,
}

impl Comms {
    /// `false` where there is such a comm already, or no room.
    pub(crate) fn add(&self, id: &str, target: &str) -> bool {
        let mut open = self.open.lock();
        let room = open.len() < MOST_COMMS && !open.contains_key(id);
        if room {
            open.insert(id.to_owned(), target.to_owned());
        }
        room
    }

    pub(crate) fn remove(&self, id: &str) -> bool {
        self.open.lock().remove(id).is_some()
    }

    pub(crate) fn contains(&self, id: &str) -> bool {
        self.open.lock().contains_key(id)
    }

    pub(crate) fn info(&self, target: Option<&str>) -> CommInfoReply {
        let open = self.open.lock();
        let comms = open
            .iter()
            .filter(|(_, name)| target.is_none_or(|target| target == **name))
            .map(|(id, name)| {
                let target_name = name.clone();
                (id.clone(), CommInfo { target_name })
            })
            .collect();
        CommInfoReply {
            status: ReplyStatus::Ok,
            comms,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_for_so_many_and_one_name_is_open_once() {
        let comms = Comms::default();
        for number in 0..MOST_COMMS {
            assert!(comms.add(&number.to_string(), "t"));
        }
        assert!(!comms.add("one more", "t"));
        assert!(comms.remove("7") && !comms.remove("7"));
        assert!(comms.add("one more", "t") && !comms.add("one more", "t"));
        assert_eq!(comms.info(Some("other")).comms.len(), 0);
        assert_eq!(comms.info(None).comms.len(), MOST_COMMS);
    }
}
