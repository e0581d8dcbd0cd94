//! Prints and documents that want to break a drawing.

use messages::{Language, Spoken};
use recorder::document::Document;
use recorder::timeline::text::Options;
use recorder::timeline::{figure, svg, text, trace_event};
use recorder::{Event, Kind, LaneId, Object, ObjectKind};
use roxmltree::Document as Xml;

use crate::story::{Story, two_threads};

const ENGLISH: Spoken = Spoken(Language::En);

fn everything_holds(document: &Document) {
    for language in [Language::En, Language::Fa] {
        let figure = figure::draw(document, &Spoken(language));
        let image = Xml::parse(&figure.svg).unwrap_or_else(|error| panic!("{error}"));
        let page = Xml::parse(&figure.html).unwrap_or_else(|error| panic!("{error}"));
        for name in ["script", "foreignObject", "a", "iframe"] {
            for xml in [&image, &page] {
                assert!(
                    !xml.descendants().any(|node| node.tag_name().name() == name),
                    "{name}"
                );
            }
        }
        assert!(figure.svg.len() < 300_000, "{}", figure.svg.len());
        for steering in ['\u{1b}', '\u{0}', '\u{202e}', '\u{fffe}'] {
            assert!(!figure.svg.contains(steering), "{steering:?}");
            assert!(!figure.html.contains(steering), "{steering:?}");
            assert!(!figure.text.contains(steering), "{steering:?}");
        }
        trace_event::draw(document, &Spoken(language)).to_string();
    }
}

#[test]
fn a_print_is_text_and_nothing_else() {
    let prints = [
        "</text></svg><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>' & &amp; &lt; <![CDATA[ ]]> <!-- -->",
        "\u{0}\u{1}\u{8}\u{b}\u{c}\u{1f}\u{7f}\u{9f}\u{fffe}\u{ffff}",
        "\u{1b}[2J\u{1b}]0;title\u{7}red\u{1b}[31m",
        "\u{202e}backwards\u{202d}\u{2066}\u{2067}\u{2068}never closed",
        "سلام \u{200f}! دنیا",
        "a\nb\r\nc\td",
        "",
        "   ",
    ];
    let mut story = Story::of(&prints);
    for (lane, text) in prints.iter().enumerate() {
        story.prints(lane as u32, text);
        story.prints(0, &format!("{text}{text}"));
    }
    story.document.exercise = prints[0].to_owned();
    everything_holds(&story.document);
}

#[test]
fn very_long_lines_and_very_many_marks_are_cut() {
    let mut story = Story::of(&["main"]);
    story.prints(0, &"x".repeat(10_000_000));
    story.prints(0, &format!("a{}", "\u{301}".repeat(1_000_000)));
    story.prints(0, &"🧵".repeat(100_000));
    everything_holds(&story.document);
}

#[test]
fn a_hundred_thousand_printed_lines_are_counted() {
    let mut story = Story::of(&["main", "A"]);
    for number in 0..100_000_u32 {
        story.prints(number % 2, &format!("line {number}"));
    }
    everything_holds(&story.document);
    let image = svg::draw(&story.document, &ENGLISH);
    assert!(
        image.contains("of 100000 printed lines are written here"),
        "says how many"
    );
}

#[test]
fn a_document_that_cannot_be_is_drawn_without_a_panic() {
    let mut document = two_threads();
    let odd = |seq, at_us, lane, kind, object| Event {
        seq,
        at_us,
        lane: LaneId(lane),
        kind,
        object,
    };
    let lane = |id| Object {
        kind: ObjectKind::Lane,
        id,
    };
    document.events.extend([
        odd(u64::MAX, u64::MAX, u32::MAX, Kind::Exit, lane(u64::MAX)),
        odd(0, u64::MAX, 77, Kind::JoinEnd, lane(77)),
        odd(
            0,
            0,
            1,
            Kind::WaitEnd,
            Object {
                kind: ObjectKind::Process,
                id: u64::MAX,
            },
        ),
        odd(3, 5, 1, Kind::Spawn, lane(1)),
        odd(
            3,
            5,
            1,
            Kind::Acquire,
            Object {
                kind: ObjectKind::Barrier,
                id: 9,
            },
        ),
        odd(
            2,
            9,
            2,
            Kind::Receive,
            Object {
                kind: ObjectKind::Queue,
                id: 9,
            },
        ),
        odd(
            1,
            1,
            2,
            Kind::Release,
            Object {
                kind: ObjectKind::Lock,
                id: 9,
            },
        ),
    ]);
    document.lanes.push(document.lanes[0].clone());
    document.lost = u64::MAX;
    everything_holds(&document);
    document.lanes.clear();
    everything_holds(&document);
    for kind in Kind::ALL {
        for object in ObjectKind::ALL {
            let mut one = Story::of(&["main", "A"]);
            let object = Object {
                kind: *object,
                id: 1,
            };
            one.event(1, *kind, object)
                .event(0, *kind, object)
                .event(1, *kind, object);
            everything_holds(&one.document);
        }
    }
}

#[test]
fn rows_of_text_hold_hostile_names_too() {
    let mut story = Story::of(&["ma\u{1b}[31min", "\u{202e}A"]);
    story.starts(1).prints(1, "\u{1b}[2Jhello");
    let drawn = text::draw(&story.document, &Options::default());
    assert!(!drawn.contains(['\u{1b}', '\u{202e}']), "{drawn:?}");
    assert!(drawn.contains("hello"));
}
