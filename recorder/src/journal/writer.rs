//! Writing, with the types of this crate; how it is done is [`ring`](crate::ring)'s business.

use super::Journal;
use crate::event::{Kind, LaneId, LaneKind, Object};
use crate::ring::Form;

impl Journal {
    /// Writes down that something happened and gives its number. When the journal is full, it takes the
    /// place of the oldest detail, which is counted as lost.
    pub fn record(&self, lane: LaneId, kind: Kind, object: Object) -> u64 {
        self.mapping.record(lane.0, kind, object.kind, object.id)
    }

    /// Writes down a printed line and gives its number. Lines are kept as long as there is room for them; one
    /// that does not fit any more is counted as lost.
    pub fn print(&self, lane: LaneId, who: &str, what: &str, value: &serde_json::Value) -> u64 {
        // A value that cannot be written as JSON does not exist.
        let value = serde_json::to_vec(value).unwrap_or_else(|_| b"null".to_vec());
        let parts: [&[u8]; 5] = [
            &(who.len() as u32).to_le_bytes(),
            &(what.len() as u32).to_le_bytes(),
            who.as_bytes(),
            what.as_bytes(),
            &value,
        ];
        self.mapping.print(lane.0, Form::Said, &parts)
    }

    /// Opens a lane and gives its number. Names longer than 96 bytes are cut at a character.
    pub fn open_lane(&self, kind: LaneKind, name: &str, parent: Option<LaneId>) -> LaneId {
        let process = kind == LaneKind::Process;
        let parent = parent.map(|parent| parent.0);
        LaneId(self.mapping.open_lane(process, name.as_bytes(), parent))
    }

    /// Says which process and kernel thread a lane is. The lane does so itself when it starts.
    pub fn identify_lane(&self, lane: LaneId, pid: i32, tid: i32) {
        self.mapping.identify_lane(lane.0, pid, tid);
    }
}
