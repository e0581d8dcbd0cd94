//! Whether anybody is left on the other side, and who died there.

use super::Channel;
use crate::primitive::participants::{Roles, Table};
use crate::primitive::robust::Abandoned;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    GoOn,
    /// Somebody died, and nobody was told.
    News,
    /// Nobody is left on the other side.
    Alone,
}

impl Channel {
    /// Whether anybody is left on the other side. Looks only at what is already known.
    pub(super) fn verdict(&self, other_side: Roles) -> Verdict {
        // If somebody is seen there, somebody is there. To be alone takes a closer look.
        match self.verdict_of(self.handle.table(), other_side) {
            Verdict::Alone => self
                .handle
                .table()
                .at_one_moment(|table| self.verdict_of(table, other_side)),
            other => other,
        }
    }

    fn verdict_of(&self, table: &Table, other_side: Roles) -> Verdict {
        let mut alone = true;
        for seat in table.others().filter(|seat| seat.has_role(other_side)) {
            if seat.is_news() {
                return Verdict::News;
            }
            alone &= !seat.is_here();
        }
        // A queue's handle is on both sides itself: alone means that this process has no second
        // one, and that there was another process at all.
        let own = self
            .handle
            .seat()
            .map_or(i32::MAX, |seat| seat.handles(other_side));
        let (own_most, needs_others) = if self.roles == Roles::BOTH {
            (1, true)
        } else {
            (0, false)
        };
        let there_were_others = || table.others().next().is_some();
        if alone && own <= own_most && (!needs_others || there_were_others()) {
            Verdict::Alone
        } else {
            Verdict::GoOn
        }
    }

    /// The dead process this caller is the one to report, if any.
    pub(super) fn news(&self, other_side: Roles) -> Option<Abandoned> {
        let table = self.handle.table();
        let seat = table
            .others()
            .find(|seat| seat.has_role(other_side) && seat.is_news() && seat.tell())?;
        Some(Abandoned { pid: seat.pid() })
    }
}
