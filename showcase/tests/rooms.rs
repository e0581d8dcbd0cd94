//! A teacher shows one page to all.

mod common;

use std::io::{BufRead, BufReader};

use common::{Showcase, header, settings};

/// The name and the key of a new room.
fn open(showcase: &Showcase) -> (String, String) {
    let answer = showcase.post("/room", "lang=en", &[]);
    assert_eq!(answer.status(), 303);
    let cookie = header(&answer, "set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let place = header(&answer, "location");
    let name = place
        .trim_start_matches("/room/")
        .split('?')
        .next()
        .unwrap();
    (name.to_owned(), cookie)
}

#[test]
fn rooms_that_are_opened_and_left_keep_nobody_out() {
    let mut settings = settings();
    settings.rooms = 2;
    let showcase = Showcase::with(settings);
    let (taught, _) = open(&showcase);
    let _class = showcase.get(&format!("/room/{taught}/live?lang=en"));
    for _ in 0..5 {
        open(&showcase);
    }
    assert_eq!(
        showcase.get(&format!("/room/{taught}?lang=en")).status(),
        200
    );
}

#[test]
fn all_in_a_room_see_the_same_run_each_in_their_language() {
    let showcase = Showcase::new();
    let (name, key) = open(&showcase);
    let live = showcase.get(&format!("/room/{name}/live?lang=fa"));
    let mut lines = BufReader::new(live).lines().map_while(Result::ok);
    let mut next = || -> serde_json::Value {
        let data = lines.find_map(|line| line.strip_prefix("data: ").map(str::to_owned));
        serde_json::from_str(&data.expect("an event")).unwrap()
    };
    assert!(next()["src"].is_null());

    let form = "exercise=s1e1&scenario=1&n_threads=3&seed=&lang=en";
    let shown = showcase.post(&format!("/room/{name}/show"), form, &[("cookie", &key)]);
    assert_eq!(shown.status(), 303);
    let source = next()["src"].as_str().expect("an address").to_owned();
    assert!(
        source.starts_with("/run/") && source.ends_with("lang=fa"),
        "{source}"
    );
    assert!(showcase.page(&source).contains("تابع از نخ 2 فراخوانده شد"));

    // One who comes late, and reads without scripts, sees the very same run.
    let late = showcase.page(&format!("/room/{name}?lang=ru"));
    let run = source.split('?').next().unwrap();
    assert!(late.contains(run), "{late}");
    assert!(late.contains("http-equiv=\"refresh\""));
}

#[test]
fn nobody_else_shows_anything_in_a_room() {
    let showcase = Showcase::new();
    let (name, key) = open(&showcase);
    let (_, other) = open(&showcase);
    let show = format!("/room/{name}/show");
    let form = "exercise=s1e1&scenario=1";
    for cookie in [
        "",
        &other,
        &format!("weft-room={name}."),
        &format!("weft-room={name}.{}", "0".repeat(32)),
    ] {
        let answer = showcase.post(&show, form, &[("cookie", cookie)]);
        assert_eq!(answer.status(), 403, "{cookie}");
    }
    let foreign = [("cookie", key.as_str()), ("origin", "http://evil.example")];
    assert_eq!(showcase.post(&show, form, &foreign).status(), 403);
    let wrong = showcase.post(
        &show,
        "exercise=s1e1&scenario=7&lang=en",
        &[("cookie", &key)],
    );
    assert_eq!(wrong.status(), 400);
    assert!(wrong.text().unwrap().contains("There is no scenario"));
    // Only who leads a room has the button.
    let button = format!("formaction=\"/room/{name}/show\"");
    assert!(
        showcase
            .get_with("/s1e1", &[("cookie", &key)])
            .text()
            .unwrap()
            .contains(&button)
    );
    assert!(!showcase.page("/s1e1").contains("formaction"));
}

#[test]
fn a_room_is_entered_by_its_name_and_nothing_else() {
    let showcase = Showcase::new();
    let (name, _) = open(&showcase);
    let answer = showcase.get(&format!("/room?name={}&lang=en", name.to_uppercase()));
    assert_eq!(header(&answer, "location"), format!("/room/{name}?lang=en"));
    for wrong in ["nobody", "/evil.example", "..%2f..", "%00"] {
        let answer = showcase.get(&format!("/room?name={wrong}&lang=en"));
        assert_eq!(answer.status(), 404, "{wrong}");
        assert_eq!(header(&answer, "location"), "");
    }
    assert_eq!(showcase.get("/room/nobody").status(), 404);
    assert_eq!(showcase.get("/room/nobody/live").status(), 204);
}
