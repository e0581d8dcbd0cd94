//! The six versions find the same, and it is what the test server is known to say.

use std::collections::BTreeMap;

use exercises::catalogue;
use exercises::lesson::Scene;
use exercises::run::{Request, run};
use recorder::document::{Document, Status};

use crate::alone::alone;

/// Plays a scenario twenty times as fast.
#[track_caller]
pub fn played(id: &str, scene: Scene, change: impl FnOnce(&mut Request)) -> Document {
    let mut request = Request::new(catalogue::find(id).expect(id), scene);
    request.seed = Some(1);
    request.time_scale = Some(0.05);
    change(&mut request);
    run(request, &mut |_| {}).expect(id)
}

/// What was found at each address: `up`, or what is wrong.
pub fn found(document: &Document) -> BTreeMap<usize, (String, String)> {
    let verdicts = document
        .lines
        .iter()
        .filter(|line| matches!(line.what.as_str(), "up" | "down"));
    verdicts
        .map(|line| {
            let text = |field: &str| line.value[field].as_str().map(str::to_owned);
            let number = line.value["site"].as_u64().expect("a number") as usize;
            let address = text("address").expect("an address");
            (number, (address, text("why").unwrap_or("up".to_owned())))
        })
        .collect()
}

/// What an address of the test server says, as its path tells anybody.
fn expected(address: &str) -> &str {
    let path: Vec<&str> = address.split('/').collect();
    match path[3] {
        "up" | "no-head" => "up",
        "status" => path[4],
        "slow" => "timed-out",
        "refused" => "refused",
        _ => "bad-name",
    }
}

#[test]
fn every_version_gives_every_site_its_verdict_and_asks_nobody_else() {
    let _alone = alone();
    for (id, scene) in [
        ("s3e4", Scene::First),
        ("s3e4", Scene::Second),
        ("s3e4", Scene::Third),
        ("s3e5", Scene::First),
        ("s3e5", Scene::Second),
        ("s3e5", Scene::Third),
        ("s3e6", Scene::First),
        ("s3e7", Scene::First),
        ("s3e8", Scene::First),
        ("s3e8", Scene::Second),
        ("s3e8", Scene::Third),
        ("s3e9", Scene::First),
        ("s3e9", Scene::Third),
    ] {
        let document = played(id, scene, |request| {
            request.params.insert("n_sites".to_owned(), 64);
        });
        let what = format!("{id} scenario {}: {:?}", scene.number(), document.error);
        assert_eq!(document.status, Status::Ok, "{what}");
        assert!(document.keeps_its_contract(), "{what}");
        let found = found(&document);
        assert_eq!(found.len(), 64, "{what}");
        for (address, verdict) in found.values() {
            assert_eq!(verdict, expected(address), "{what}: {address}");
            let local = address.starts_with("http://127.0.0.1:");
            assert!(local || address.ends_with(".invalid/"), "{what}: {address}");
        }
        let down = found
            .values()
            .filter(|(_, verdict)| verdict != "up")
            .count();
        let wanted = match (id, scene) {
            ("s3e4", Scene::Second) => 0,
            ("s3e4", Scene::Third) => 1,
            _ => 6,
        };
        assert_eq!(down, wanted, "{what}");
    }
}

#[test]
fn thirty_three_sites_are_thirty_that_are_up_and_three_that_are_down() {
    let _alone = alone();
    let document = played("s3e4", Scene::First, |_| {});
    assert_eq!(document.result["up"], 30);
    assert_eq!(document.result["down"], 3);
    let down: Vec<String> = found(&document)
        .into_values()
        .map(|(_, verdict)| verdict)
        .filter(|verdict| verdict != "up")
        .collect();
    assert_eq!(down, ["bad-name", "405", "bad-name"]);
    // Three sites that know only GET are asked twice, and so is the one that refuses both; two have no server.
    assert_eq!(document.result["requests"], 33 - 2 + 3 + 1);
}

#[test]
fn the_workers_really_wait_at_the_same_time() {
    let _alone = alone();
    for (id, scene) in [
        ("s3e5", Scene::Second),
        ("s3e6", Scene::First),
        ("s3e6", Scene::Third),
        ("s3e7", Scene::First),
        ("s3e8", Scene::First),
        ("s3e8", Scene::Second),
        ("s3e9", Scene::First),
    ] {
        // At a slow pace, so that a busy machine finds the time to send the next request.
        let document = played(id, scene, |request| request.time_scale = Some(1.0));
        let most = document.result["most_at_once"].as_u64().expect("a number");
        assert!(most >= 2, "{id} scenario {}: {most}", scene.number());
    }
}
