//! What the web pages say could have happened in an exercise is what the explorer finds. What they say was recorded by
//! `showcase/possible/record`; a change that makes another answer of it has to record it again.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use explorer::{Ending, Verdict};
use rehearsal::judge::{Budget, Judged, Judgement, Open, Standing, judge};
use rehearsal::lesson::Scene;
use rehearsal::player::Play;
use rehearsal::possible::Possible;
use rehearsal::repertoire;
use serde_json::{Map, Value, json};

static SHOWN: &str = include_str!("../../../showcase/possible/explored.jsonl");

/// As in `record`.
const CLASSES: u64 = 2_000;
const LISTED: usize = 2_000;
const ORDERS: usize = 6;

type Entry = Map<String, Value>;

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let lines = SHOWN.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect()
});

fn scene_of(entry: &Entry) -> Scene {
    let scene = entry["scenario"].as_i64().and_then(Scene::from_number);
    scene.expect("a scenario")
}

fn play_of(entry: &Entry) -> Option<Play> {
    let scene = scene_of(entry);
    let lesson = repertoire::find(entry["exercise"].as_str()?).ok()?;
    Some(Play::new(
        lesson,
        scene,
        &repertoire::reduced(lesson, scene),
    ))
}

fn explored(play: &Play) -> Judgement {
    let budget = Budget {
        // Reached by no machine that reaches the bound on classes.
        time: std::time::Duration::from_secs(600),
        classes: CLASSES,
        fallback: false,
        schedules_of_likely: false,
        list: Some(LISTED),
        afterwards: std::time::Duration::from_secs(600),
        // Others are judged in this process at the same time.
        bytes: u64::MAX,
        ..Budget::default()
    };
    judge(play, &budget, &mut |_| true)
}

/// What `record` keeps, but for the outputs it chose.
fn facts(play: &Play, judgement: &Judgement) -> Entry {
    let mut facts = Entry::new();
    let mut say = |name: &str, value: Value| facts.insert(name.to_owned(), value);
    say("exercise", play.lesson.id.into());
    say("scenario", play.scene.number().into());
    say("params", json!(play.params));
    say("seed", play.seed.into());
    match judgement.verdict {
        Verdict::Proved => {}
        Verdict::Sampled { .. } => {
            say("tried", "sampled".into());
            return facts;
        }
        Verdict::Bounded { .. } => {
            say("tried", "bounded".into());
            return facts;
        }
    }
    if let Some(possible) = &judgement.possible {
        say("outputs", possible.count.clone().into());
        let orders = possible.orders.iter();
        let orders = orders.map(|o| json!({"before": o.before, "after": o.after, "by": o.by}));
        let (told, left_out) = few(orders.collect());
        say("orders", told.into());
        say("more_orders", (possible.more_orders + left_out).into());
        let open = possible.open.iter();
        let open = open.map(|[one, other]| json!({"one": one, "other": other}));
        let (told, left_out) = few(open.collect());
        say("luck", told.into());
        say("more_luck", (possible.more_open + left_out).into());
    }
    let likely = judgement.likely.iter();
    let likely = likely.map(|one| json!([one.rule.to_string(), standing(one)]));
    say("likely", likely.collect());
    facts
}

fn few(mut all: Vec<Value>) -> (Vec<Value>, usize) {
    let left_out = all.len().saturating_sub(ORDERS);
    all.truncate(ORDERS);
    (all, left_out)
}

fn standing(judged: &Judged) -> &'static str {
    match judged.standing {
        Standing::Holds => "holds",
        Standing::Broken(_) => "broken",
        Standing::Open(Open::Time) => "time",
        Standing::Open(Open::TooManyOutputs) => "too-many-outputs",
        Standing::Open(Open::Spent(_)) => "given-up",
    }
}

/// In what a line of the file is not what is found.
fn differs(shown: &Entry) -> Option<String> {
    let mut shown = shown.clone();
    let here = format!("{} scenario {}", shown["exercise"], shown["scenario"]);
    let play = play_of(&shown)?;
    let judgement = explored(&play);
    let some = shown.remove("some").unwrap_or_default();
    let facts = facts(&play, &judgement);
    if facts != shown {
        let (shown, facts) = (json!(shown), json!(facts));
        return Some(format!("{here}: {shown} is shown, {facts} is found"));
    }
    let list = judgement.possible.map_or(Vec::new(), is_listed);
    let mut outputs = some.as_array().into_iter().flatten();
    let impossible = outputs.find(|lines| !list.contains(lines))?;
    Some(format!("{here} cannot print {impossible}"))
}

fn is_listed(possible: Possible) -> Vec<Value> {
    let list = possible.list.into_iter();
    let finished = list.filter(|output| output.ending == Ending::Finished(0));
    finished.map(|output| output.lines.into()).collect()
}

/// Every second scenario, so that two tests run at the same time.
fn is_what_is_found(part: usize) {
    let mine = ENTRIES.iter().enumerate();
    let mine = mine.filter(|(number, _)| number % 2 == part);
    let wrong: Vec<String> = mine.filter_map(|(_, entry)| differs(entry)).collect();
    let wrong = wrong.join("\n");
    assert!(
        wrong.is_empty(),
        "`showcase/possible/record` makes it true again\n{wrong}"
    );
}

#[test]
fn what_pages_show_is_what_is_found_one_half() {
    is_what_is_found(0);
}

#[test]
fn what_pages_show_is_what_is_found_other_half() {
    is_what_is_found(1);
}

#[test]
fn every_scenario_that_is_played_is_shown_and_of_the_others_what_they_lack() {
    let shown: BTreeSet<(&str, u32)> = ENTRIES
        .iter()
        .filter(|entry| !entry.contains_key("lacks"))
        .map(|entry| {
            (
                entry["exercise"].as_str().expect("an id"),
                scene_of(entry).number(),
            )
        })
        .collect();
    let scenes = repertoire::all().iter();
    let scenes = scenes.flat_map(|lesson| Scene::ALL.map(|scene| (lesson.id, scene)));
    let played: BTreeSet<(&str, u32)> = scenes.map(|(id, scene)| (id, scene.number())).collect();
    assert_eq!(shown, played);
    for entry in ENTRIES.iter().filter(|entry| entry.contains_key("lacks")) {
        let id = entry["exercise"].as_str().expect("an id");
        let gap = repertoire::gap_of(id).map(|gap| gap.lacks);
        assert_eq!(entry["lacks"].as_str(), gap, "{id}");
    }
}

#[test]
fn a_page_that_says_something_else_is_noticed() {
    let is_proved = |entry: &&Entry| entry.get("outputs").is_some_and(|count| count == "2");
    let entry = ENTRIES.iter().find(is_proved).expect("two outputs");
    assert_eq!(differs(entry), None);
    let mut counted = entry.clone();
    counted.insert("outputs".to_owned(), "3".into());
    assert!(differs(&counted).expect("it differs").contains("is found"));
    let mut invented = entry.clone();
    let some = invented["some"].as_array_mut().expect("outputs");
    some[0].as_array_mut().expect("lines").pop();
    assert!(
        differs(&invented)
            .expect("it differs")
            .contains("cannot print")
    );
}
