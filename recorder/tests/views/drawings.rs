//! The picture: lanes, bands, glyphs, arrows, printed lines, and the forms it comes in.

use messages::{Language, Spoken};
use recorder::Kind;
use recorder::document::Document;
use recorder::timeline::layout::{ArrowKind, Picture, Sign, State, has_glyph};
use recorder::timeline::{figure, svg, trace_event};
use roxmltree::{Document as Xml, Node};
use serde_json::Value;

use crate::story::{Story, busy, two_threads};

const ENGLISH: Spoken = Spoken(Language::En);

fn elements<'a>(xml: &'a Xml<'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    xml.descendants()
        .filter(move |node| node.has_tag_name(("http://www.w3.org/2000/svg", name)))
}

fn classed<'a>(xml: &'a Xml<'a>, class: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    xml.descendants().filter(move |node| {
        let classes = node.attribute("class").unwrap_or_default();
        classes.split(' ').any(|known| known == class)
    })
}

/// The glyphs of each lane and how many events they stand for.
fn glyph_counts(picture: &Picture) -> Vec<usize> {
    let counts = picture.lanes.iter();
    counts
        .map(|lane| lane.glyphs.iter().map(|glyph| glyph.count).sum())
        .collect()
}

fn events_with_glyphs(document: &Document, lane: u32) -> usize {
    let events = document.events.iter();
    events
        .filter(|event| event.lane.0 == lane && has_glyph(event.kind))
        .count()
}

#[test]
fn a_small_run_is_drawn_event_by_event() {
    let document = two_threads();
    let picture = Picture::of(&document);
    let names: Vec<&str> = picture
        .lanes
        .iter()
        .map(|lane| lane.name.as_str())
        .collect();
    assert_eq!(names, ["main", "A", "B"]);
    let states = |lane: usize| -> Vec<State> {
        let bands = picture.lanes[lane].bands.iter();
        bands
            .filter(|band| band.width > 20.0)
            .map(|band| band.state)
            .collect()
    };
    assert_eq!(states(0), [State::Waiting, State::Waiting]);
    assert_eq!(states(1), [State::Sleeping]);
    assert_eq!(states(2), [State::Blocked, State::Running]);
    for (lane, count) in glyph_counts(&picture).into_iter().enumerate() {
        assert_eq!(count, events_with_glyphs(&document, lane as u32));
    }
    let arrows = |kind| {
        picture
            .arrows
            .iter()
            .filter(|arrow| arrow.kind == kind)
            .count()
    };
    assert_eq!(ArrowKind::ALL.map(arrows), [2, 2, 1, 0]);
    let written: Vec<&str> = picture
        .lanes
        .iter()
        .flat_map(|lane| lane.texts.iter().map(|text| text.text.as_str()))
        .collect();
    assert_eq!(written, ["over", "A is in", "B is in"]);
    assert_eq!(picture.omitted.lines, 0);
    assert_eq!(picture.omitted.arrows, 0);
}

#[test]
fn the_image_has_what_the_layout_has() {
    for document in [two_threads(), busy(6, 2_000)] {
        let picture = Picture::of(&document);
        let image = svg::draw(&document, &ENGLISH);
        let xml = Xml::parse(&image).expect("valid XML");
        assert_eq!(classed(&xml, "lane").count(), picture.lanes.len());
        // The legend repeats each sign once.
        let drawn = |sign: fn(&Sign) -> bool| {
            let glyphs = picture.lanes.iter().flat_map(|lane| &lane.glyphs);
            glyphs.filter(|glyph| sign(&glyph.sign)).count()
        };
        let legend = classed(&xml, "legend").next().expect("a legend");
        let in_legend = legend
            .descendants()
            .filter(|node| node.tag_name().name() == "use")
            .count();
        let singles = drawn(|sign| matches!(sign, Sign::Kind(_)));
        assert_eq!(elements(&xml, "use").count() - in_legend, singles);
        for (state, class) in [
            (State::Sleeping, "z"),
            (State::Waiting, "w"),
            (State::Blocked, "b"),
        ] {
            let bands = picture.lanes.iter().flat_map(|lane| &lane.bands);
            let bands = bands.filter(|band| band.state == state).count();
            let rects = classed(&xml, class)
                .filter(|node| node.tag_name().name() == "rect")
                .filter(|node| !node.ancestors().any(|above| above == legend))
                .count();
            assert_eq!(rects, bands, "{state:?}");
        }
        for (kind, class) in ArrowKind::ALL.iter().zip(["spawn", "join", "wake", "send"]) {
            let arrows = picture
                .arrows
                .iter()
                .filter(|arrow| arrow.kind == *kind)
                .count();
            let shafts = classed(&xml, class)
                .filter(|node| !node.ancestors().any(|above| above == legend))
                .filter(|node| node.attribute("style").is_none())
                .map(|node| node.attribute("d").unwrap_or_default().matches('M').count());
            assert_eq!(shafts.sum::<usize>(), arrows, "{class}");
        }
        let written: usize = picture.lanes.iter().map(|lane| lane.texts.len()).sum();
        let texts = classed(&xml, "l").flat_map(|node| node.children());
        assert_eq!(texts.filter(Node::is_element).count(), written);
    }
}

#[test]
fn the_image_tells_itself_to_those_who_do_not_see_it() {
    let image = svg::draw(&two_threads(), &ENGLISH);
    let xml = Xml::parse(&image).expect("valid XML");
    let root = xml.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let ids = root.attribute("aria-labelledby").expect("a label");
    for id in ids.split(' ') {
        let told = xml
            .descendants()
            .find(|node| node.attribute("id") == Some(id));
        assert!(
            told.and_then(|node| node.text())
                .is_some_and(|text| !text.is_empty()),
            "{id}"
        );
    }
    let description = elements(&xml, "desc").next().and_then(|node| node.text());
    let description = description.unwrap_or_default();
    assert!(description.contains("B: from"), "{description}");
    assert!(description.contains("printed lines: 3"), "{description}");
    assert!(image.contains("prefers-color-scheme:dark"));
}

#[test]
fn no_reference_leads_nowhere() {
    let image = svg::draw(&busy(4, 3_000), &ENGLISH);
    let xml = Xml::parse(&image).expect("valid XML");
    let known: Vec<&str> = xml
        .descendants()
        .filter_map(|node| node.attribute("id"))
        .collect();
    let uses = elements(&xml, "use").filter_map(|node| node.attribute("href"));
    let urls = image
        .split("url(")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    for reference in uses.chain(urls) {
        let id = reference
            .strip_prefix('#')
            .expect("a reference inside the image");
        assert!(known.contains(&id), "{id}");
    }
}

#[test]
fn a_hundred_thousand_events_are_counted_and_none_is_dropped() {
    for threads in [2, 8, 64] {
        let document = busy(threads, 100_000);
        let picture = Picture::of(&document);
        for (lane, count) in glyph_counts(&picture).into_iter().enumerate() {
            assert_eq!(
                count,
                events_with_glyphs(&document, lane as u32),
                "lane {lane}"
            );
        }
        for lane in &picture.lanes {
            for column in &lane.columns {
                let all: f64 = column.shares.iter().sum();
                assert!((all - 1.0).abs() < 0.02, "{all}: {column:?}");
            }
        }
        let image = svg::draw(&document, &ENGLISH);
        assert!(
            image.len() <= 300_000,
            "{threads} threads: {} bytes",
            image.len()
        );
        let xml = Xml::parse(&image).expect("valid XML");
        // What was drawn as one is said.
        let words: String = xml.descendants().filter_map(|node| node.text()).collect();
        for note in [
            "its share of the time",
            "printed lines are written here",
            "arrows are drawn",
        ] {
            assert!(words.contains(note), "{threads} threads: {note}");
        }
    }
}

#[test]
fn of_very_many_lanes_the_rest_is_counted() {
    let document = busy(500, 20_000);
    let picture = Picture::of(&document);
    assert_eq!(picture.lanes.len() + picture.omitted.lanes, 501);
    let image = svg::draw(&document, &ENGLISH);
    assert!(image.len() <= 300_000, "{} bytes", image.len());
    assert!(image.contains(&format!("not drawn: {}", picture.omitted.lanes)));
}

#[test]
fn a_glyph_never_covers_another() {
    for document in [two_threads(), busy(3, 500), busy(30, 5_000)] {
        let picture = Picture::of(&document);
        for lane in &picture.lanes {
            for pair in lane.glyphs.windows(2) {
                assert!(pair[1].x - pair[0].x >= 9.9, "{}: {pair:?}", lane.name);
            }
            let mut by_row = std::collections::HashMap::new();
            for text in &lane.texts {
                if let Some(end) = by_row.insert(text.row, text.x + text.width) {
                    assert!(text.x >= end, "{text:?}");
                }
            }
        }
    }
}

#[test]
fn time_runs_to_the_right_in_every_language_and_sentences_as_they_are_written() {
    let document = two_threads();
    let place = |language: Language| {
        let image = svg::draw(&document, &Spoken(language));
        let xml = Xml::parse(&image).expect("valid XML");
        let ticks: Vec<f64> = classed(&xml, "axis")
            .flat_map(|axis| axis.children())
            .filter_map(|tick| tick.attribute("x")?.parse().ok())
            .collect();
        assert!(
            ticks.windows(2).all(|pair| pair[0] < pair[1]),
            "{language}: {ticks:?}"
        );
        let title = classed(&xml, "h").next().expect("a title");
        title.attribute("text-anchor").map(str::to_owned)
    };
    for language in Language::ALL {
        let begins = if language.is_rtl() { "end" } else { "start" };
        assert_eq!(place(language).as_deref(), Some(begins), "{language}");
    }
}

#[test]
fn every_text_is_in_the_language_of_the_reader() {
    let document = busy(20, 3_000);
    for language in Language::ALL {
        let figure = figure::draw(&document, &Spoken(language));
        for id in [
            "timeline-",
            "event-",
            "state-",
            "arrow-",
            "order-",
            "table-",
            "object-",
        ] {
            assert!(!figure.svg.contains(&format!(">{id}")), "{language}: {id}");
            assert!(!figure.html.contains(&format!(">{id}")), "{language}: {id}");
            assert!(!figure.text.contains(&format!(" {id}")), "{language}: {id}");
        }
    }
}

#[test]
fn nothing_happened_is_a_picture_too() {
    let document = Story::of(&[]).document;
    let figure = figure::draw(&document, &ENGLISH);
    Xml::parse(&figure.svg).expect("valid XML");
    assert!(figure.svg.contains("Nothing happened."));
    Xml::parse(&figure.html).expect("well-formed");
}

#[test]
fn a_figure_has_an_image_with_a_text_and_a_table_of_all_events() {
    let document = two_threads();
    let figure = figure::draw(&document, &Spoken(Language::Fa));
    let xml = Xml::parse(&figure.html).expect("well-formed");
    let named = |name: &str| {
        xml.descendants()
            .find(|node| node.tag_name().name() == name)
    };
    let image = named("img").expect("an image");
    assert!(
        image
            .attribute("alt")
            .is_some_and(|alt| alt.contains("s1e1"))
    );
    let source = image.attribute("src").unwrap_or_default();
    assert!(source.starts_with("data:image/svg+xml;base64,"));
    assert_eq!(xml.root_element().attribute("dir"), Some("rtl"));
    let rows = named("tbody").expect("a table").children().count();
    assert_eq!(rows, document.events.len());
    assert!(named("ul").expect("the order").children().count() >= 3);
    assert!(figure.text.contains('│'));
    let again: Document = serde_json::from_value(figure.trace).expect("a document");
    assert_eq!(again, document);
}

#[test]
fn a_figure_of_a_long_run_stays_small_and_says_so() {
    let document = busy(8, 100_000);
    let figure = figure::draw(&document, &ENGLISH);
    let trace = figure.trace.to_string();
    assert!(trace.len() < 1_500_000, "{}", trace.len());
    let events = document.events.len() as u64;
    assert_eq!(figure.trace["left_out"]["events"], events - 4_000);
    assert!(figure.html.len() < 600_000, "{}", figure.html.len());
    assert!(figure.html.contains("Rows left out here: "));
    assert!(figure.text.lines().count() < 160);
}

#[test]
fn a_trace_has_every_stretch_event_and_arrow() {
    let document = two_threads();
    let trace = trace_event::draw(&document, &ENGLISH);
    let events = trace["traceEvents"].as_array().expect("a list");
    let of = |phase: &str| -> Vec<&Value> {
        events.iter().filter(|event| event["ph"] == phase).collect()
    };
    assert_eq!(
        of("i").len(),
        document.events.iter().filter(|e| has_glyph(e.kind)).count()
    );
    let (begins, ends) = (of("s"), of("f"));
    assert_eq!(begins.len(), 5);
    for (begin, end) in begins.iter().zip(&ends) {
        assert_eq!(begin["id"], end["id"]);
        assert!(begin["ts"].as_u64() <= end["ts"].as_u64());
        assert_ne!(begin["tid"], end["tid"]);
    }
    let blocked = of("X")
        .into_iter()
        .find(|slice| slice["args"]["object"] == "lock:1");
    assert_eq!(blocked.expect("a wait")["tid"], 102);
    let names: Vec<&Value> = events
        .iter()
        .filter(|event| event["name"] == "thread_name")
        .collect();
    assert_eq!(names.len(), 3);
}

#[test]
fn threads_with_a_number_used_twice_stay_apart_in_a_trace() {
    let mut document = two_threads();
    document.lanes[2].tid = document.lanes[1].tid;
    let trace = trace_event::draw(&document, &ENGLISH);
    let events = trace["traceEvents"].as_array().expect("a list");
    let mut threads: Vec<_> = events
        .iter()
        .filter(|event| event["name"] == "thread_name")
        .map(|event| (event["pid"].as_i64(), event["tid"].as_i64()))
        .collect();
    threads.sort_unstable();
    threads.dedup();
    assert_eq!(threads.len(), 3);
    assert!(
        threads.iter().all(|(pid, _)| *pid == threads[0].0),
        "one process: {threads:?}"
    );
}

#[test]
fn a_killed_lane_ends_where_its_end_was_seen() {
    let mut story = Story::of(&["main", "child"]);
    story
        .event(0, Kind::Start, recorder::LaneId(0).into())
        .starts(1)
        .prints(1, "alive");
    story
        .after(1_000)
        .joins(1)
        .after(9_000)
        .prints(0, "over")
        .ends(0);
    let picture = Picture::of(&story.document);
    let (_, end) = picture.lanes[1].life_us;
    assert!((1_000..2_000).contains(&end), "{end}");
    assert_eq!(
        picture
            .arrows
            .iter()
            .filter(|arrow| arrow.kind == ArrowKind::Join)
            .count(),
        1
    );
}
