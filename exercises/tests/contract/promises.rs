//! All scenarios: guaranteed rules hold, counts are as contracted, choices follow the seed.

use exercises::catalogue;
use exercises::lesson::Scene;
use recorder::document::Document;

use crate::alone::alone;
use crate::played::{TIME_SCALE, count_name, count_of, kept, request, scenarios, sized};
use crate::series;

#[track_caller]
fn counted(document: &Document) {
    let n = count_of(document);
    let (least, most) = series::lines(document, n);
    let lines = document.lines.len();
    assert!(
        (least..=most).contains(&lines),
        "{} scenario {} printed {lines} lines at n = {n}, not {least} to {most}",
        document.exercise,
        document.scenario
    );
}

/// Each promise is a test of its own for each series, so that an author runs hers alone: `-- s6::`.
macro_rules! promises {
    ($($series:ident)*) => {$(
        mod $series {
            const SERIES: &str = concat!(stringify!($series), "e");

            #[test]
            fn keeps_its_contract_with_the_defaults() {
                super::with_the_defaults(SERIES);
            }

            #[test]
            fn keeps_its_contract_with_none_and_with_one() {
                super::with_none_and_with_one(SERIES);
            }

            #[test]
            fn keeps_its_contract_with_other_seeds() {
                super::with_other_seeds(SERIES);
            }

            #[test]
            fn keeps_its_contract_when_it_is_shaken() {
                super::when_it_is_shaken(SERIES);
            }

            #[test]
            fn keeps_its_contract_without_any_sleep() {
                super::without_any_sleep(SERIES);
            }

            #[test]
            fn keeps_its_contract_at_its_largest_within_a_minute() {
                super::at_its_largest_within_a_minute(SERIES);
            }
        }
    )*};
}

promises!(s1 s2 s3 s4 s5 s6 s7);

fn with_the_defaults(series: &str) {
    let _alone = alone();
    for (lesson, scene) in scenarios(series) {
        let document = kept(request(lesson, scene, 7));
        counted(&document);
        if let Some(count) = lesson.parameters.first() {
            assert_eq!(document.params[count.name], count.default);
        }
    }
}

fn with_none_and_with_one(series: &str) {
    let _alone = alone();
    for (lesson, scene) in scenarios(series).filter(|(lesson, _)| count_name(lesson).is_some()) {
        for n in [0, 1] {
            counted(&kept(sized(lesson, scene, 3, n)));
        }
    }
}

fn with_other_seeds(series: &str) {
    let _alone = alone();
    for (lesson, scene) in scenarios(series) {
        for seed in [0, u64::from(u32::MAX)] {
            counted(&kept(sized(lesson, scene, seed, 3)));
        }
    }
}

fn when_it_is_shaken(series: &str) {
    let _alone = alone();
    for (lesson, scene) in scenarios(series) {
        // Without sleeps the delays alone decide who is first.
        for (seed, shake_ms, time_scale) in [(1, 2, TIME_SCALE), (2, 9, 0.0), (3, 3, 0.0)] {
            let mut request = sized(lesson, scene, seed, 4);
            request.shake_ms = shake_ms;
            request.time_scale = Some(time_scale);
            counted(&kept(request));
        }
    }
}

fn without_any_sleep(series: &str) {
    let _alone = alone();
    for (lesson, scene) in scenarios(series) {
        let mut request = request(lesson, scene, 5);
        request.time_scale = Some(0.0);
        counted(&kept(request));
    }
}

fn at_its_largest_within_a_minute(series: &str) {
    let _alone = alone();
    for (lesson, scene) in scenarios(series).filter(|(lesson, _)| count_name(lesson).is_some()) {
        // What the machine itself needs (64 processes to start, threads to wake) is multiplied here as if it
        // were sleep. Where that is too much, on a busy machine, a longer run tells the two apart.
        let ends_in_time = [0.03, 0.2].into_iter().any(|time_scale| {
            let mut request = sized(lesson, scene, 11, i64::MAX);
            request.time_scale = Some(time_scale);
            let document = kept(request);
            counted(&document);
            document.elapsed_ms / time_scale < 55_000.0
        });
        assert!(
            ends_in_time,
            "{} scenario {} takes too long",
            lesson.id,
            scene.number()
        );
    }
}

#[test]
fn the_same_seed_makes_the_same_choices() {
    let _alone = alone();
    // What each exercise draws, as it can be seen from outside.
    let choices = |document: &Document| -> Vec<String> {
        let mut drawn: Vec<String> = ["durations_ms", "pauses_ms", "adds", "removes"]
            .iter()
            .filter_map(|field| document.result.get(*field).map(ToString::to_string))
            .collect();
        let mut items: Vec<String> = document
            .lines
            .iter()
            .filter(|line| line.what == "produce")
            .map(|line| format!("{} {}", line.who, line.value))
            .collect();
        items.sort();
        drawn.extend(items);
        drawn
    };
    for id in ["s1e3", "s1e5", "s1e6", "s1e7", "s2e7", "s2e8"] {
        let lesson = catalogue::find(id).expect(id);
        let drawn = |seed| {
            let mut request = request(lesson, Scene::First, seed);
            request.time_scale = Some(0.0);
            choices(&kept(request))
        };
        let first = drawn(1);
        assert!(!first.is_empty(), "{id} draws nothing");
        assert_eq!(first, drawn(1), "{id}: the same seed drew something else");
        assert!(
            (2..12).any(|seed| drawn(seed) != first),
            "{id}: the seed changes nothing"
        );
    }
}

#[test]
fn a_shared_cell_in_place_of_the_queue_keeps_the_counts_and_shows_the_mistake() {
    let _alone = alone();
    let lesson = catalogue::find("s1e6").expect("s1e6");
    let mut mistaken = 0;
    for seed in 0..10 {
        let mut request = request(lesson, Scene::First, seed);
        request.params.insert("shared_cell".to_owned(), 1);
        request.shake_ms = 2;
        let document = kept(request);
        counted(&document);
        mistaken += document.result["mistaken"].as_u64().expect("mistaken");
    }
    assert!(
        mistaken > 0,
        "ten shaken runs never lost an item: the switch does not show the bug"
    );
}

#[test]
fn a_giving_up_consumer_pops_the_beginning_and_says_so() {
    let _alone = alone();
    let lesson = catalogue::find("s2e6").expect("s2e6");
    for seed in 0..10 {
        let document = kept(request(lesson, Scene::Second, seed));
        let popped = document
            .lines
            .iter()
            .filter(|line| line.what == "pop")
            .count();
        assert_eq!(document.result["popped"], popped);
        assert_eq!(document.result["appended"], 10);
    }
}
