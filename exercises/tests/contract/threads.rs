//! What is special in the lessons on threads (series 6).

use exercises::catalogue;
use exercises::lesson::Scene;
use recorder::document::Document;

use crate::alone::alone;
use crate::played::{kept, request, sized};

fn played(id: &str, scene: Scene, seed: u64, n: i64) -> Document {
    kept(sized(catalogue::find(id).expect(id), scene, seed, n))
}

fn number(document: &Document, field: &str) -> u64 {
    document.result[field].as_u64().expect(field)
}

#[test]
fn a_counter_without_a_lock_loses_updates_and_one_with_a_lock_does_not() {
    let _alone = alone();
    let lost = (0..5)
        .map(|seed| number(&played("s6e4", Scene::First, seed, 16), "lost"))
        .sum::<u64>();
    assert!(lost > 0, "five runs never lost an update: nothing is shown");
    for scene in [Scene::Second, Scene::Third] {
        assert_eq!(number(&played("s6e4", scene, 1, 4), "lost"), 0);
    }
}

#[test]
fn a_daemon_is_cut_off_long_before_its_last_round() {
    let _alone = alone();
    for scene in [Scene::Second, Scene::Third] {
        let fewest = (0..5)
            .map(|seed| number(&played("s6e3", scene, seed, 64), "rounds"))
            .min();
        assert!(fewest < Some(64), "it was waited for");
    }
    assert_eq!(number(&played("s6e3", Scene::First, 1, 64), "rounds"), 64);
}

#[test]
fn a_timer_can_be_cancelled_in_time_and_too_late() {
    let _alone = alone();
    let fired = |interval| -> Vec<u64> {
        (0..5)
            .map(|seed| number(&played("s6e6", Scene::Second, seed, interval), "fired"))
            .collect()
    };
    assert!(fired(64).contains(&0), "never in time");
    assert!(fired(0).contains(&1), "never too late");
}

#[test]
fn what_comes_last_comes_last_however_much_it_is_shaken() {
    let _alone = alone();
    // A daemon that still printed after the end would print behind the last line.
    for (id, scene) in [
        ("s6e3", Scene::Second),
        ("s6e3", Scene::Third),
        ("s6e6", Scene::Third),
    ] {
        for seed in 0..20 {
            let mut request = request(catalogue::find(id).expect(id), scene, seed);
            request.shake_ms = 3;
            request.time_scale = Some(0.002);
            kept(request);
        }
    }
}

#[test]
fn the_seed_decides_how_late_each_one_comes_to_the_barrier() {
    let _alone = alone();
    let drawn = |seed| played("s6e10", Scene::Second, seed, 8).result["durations_ms"].clone();
    assert_eq!(drawn(1), drawn(1));
    assert!((2..12).any(|seed| drawn(seed) != drawn(1)));
}

#[test]
fn identities_of_the_system_are_used_again() {
    let _alone = alone();
    let again = (0..5)
        .map(|seed| number(&played("s4e8", Scene::Third, seed, 4), "used_again"))
        .sum::<u64>();
    assert!(again > 0, "no identity came back in five runs");
}
