//! What else could have happened: what the explorer proved of each scenario, played small. It was found out by
//! `possible/record`, one scenario a line, and not while somebody waits for a page: exploring takes seconds and all of a
//! processor. `explorer/rehearsal/tests/shown.rs` explores again and compares. The lines carry no text: that is added
//! in the reader's language.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use exercises::lesson::Scene;
use recorder::{LaneId, Line};
use serde::Deserialize;
use serde_json::Value;

static EXPLORED: &str = include_str!("../possible/explored.jsonl");

type Scenarios = HashMap<(String, u32), Known>;

static KNOWN: LazyLock<Scenarios> = LazyLock::new(|| {
    let entry = |line: &str| -> Option<((String, u32), Known)> {
        let entry: Entry = serde_json::from_str(line).ok()?;
        Some(((entry.exercise, entry.scenario), entry.known))
    };
    EXPLORED.lines().filter_map(entry).collect()
});

#[derive(Deserialize)]
struct Entry {
    exercise: String,
    scenario: u32,
    #[serde(flatten)]
    known: Known,
}

/// What is known of a scenario.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Known {
    /// It is not explored.
    Lacks {
        /// What it uses that the model does not have, as it is named in the code.
        lacks: String,
    },
    /// It was not explored wholly, so nothing of it is shown.
    Unproved {
        /// How small it was played.
        #[serde(flatten)]
        played: Played,
        /// What the answer would be worth.
        tried: Tried,
    },
    /// Every order was tried.
    Proved(Box<Proved>),
}

/// How small a scenario was played.
#[derive(Debug, Deserialize)]
pub struct Played {
    /// The values of the parameters.
    pub params: BTreeMap<String, u32>,
    /// What the random choices began with: they are the same in all orders.
    pub seed: u64,
}

/// Why something is not proved.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Tried {
    /// There are more orders than were tried.
    Sampled,
    /// Each of its executions, or some, had to be cut short.
    Bounded,
}

/// What was found, all of it.
#[derive(Debug, Deserialize)]
pub struct Proved {
    /// How small it was played.
    #[serde(flatten)]
    pub played: Played,
    /// What can be printed, where it can be counted.
    #[serde(flatten)]
    pub possible: Option<Possible>,
    /// The rules that are called likely, each with what the explorer says of it.
    pub likely: Vec<(String, Standing)>,
}

/// What can be printed.
#[derive(Debug, Deserialize)]
pub struct Possible {
    /// How many outputs there are, as a decimal number.
    pub outputs: String,
    /// Some that differ from each other as much as any.
    pub some: Vec<Vec<Said>>,
    /// Lines that come in this order in all of them.
    pub orders: Vec<Order>,
    /// So many more such orders hold.
    pub more_orders: u64,
    /// Lines of which now one comes first, now the other.
    pub luck: Vec<Pair>,
    /// So many more such pairs there are.
    pub more_luck: u64,
}

/// What is known of a rule that is called likely.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// So small, nothing breaks it.
    Holds,
    /// Some output breaks it.
    Broken,
    /// It speaks of real time.
    Time,
    /// There are too many outputs to check each.
    TooManyOutputs,
}

/// Two lines of which one always comes first.
#[derive(Debug, Deserialize)]
pub struct Order {
    /// The earlier one.
    pub before: Said,
    /// The later one.
    pub after: Said,
    /// What brings it about: the last word of a text's name, such as `join`.
    pub by: Option<String>,
}

/// Two lines.
#[derive(Debug, Deserialize)]
pub struct Pair {
    /// One.
    pub one: Said,
    /// The other.
    pub other: Said,
}

/// A line, without when and where it was printed.
#[derive(Debug, Deserialize)]
pub struct Said {
    who: String,
    what: String,
    value: Value,
}

impl Said {
    /// As a line of a run.
    pub fn line(&self) -> Line {
        Line {
            seq: 0,
            at_us: 0,
            lane: LaneId(0),
            who: self.who.clone(),
            what: self.what.clone(),
            value: self.value.clone(),
        }
    }
}

/// What is known of this scenario.
pub fn known(exercise: &str, scene: Scene) -> Option<&'static Known> {
    KNOWN.get(&(exercise.to_owned(), scene.number()))
}

/// The name of the text that says what is lacked, where that is not a name of the code.
pub fn text_of_lacking(lacks: &str) -> String {
    format!("serve-possible-lacks-{}", lacks.replace(' ', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use exercises::catalogue;
    use messages::Language;

    #[test]
    fn every_scenario_was_explored_or_says_why_not() {
        let mut proved = 0;
        for lesson in catalogue::all() {
            for scene in Scene::ALL {
                let here = format!("{} scenario {}", lesson.id, scene.number());
                let known = known(lesson.id, scene);
                match known.unwrap_or_else(|| panic!("{here} was not recorded")) {
                    Known::Lacks { lacks } => {
                        let id = text_of_lacking(lacks);
                        let is_code = lacks.contains("::");
                        let is_said = messages::try_format(Language::En, &id, &[]).is_some();
                        assert!(is_code != is_said, "{here}: {id}");
                    }
                    Known::Unproved { played, .. } => {
                        assert_eq!(played.params.len(), lesson.parameters.len(), "{here}");
                    }
                    Known::Proved(found) => {
                        proved += 1;
                        assert_eq!(found.played.params.len(), lesson.parameters.len(), "{here}");
                        if let Some(possible) = &found.possible {
                            sound(lesson.id, &here, possible);
                        }
                    }
                }
            }
        }
        assert_eq!(KNOWN.len(), catalogue::all().len() * Scene::ALL.len());
        assert_eq!(EXPLORED.lines().count(), KNOWN.len(), "every line is read");
        assert!(proved > 80, "{proved}");
    }

    fn sound(exercise: &str, here: &str, possible: &Possible) {
        let count: Option<usize> = possible.outputs.parse().ok();
        let shown = possible.some.len();
        assert!(
            shown > 0 && count.is_none_or(|count| shown <= count),
            "{here}"
        );
        // One output has no luck in it, and luck has more than one.
        assert!(possible.luck.is_empty() || count != Some(1), "{here}");
        let told = possible.some.iter().flatten();
        let ordered = possible.orders.iter().flat_map(|o| [&o.before, &o.after]);
        let lucky = possible.luck.iter().flat_map(|p| [&p.one, &p.other]);
        for said in told.chain(ordered).chain(lucky) {
            for language in Language::ALL {
                let id = format!("{exercise}-line-{}", said.what);
                let text = messages::lesson::line(language, exercise, &said.line());
                assert!(!text.is_empty() && text != id, "{here}: {id}");
            }
        }
        for by in possible.orders.iter().filter_map(|order| order.by.as_ref()) {
            let id = format!("explore-by-{by}");
            let text = messages::try_format(Language::En, &id, &[]);
            assert!(text.is_some(), "{id}");
        }
    }
}
