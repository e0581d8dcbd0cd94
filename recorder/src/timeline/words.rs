//! The words of drawings and explanations. They are the caller's: here is only which ones there are.

use crate::document::Argument;
use crate::event::{Kind, Object, ObjectKind};

/// Gives every text a drawing needs, in the reader's language.
pub trait Words {
    /// The text with this id (one of [`ids`]) and these variables.
    fn say(&self, id: &str, arguments: &[(&str, Argument)]) -> String;

    /// The code of the language, such as `fa`.
    fn language(&self) -> &str;

    /// Whether its sentences run from right to left. Time never does.
    fn right_to_left(&self) -> bool;

    /// A text without variables.
    fn text(&self, id: &str) -> String {
        self.say(id, &[])
    }

    /// The word for a kind of event.
    fn kind(&self, kind: Kind) -> String {
        self.text(&kind_id(kind))
    }

    /// The name of a thing: its kind and its number.
    fn object(&self, object: Object) -> String {
        match object.kind {
            ObjectKind::None => String::new(),
            // An address is known by its hexadecimal digits.
            ObjectKind::Futex => format!("{} {:#x}", self.text("object-futex"), object.id),
            kind => format!("{} {}", self.text(&object_id(kind)), object.id),
        }
    }
}

fn kind_id(kind: Kind) -> String {
    format!("event-{}", kind.word())
}

fn object_id(kind: ObjectKind) -> String {
    format!("object-{}", kind.word())
}

/// The id of every text a drawing or an explanation may ask for.
pub fn ids() -> impl Iterator<Item = String> {
    let objects = ObjectKind::ALL
        .iter()
        .filter(|kind| **kind != ObjectKind::None)
        .map(|kind| object_id(*kind));
    IDS.iter()
        .map(|id| (*id).to_owned())
        .chain(Kind::ALL.iter().map(|kind| kind_id(*kind)))
        .chain(objects)
}

const IDS: &[&str] = &[
    "timeline-title-exercise",
    "timeline-title-other",
    "timeline-summary",
    "timeline-lane-summary",
    "timeline-lanes-unsaid",
    "timeline-axis",
    "timeline-thread",
    "timeline-process",
    "timeline-lane-unnamed",
    "timeline-more-names",
    "timeline-several",
    "timeline-note-mixed",
    "timeline-note-lines",
    "timeline-note-arrows",
    "timeline-note-lanes",
    "timeline-note-lost",
    "timeline-empty",
    "state-running",
    "state-sleeping",
    "state-waiting",
    "state-blocked",
    "arrow-spawn",
    "arrow-join",
    "arrow-wake",
    "arrow-send",
    "table-all",
    "table-time",
    "table-lane",
    "table-event",
    "table-about",
    "table-left-out",
    "order-guaranteed",
    "order-likely",
    "order-surprise",
    "order-more",
    "order-by-start",
    "order-by-join",
    "order-by-lock",
    "order-by-barrier",
    "order-by-message",
    "order-by-permit",
    "order-by-flag",
    "order-rule-held",
    "order-rule-not-held",
    "order-rule-broken",
    "order-by-sleep",
    "order-overtaken",
    "order-unended",
    "why-same-lane",
    "why-always",
    "why-this-run",
    "why-none",
    "why-one-line",
    "why-step-line",
    "why-step-spawn",
    "why-step-join",
    "why-step-handover",
    "why-step-barrier",
    "why-step-message",
    "why-step-flag",
    "why-step-wake",
];
