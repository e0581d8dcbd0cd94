//! What a reader gets, over real HTTP.

mod common;

use std::io::Read;

use common::{Showcase, header, settings};
use exercises::catalogue;
use messages::Language;
use showcase::Player;

#[test]
fn the_menu_is_there_in_five_languages() {
    let showcase = Showcase::new();
    for (language, title) in [
        ("en", "Starting threads"),
        ("fa", "آغاز نخ‌ها"),
        ("tr", "İş parçacıklarını başlatmak"),
        ("ru", "Запуск потоков"),
        ("zh-TW", "啟動執行緒"),
    ] {
        let page = showcase.page(&format!("/?lang={language}"));
        assert!(page.contains(title), "{language}");
        assert!(
            page.contains(&format!("<html lang=\"{language}\"")),
            "{language}"
        );
        let asked = showcase.get_with(
            "/",
            &[("accept-language", &format!("xx, {language};q=0.5"))],
        );
        assert_eq!(asked.text().unwrap(), page, "{language}");
    }
    assert!(showcase.page("/?lang=fa").contains("dir=\"rtl\""));
}

#[test]
fn a_search_without_a_script_finds_exercises() {
    let showcase = Showcase::new();
    let page = showcase.page("/?q=barrier&lang=en");
    assert!(page.contains("/s1e7?lang=en") && !page.contains("/s1e1?lang=en"));
    assert!(
        showcase
            .page("/?q=%00%FF%3Cb%3E&lang=en")
            .contains("No exercise")
    );
}

#[test]
fn a_tag_leads_to_its_exercise_and_nowhere_else() {
    let showcase = Showcase::new();
    for name in ["exercies_tag", "exercise_tag", "exercires_tag"] {
        let answer = showcase.get(&format!("/?{name}=s2e1&lang=tr"));
        assert_eq!(answer.status(), 303);
        assert_eq!(header(&answer, "location"), "/s2e1?lang=tr");
    }
    for tag in [
        "/evil.example",
        "//evil.example",
        "https://evil.example",
        "s2e1/../../evil",
        "s2e1%0d%0aSet-Cookie:a=b",
        "\\evil.example",
        "nonsense",
    ] {
        let answer = showcase.get(&format!("/?exercies_tag={tag}&lang=en"));
        assert_eq!(answer.status(), 404, "{tag}");
        assert_eq!(header(&answer, "location"), "", "{tag}");
        // The menu stands there all the same.
        assert!(answer.text().unwrap().contains("/s1e1?lang=en"), "{tag}");
    }
    assert_eq!(showcase.get("/?exercies_tag=").status(), 200);
}

#[test]
fn a_page_has_its_five_parts_for_every_exercise() {
    let showcase = Showcase::new();
    for lesson in catalogue::all() {
        let page = showcase.page(&format!("/{}?lang=en", lesson.id));
        for part in [
            "picture-head",
            "inputs-head",
            "output-head",
            "possible-head",
            "explanation-head",
        ] {
            assert!(
                page.contains(&format!("id=\"{part}\"")),
                "{}: {part}",
                lesson.id
            );
        }
        assert!(page.contains("data:image/svg+xml;base64,"), "{}", lesson.id);
        for parameter in lesson.parameters {
            let input = format!("id=\"{}\" name=\"{0}\" type=\"number\"", parameter.name);
            assert!(page.contains(&input), "{}: {}", lesson.id, parameter.name);
        }
        assert!(!page.contains(">serve-"), "{}", lesson.id);
    }
}

/// The part of a page from one head to another.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let behind = page.split(&format!("id=\"{from}\"")).nth(1).expect(from);
    behind.split(&format!("id=\"{to}\"")).next().expect(to)
}

#[test]
fn a_page_says_what_else_could_have_happened() {
    let showcase = Showcase::new();
    let part = |id: &str, language: &str| {
        let page = showcase.page(&format!("/{id}?lang={language}"));
        between(&page, "possible-head", "explanation-head").to_owned()
    };
    // Two threads at once, each of which says one thing: two outputs, and luck alone.
    let proved = part("s1e1", "en");
    for said in [
        "PROVED",
        "Exactly one output is possible.",
        "Exactly 2 different outputs are possible.",
        "<code dir=\"ltr\">n_threads = 2</code>",
        "“Function called by thread 0” before “Function called by thread 1”: a join",
        "“Function called by thread 0” and “Function called by thread 1”",
        "Only likely: <code dir=\"ltr\">sequential(who)</code> can fail.",
        "<code dir=\"ltr\">weft explore s1e1 --scenario 3 --list 10</code>",
    ] {
        assert!(proved.contains(said), "{said}: {proved}");
    }
    // What is not proved is not shown.
    let cut_short = part("s1e5", "en");
    assert!(cut_short.contains("Not proved: there are more orders"));
    let lacking = part("s4e1", "en");
    assert!(lacking.contains("it uses <code dir=\"ltr\">exercises::process::Subprocess</code>"));
    assert!(
        !lacking.contains("PROVED") && !lacking.contains("<details>"),
        "{lacking}"
    );
    let sockets = part("s4e12", "tr");
    assert!(
        sockets.contains("İncelenmedi: soketler kullanır"),
        "{sockets}"
    );
    let persian = part("s1e1", "fa");
    assert!(persian.contains("«تابع از نخ 0 فراخوانده شد» پیش از «تابع از نخ 1 فراخوانده شد»"));
}

#[test]
fn pages_are_light() {
    let showcase = Showcase::new();
    for language in Language::ALL {
        let menu = showcase.page(&format!("/?lang={}", language.code()));
        assert!(menu.len() <= 100_000, "{language:?}: {}", menu.len());
        for lesson in catalogue::all() {
            let page = showcase.page(&format!("/{}?lang={}", lesson.id, language.code()));
            let more = between(&page, "possible-head", "explanation-head").len();
            let here = format!("{} {language:?}: {more} of {}", lesson.id, page.len());
            assert!(more <= 40_000 && page.len() <= 200_000, "{here}");
        }
    }
}

#[test]
fn json_is_the_document_in_the_readers_language() {
    let showcase = Showcase::new();
    let document = showcase.json("/s1e1?scenario=1&n_threads=4&seed=7&Json=1&lang=ru");
    assert_eq!(document["exercise"], "s1e1");
    assert_eq!(document["params"]["n_threads"], 4);
    assert_eq!(document["seed"], 7);
    assert_eq!(document["status"], "ok");
    assert_eq!(document["lines"].as_array().unwrap().len(), 4);
    assert_eq!(document["lines"][0]["text"], "Функция вызвана потоком 0");
    assert_eq!(document["order"]["guaranteed"][0]["holds"], true);
    assert!(document["note"].as_str().unwrap().contains("join"));
}

#[test]
fn an_exercise_that_prints_to_standard_output_does_not_disturb_its_document() {
    let showcase = Showcase::new();
    let document = showcase.json("/s4e2?scenario=3&Json=1");
    assert_eq!(document["status"], "ok", "{document}");
}

#[test]
fn without_a_scenario_nothing_is_run() {
    let mut settings = settings();
    settings.player = Player::new("/nonexistent/player".into());
    let showcase = Showcase::with(settings);
    let described = showcase.json("/s1e1?Json=1&lang=en");
    assert_eq!(described["id"], "s1e1");
    assert_eq!(described["params"][0]["max"], 64);
    let all = showcase.json("/?Json=1");
    assert_eq!(
        all["exercises"].as_array().unwrap().len(),
        catalogue::all().len()
    );
    assert!(showcase.page("/s1e1?lang=en").contains("Press"));
    // Neither is it for a question about an answer, or for a browser that guesses.
    let client = showcase.client();
    let asked = client
        .head(showcase.url("/s1e1?scenario=1&Json=1"))
        .send()
        .unwrap();
    assert_eq!(asked.status(), 200);
    let guessed = showcase.get_with(
        "/s1e1?scenario=1&Json=1",
        &[("sec-purpose", "prefetch;prerender")],
    );
    assert_eq!(guessed.status(), 503);
    // What would have happened else:
    let answer = showcase.get("/s1e1?scenario=1&Json=1");
    assert_eq!(answer.status(), 500);
}

#[test]
fn a_wrong_parameter_is_explained_where_it_stands() {
    let showcase = Showcase::new();
    let answer = showcase.get("/s1e1?scenario=9&n_threads=-5&lang=en");
    assert_eq!(answer.status(), 400);
    let page = answer.text().unwrap();
    assert!(page.contains("There is no scenario “9”."));
    assert!(
        page.contains("“-5” is not a value for n_threads. Choose a whole number from 0 to 64.")
    );
    assert!(page.contains("aria-invalid=\"true\" aria-describedby=\"n_threads-wrong\""));
    let answer = showcase.get("/s1e2?scenario=1&n_threads=5&Json=1&lang=fa");
    assert_eq!(answer.status(), 400);
    let wrong: serde_json::Value = serde_json::from_str(&answer.text().unwrap()).unwrap();
    assert_eq!(wrong["errors"][0]["parameter"], "n_threads");
    assert!(
        wrong["errors"][0]["text"]
            .as_str()
            .unwrap()
            .contains("پارامتر")
    );
}

#[test]
fn what_was_given_is_only_ever_shown_as_text() {
    let showcase = Showcase::new();
    let attack = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
    for path in [
        format!("/s1e1?n_threads={attack}"),
        format!("/s1e1?scenario={attack}"),
        format!("/s1e1?{attack}=1"),
        format!("/?q={attack}"),
        format!("/?exercies_tag={attack}"),
        format!("/room?name={attack}"),
        format!("/{attack}"),
        format!("/s1e1?lang={attack}&seed={attack}"),
    ] {
        let page = showcase.page(&path);
        assert!(!page.contains("<script>alert"), "{path}");
    }
}

#[test]
fn a_page_without_a_script_grows_while_the_exercise_runs() {
    let showcase = Showcase::new();
    let begun = std::time::Instant::now();
    let mut answer = showcase.get("/s1e1?scenario=2&n_threads=20&lang=en");
    assert_eq!(answer.status(), 200);
    let (mut page, mut buffer, mut first) = (Vec::new(), [0; 4096], None);
    loop {
        let count = answer.read(&mut buffer).unwrap();
        if count == 0 {
            break;
        }
        page.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&page);
        if first.is_none() && text.contains("Function called by thread 0") {
            assert!(!text.contains("Function called by thread 19"));
            first = Some(begun.elapsed());
        }
    }
    let page = String::from_utf8(page).unwrap();
    let whole = begun.elapsed();
    // Each of the twenty starts is followed by a pause of 0.3 s.
    assert!(
        whole - first.expect("a line") >= std::time::Duration::from_millis(900),
        "{first:?} {whole:?}"
    );
    for said in [
        "Function called by thread 5",
        "guaranteed, held",
        "The run has ended",
        "</html>",
    ] {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn a_run_can_be_looked_at_again_in_another_language() {
    let showcase = Showcase::new();
    let events = showcase.page("/s1e1/live?scenario=1&n_threads=2&lang=en");
    let names: Vec<&str> = events
        .lines()
        .filter_map(|line| line.strip_prefix("event: "))
        .collect();
    assert_eq!(names, ["playing", "line", "line", "ended"], "{events}");
    let data = events
        .lines()
        .find_map(|line| line.strip_prefix("data: "))
        .unwrap();
    let playing: serde_json::Value = serde_json::from_str(data).unwrap();
    let run = playing["run"].as_str().unwrap();
    let page = showcase.page(&format!("/run/{run}?lang=tr"));
    assert!(page.contains("İşlevi 0 numaralı iş parçacığı çağırdı"));
    let document = showcase.json(&format!("/run/{run}?lang=en&Json=1"));
    assert_eq!(document["params"]["n_threads"], 2);
    assert_eq!(showcase.get("/run/0123456789abcdef").status(), 404);
}

#[test]
fn the_addresses_are_described_for_people_and_programs() {
    let showcase = Showcase::new();
    for path in ["/docs", "/API", "/redoc"] {
        let page = showcase.page(&format!("{path}?lang=en"));
        assert!(
            page.contains("GET /s1e1") && page.contains("n_threads"),
            "{path}"
        );
        // Nothing comes from any other place.
        for source in ["src=\"http", "href=\"http", "//cdn", "url("] {
            assert!(!page.contains(source), "{path}: {source}");
        }
    }
    let described = showcase.json("/openapi.json");
    let threads = &described["paths"]["/s1e1"]["get"]["parameters"][1];
    assert_eq!(threads["name"], "n_threads");
}

#[test]
fn every_answer_carries_what_keeps_it_safe() {
    let showcase = Showcase::new();
    for path in [
        "/",
        "/s1e1",
        "/nothing",
        "/docs",
        "/static/showcase.js",
        "/room",
    ] {
        let answer = showcase.get(path);
        let policy = header(&answer, "content-security-policy").to_owned();
        assert!(
            policy.contains("script-src 'self'") && policy.contains("default-src 'none'"),
            "{path}"
        );
        assert_eq!(
            header(&answer, "x-content-type-options"),
            "nosniff",
            "{path}"
        );
        let page = answer.text().unwrap();
        assert!(
            !page.contains("<script>") && !page.contains(" onclick"),
            "{path}"
        );
    }
    assert!(header(&showcase.get("/static/showcase.css"), "cache-control").contains("immutable"));
    assert_eq!(header(&showcase.get("/"), "cache-control"), "no-store");
}
