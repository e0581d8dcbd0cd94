//! The table of lanes: who takes part in a run, what they are called, and how they ended.

use super::Ring;
use super::layout::{LANE_NAME_BYTES, LaneEntry};
use crate::identity::own_pid;
use core::sync::atomic::Ordering;

impl Ring {
    /// Opens a lane and gives its number.
    pub fn open_lane(&self, process: bool, name: &[u8], parent: Option<u32>) -> u32 {
        let number = self.header().next_lane.fetch_add(1, Ordering::AcqRel);
        let Some(entry) = self.lane(number) else {
            // Beyond the table: events still carry the number, only the name is not kept.
            self.header().lost_details.fetch_add(1, Ordering::Relaxed);
            return number;
        };
        self.name_lane(number, name);
        entry.parent.store(
            parent.map_or(0, |parent| parent.saturating_add(1)),
            Ordering::Relaxed,
        );
        entry
            .state
            .store(if process { 2 } else { 1 }, Ordering::Release);
        number
    }

    /// Says that nobody will ever be this lane.
    pub fn void_lane(&self, lane: u32) {
        if let Some(entry) = self.lane(lane) {
            entry.state.store(3, Ordering::Release);
        }
    }

    /// Gives a lane a name. One that is longer than 96 bytes is cut at a character.
    pub fn name_lane(&self, lane: u32, name: &[u8]) {
        let Some(entry) = self.lane(lane) else { return };
        let mut length = name.len().min(LANE_NAME_BYTES);
        // The bytes after the first of a character begin with the bits 10 (UTF-8).
        while length < name.len() && length > 0 && name[length] & 0xc0 == 0x80 {
            length -= 1;
        }
        for (word, part) in entry.name.iter().zip(name[..length].chunks(8)) {
            let mut eight = [0u8; 8];
            eight[..part.len()].copy_from_slice(part);
            word.store(u64::from_le_bytes(eight), Ordering::Relaxed);
        }
        entry.name_len.store(length as u32, Ordering::Release);
    }

    /// The bytes of a lane's name, and how many they are; none beyond the table.
    pub fn name_of_lane(&self, lane: u32) -> Option<([u8; LANE_NAME_BYTES], usize)> {
        let entry = self.lane(lane)?;
        let mut bytes = [0; LANE_NAME_BYTES];
        for (eight, word) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(&entry.name) {
            *eight = word.load(Ordering::Relaxed).to_le_bytes();
        }
        let length = entry.name_len.load(Ordering::Acquire) as usize;
        Some((bytes, length.min(LANE_NAME_BYTES)))
    }

    /// Says which process and kernel thread a lane is.
    pub fn identify_lane(&self, lane: u32, pid: i32, tid: i32) {
        if let Some(entry) = self.lane(lane) {
            entry.pid.store(pid, Ordering::Relaxed);
            entry.tid.store(tid, Ordering::Release);
        }
    }

    /// The latest lane of a process' main thread.
    pub fn lane_of_process(&self, pid: i32) -> Option<u32> {
        self.latest_lane(|entry| {
            entry.state.load(Ordering::Acquire) == 2 && entry.pid.load(Ordering::Relaxed) == pid
        })
    }

    /// Says which thread of this process a lane is. Whoever starts a thread says it too, because
    /// it may join the thread before that has begun.
    pub fn keep_handle(&self, lane: u32, handle: u64) {
        if let Some(entry) = self.lane(lane) {
            entry.pid.store(own_pid(), Ordering::Relaxed);
            entry.handle.store(handle, Ordering::Relaxed);
        }
    }

    /// The latest lane of a thread of this process that was not joined.
    pub fn lane_of_thread(&self, handle: u64) -> Option<u32> {
        let pid = own_pid();
        self.latest_lane(|entry| {
            entry.handle.load(Ordering::Relaxed) == handle
                && entry.state.load(Ordering::Acquire) == 1
                && entry.pid.load(Ordering::Relaxed) == pid
        })
    }

    fn latest_lane(&self, is_it: impl Fn(&LaneEntry) -> bool) -> Option<u32> {
        (0..self.opened_lanes())
            .rev()
            .find(|number| self.lane(*number).is_some_and(&is_it))
    }

    /// Notes how a process ended, as wait(2) tells it.
    pub fn end_lane(&self, lane: u32, status: i32) {
        if let Some(entry) = self.lane(lane) {
            entry
                .ending
                .store((status as u32 & 0xffff) + 1, Ordering::Relaxed);
        }
    }
}
