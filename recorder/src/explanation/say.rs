//! The explanation in words.

use super::{Explanation, Guarantee, Likely, LineNumber, Surprise};
use crate::document::{Argument, Document};
use crate::event::LaneId;
use crate::timeline::plain;
use crate::timeline::words::Words;

/// Columns of a printed line inside a sentence.
const QUOTED: usize = 40;
/// Names in a sentence; the rest is counted.
const MOST_NAMES: usize = 4;

/// The name of a lane, or its number where it has none.
pub(crate) fn lane_name(document: &Document, lane: LaneId, words: &dyn Words) -> String {
    let known = document.lanes.iter().find(|known| known.lane == lane);
    match known.map(|known| plain::visible(&known.name)) {
        Some(name) if !name.is_empty() => plain::isolated(&plain::cut(&name, QUOTED)),
        _ => words.say(
            "timeline-lane-unnamed",
            &[("number", Argument::Whole(lane.0.into()))],
        ),
    }
}

/// What a line says, short enough for a sentence.
pub(crate) fn quoted(document: &Document, line: LineNumber) -> String {
    let said = document
        .lines
        .get(line.0)
        .map(plain::said)
        .unwrap_or_default();
    plain::isolated(&plain::cut(&said, QUOTED))
}

fn names(document: &Document, lanes: &[LaneId], words: &dyn Words) -> String {
    let shown = lanes.len().min(MOST_NAMES);
    // One name more takes no more room than saying that there is one.
    let shown = if lanes.len() == shown + 1 {
        lanes.len()
    } else {
        shown
    };
    let named: Vec<String> = lanes[..shown]
        .iter()
        .map(|lane| lane_name(document, *lane, words))
        .collect();
    let named = named.join(if words.language().starts_with("zh") {
        "、"
    } else {
        ", "
    });
    match lanes.len() - shown {
        0 => named,
        more => {
            let arguments = [
                ("names", Argument::Text(named)),
                ("count", Argument::Whole(more as i64)),
            ];
            words.say("timeline-more-names", &arguments)
        }
    }
}

/// The explanation, a sentence a line: what is guaranteed, what is likely, what surprises.
pub fn sentences(document: &Document, explanation: &Explanation, words: &dyn Words) -> Vec<String> {
    let mut said = Vec::new();
    let mut add = |group: &str, sentences: Vec<String>, more: usize| {
        for what in sentences {
            said.push(words.say(group, &[("what", Argument::Text(what))]));
        }
        if more > 0 {
            let what = words.say("order-more", &[("count", Argument::Whole(more as i64))]);
            said.push(words.say(group, &[("what", Argument::Text(what))]));
        }
    };
    let guaranteed = explanation.guaranteed.iter();
    add(
        "order-guaranteed",
        guaranteed
            .map(|order| guarantee(document, order, words))
            .collect(),
        explanation.more_guaranteed,
    );
    let likely_orders = explanation.likely.iter();
    add(
        "order-likely",
        likely_orders
            .map(|order| likely(document, order, words))
            .collect(),
        explanation.more_likely,
    );
    let surprises = explanation.surprises.iter();
    add(
        "order-surprise",
        surprises
            .map(|order| surprise(document, order, words))
            .collect(),
        explanation.more_surprises,
    );
    said
}

fn guarantee(document: &Document, order: &Guarantee, words: &dyn Words) -> String {
    let lane = |lane: &LaneId| Argument::Text(lane_name(document, *lane, words));
    let lanes = |lanes: &[LaneId]| Argument::Text(names(document, lanes, words));
    let count = |count: &usize| Argument::Whole(*count as i64);
    let thing = |object| Argument::Text(words.object(object));
    match order {
        Guarantee::Start { parent, started } => words.say(
            "order-by-start",
            &[("parent", lane(parent)), ("lanes", lanes(started))],
        ),
        Guarantee::Join { waiter, ended } => words.say(
            "order-by-join",
            &[("waiter", lane(waiter)), ("lanes", lanes(ended))],
        ),
        Guarantee::Lock {
            object,
            lanes,
            turns,
        } => words.say(
            "order-by-lock",
            &[
                ("object", thing(*object)),
                ("lanes", count(lanes)),
                ("turns", count(turns)),
            ],
        ),
        Guarantee::Barrier { object, rounds } => words.say(
            "order-by-barrier",
            &[("object", thing(*object)), ("rounds", count(rounds))],
        ),
        Guarantee::Message { object, messages } => words.say(
            "order-by-message",
            &[("object", thing(*object)), ("messages", count(messages))],
        ),
        Guarantee::Permit { object, taken } => words.say(
            "order-by-permit",
            &[("object", thing(*object)), ("taken", count(taken))],
        ),
        Guarantee::Flag { object } => words.say("order-by-flag", &[("object", thing(*object))]),
    }
}

fn likely(document: &Document, order: &Likely, words: &dyn Words) -> String {
    match order {
        Likely::Rule { rule, holds } => {
            let id = if *holds {
                "order-rule-held"
            } else {
                "order-rule-not-held"
            };
            words.say(id, &[("rule", plain::kept(plain::visible(rule), words))])
        }
        Likely::Sleep {
            first,
            then,
            gap_us,
        } => words.say(
            "order-by-sleep",
            &[
                ("first", Argument::Text(quoted(document, *first))),
                ("then", Argument::Text(quoted(document, *then))),
                ("time", plain::time_in(*gap_us, words)),
            ],
        ),
    }
}

fn surprise(document: &Document, surprise: &Surprise, words: &dyn Words) -> String {
    match surprise {
        Surprise::Overtaken { first, then } => {
            let lane = |line: &LineNumber| {
                let lane = document.lines.get(line.0).map(|line| line.lane);
                Argument::Text(lane_name(document, lane.unwrap_or_default(), words))
            };
            words.say(
                "order-overtaken",
                &[("first", lane(first)), ("then", lane(then))],
            )
        }
        Surprise::Broken { rule } => words.say(
            "order-rule-broken",
            &[("rule", plain::kept(plain::visible(rule), words))],
        ),
        Surprise::Unended { lanes } => {
            let lanes = Argument::Text(names(document, lanes, words));
            words.say("order-unended", &[("lanes", lanes)])
        }
    }
}
