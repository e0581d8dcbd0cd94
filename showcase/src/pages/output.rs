//! A run, as far as it has come. The same pieces are sent to a browser without scripts, one after the other in one
//! long page, and to the script of the page.

use maud::{Markup, PreEscaped, html};
use messages::{Spoken, lesson as lesson_text};
use recorder::Line;
use recorder::document::{Document, RuleReport, Status};
use recorder::timeline::figure;

use super::{Frame, Split, prose};
use crate::runs::{Ending, Run, Stop};
use crate::words::Words;

/// A page for this run alone, in two halves.
pub fn page(words: Words, run: &Run, bare: bool) -> Split {
    let part = &run.part;
    let name = lesson_text::title(words.0, &part.exercise);
    let title = format!("{} · {name}", part.exercise);
    let here = format!("/run/{}", run.id);
    let frame = Frame {
        words,
        title: &title,
        here: &here,
        bare,
        refresh: None,
    };
    let scenario = lesson_text::scenario(words.0, &part.exercise, part.scenario);
    let before = html! {
        h1 { span.id dir="ltr" { (part.exercise) } " " (name) }
        p { (words.say("run-scenario", &[("number", part.scenario.into()), ("title", scenario.into())])) }
        p {
            @for (name, value) in &part.params { code dir="ltr" { (name) " = " (value) } " " }
        }
        (PreEscaped("<section id=\"output\" aria-labelledby=\"output-head\">"))
        h2 #output-head tabindex="-1" { (words.text("serve-output")) }
    };
    let after = html! {
        (PreEscaped("</section>"))
        p { a href=(words.link(&format!("/{}", part.exercise))) { (words.text("serve-exercise")) } }
    };
    frame.split(&before, &after)
}

/// The beginning of the list of lines.
pub const LINES_BEGIN: &str = "<ol class=\"lines\">";
/// Its end.
pub const LINES_END: &str = "</ol>";

/// That others come first.
pub fn waiting(words: Words, ahead: usize) -> String {
    words.say("serve-waiting", &[("count", ahead.into())])
}

/// One printed line: when, which lane, who, what.
pub fn line(words: Words, exercise: &str, line: &Line) -> Markup {
    // Exact enough to read, and the lossy conversion starts at centuries.
    let ms = line.at_us as f64 / 1000.0;
    html! {
        li {
            span.at dir="ltr" { (format!("{ms:.1}")) " ms" } " "
            span.lane dir="ltr" { "#" (line.lane.0) } " "
            bdi.who { (line.who) } " "
            bdi.said { (lesson_text::line(words.0, exercise, line)) }
        }
    }
}

/// How it ended, and what there is to see of it.
pub fn ending(words: Words, run: &Run, ending: &Ending) -> Markup {
    match ending {
        Ending::Played(document) => {
            let mut document = document.as_ref().clone();
            lesson_text::add_texts(&mut document, words.0);
            played(words, run, &document)
        }
        Ending::Stopped(stop) => html! { p.wrong role="alert" { (stopped(words, stop)) } },
    }
}

/// Why there is no document.
pub fn stopped(words: Words, stop: &Stop) -> String {
    let id = match stop {
        Stop::Time => "serve-stopped-time",
        Stop::Output => "serve-stopped-output",
        Stop::Memory => "serve-stopped-memory",
        Stop::Threads => "serve-stopped-threads",
        Stop::Abandoned => "serve-stopped-abandoned",
        Stop::Closing => "serve-stopped-closing",
        Stop::Failed(_) => "serve-stopped-failed",
    };
    let reason = match stop {
        Stop::Failed(reason) => reason.as_str(),
        _ => "",
    };
    words.say(id, &[("reason", words.kept(reason).into())])
}

fn played(words: Words, run: &Run, document: &Document) -> Markup {
    let here = format!("/run/{}", run.id);
    let ms = words.kept(&format!("{:.1} ms", document.elapsed_ms));
    html! {
        @match document.status {
            Status::Ok => p.done role="status" { (words.say("serve-done", &[("time", ms.into())])) },
            Status::TimedOut => p.wrong role="alert" { (words.text("serve-timed-out")) },
            Status::Failed => p.wrong role="alert" {
                (words.say("serve-stopped-failed", &[("reason", document.error.clone().unwrap_or_default().into())]))
            },
        }
        @if document.status != Status::Failed {
            h3 { (words.text("serve-order")) }
            ul.order {
                @for report in &document.order.guaranteed {
                    (rule(words, report, "run-guaranteed-held", "run-guaranteed-broken", true))
                }
                @for report in &document.order.likely {
                    (rule(words, report, "run-likely-held", "run-likely-not-held", false))
                }
            }
        }
        @if !document.result.is_empty() {
            h3 { (words.text("serve-result")) }
            dl {
                @for (name, value) in &document.result {
                    dt { code dir="ltr" { (name) } }
                    dd { code dir="ltr" { (value) } }
                }
            }
        }
        @if let Some(note) = &document.note { p.note { (prose(note)) } }
        h3 { (words.text("pick-timeline")) }
        div.figure { (PreEscaped(figure::draw(document, &Spoken(words.0)).html)) }
        p.links {
            a href=(words.link(&here)) { (words.text("serve-this-run")) }
            " · "
            a href=(words.link(&format!("{here}?Json=1"))) { (words.text("serve-this-json")) }
            " · "
            code dir="ltr" { "seed = " (document.seed) }
        }
    }
}

fn rule(words: Words, report: &RuleReport, held: &str, not_held: &str, must: bool) -> Markup {
    let class = match (report.holds, must) {
        (true, _) => "held",
        (false, true) => "broken",
        (false, false) => "luck",
    };
    let said = words.say(
        if report.holds { held } else { not_held },
        &[("rule", words.kept(&report.rule).into())],
    );
    html! { li class=(class) { (said) } }
}
