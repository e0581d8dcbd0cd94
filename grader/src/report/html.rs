//! The pages. `maud` escapes everything that is put into them; [`visible`] comes before that.

use base64::Engine;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use recorder::document::Document;
use recorder::timeline::text;

use super::mark::{Mark, Sheet};
use super::overview::{BARS, Class};
use super::{ReportOptions, Words, visible};
use crate::assignment::Assignment;
use crate::judge::RunRecord;
use crate::similarity::Similar;
use crate::verdict::Verdict;

const STYLE: &str = include_str!("../../template/report.css");

/// Nothing is loaded, nothing is run.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

fn page(words: Words, title: &str, body: &Markup) -> String {
    let direction = if words.0.is_rtl() { "rtl" } else { "ltr" };
    html! {
        (DOCTYPE)
        html lang=(words.0.code()) dir=(direction) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (visible::line(title)) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (body) } }
        }
    }
    .into_string()
}

/// A sentence of the catalogue: what stands in backticks is code, which runs from left to right in every language.
fn prose(sentence: &str) -> Markup {
    let sentence = visible::line(sentence);
    let parts: Vec<&str> = sentence.split('`').collect();
    // The last of an even number of parts follows a backtick that is never closed.
    let closed = parts.len() - usize::from(parts.len().is_multiple_of(2));
    html! {
        @for (place, part) in parts.iter().enumerate() {
            @if place % 2 == 0 { (part) } @else if place < closed { code dir="ltr" { (part) } } @else { "`" (part) }
        }
    }
}

/// How a verdict is coloured; its word is always there as well.
fn class(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Accepted) => "good",
        Some(Verdict::Partial(_)) => "half",
        None | Some(Verdict::Internal) => "open",
        Some(_) => "bad",
    }
}

fn badge(words: Words, verdict: Option<Verdict>) -> Markup {
    html! { span.badge.(class(verdict)) { (words.verdict(verdict)) } }
}

fn sandbox_note(words: Words, options: &ReportOptions) -> Markup {
    html! {
        @match words.about_sandbox(options) {
            Some(said) if options.sandbox.is_weak() => p.warning { (said) },
            Some(said) => p.hint { (said) },
            None => {}
        }
    }
}

/// A student's page.
pub(super) fn student(
    assignment: &Assignment,
    sheet: &Sheet<'_>,
    options: &ReportOptions,
    words: Words,
) -> String {
    let title = assignment.title(words.0);
    let body = html! {
        header {
            p.over { bdi { (visible::line(sheet.name())) } }
            h1 { (visible::line(title)) }
            p.total {
                span.label { (words.of("grading-label-points")) } " "
                b dir="ltr" { (words.points(sheet.points(), assignment.max_points())) }
            }
            @if sheet.points().is_none() { p { (words.of("grading-note-open")) } }
        }
        (sandbox_note(words, options))
        @for mark in &sheet.marks { (task(mark, options, words)) }
    };
    page(words, &format!("{title} – {}", sheet.name()), &body)
}

fn task(mark: &Mark<'_>, options: &ReportOptions, words: Words) -> Markup {
    html! {
        section.task {
            h2 {
                bdi { (visible::line(mark.task.title(words.0))) } " "
                (badge(words, mark.verdict)) " "
                span.points dir="ltr" { (words.points(mark.points, mark.task.points)) }
            }
            p { (prose(&mark.said)) }
            @if let Some(check) = &mark.check {
                div.detail {
                    span.label { (words.of("grading-label-check")) }
                    p dir="auto" { (prose(check)) }
                }
            }
            @for detail in &mark.details {
                div.detail {
                    span.label { (words.of(detail.label)) }
                    pre dir="ltr" { (visible::lines(&detail.text)) }
                }
            }
            @if let Some(comment) = &mark.comment {
                div.detail {
                    span.label { (words.of("grading-label-comment")) }
                    p dir="auto" { (visible::lines(comment)) }
                }
            }
            @if let Some(document) = mark.run.as_ref().and_then(recorded) {
                (timeline(document, options, words))
            }
            @if let Some(run) = mark.run.as_ref().filter(|run| !run.stdout.is_empty()) {
                details { summary { (words.of("grading-label-output")) } pre dir="ltr" { (visible::lines(&run.stdout)) } }
            }
            @if let Some(schedule) = &mark.schedule {
                div.detail {
                    span.label { (words.of("grading-label-schedule")) }
                    pre dir="ltr" { (visible::lines(schedule)) }
                    p.hint { (prose(&words.of("grading-note-schedule"))) }
                }
            }
        }
    }
}

fn timeline(document: &Document, options: &ReportOptions, words: Words) -> Markup {
    let caption = words.of("grading-label-timeline");
    html! {
        figure {
            @if let Some(draw) = options.timeline {
                @let picture = base64::engine::general_purpose::STANDARD.encode(draw(document, words.0));
                img alt=(caption) src={ "data:image/svg+xml;base64," (picture) };
            } @else {
                pre dir="ltr" { (visible::lines(&drawn(document))) }
            }
            figcaption { (caption) }
        }
    }
}

/// What was recorded of a run, where there is something to draw.
pub(super) fn recorded(run: &RunRecord) -> Option<&Document> {
    run.document
        .as_ref()
        .filter(|document| !drawn(document).trim().is_empty())
}

/// The timeline as text.
pub(super) fn drawn(document: &Document) -> String {
    text::draw(
        document,
        &text::Options {
            rows: 60,
            ..text::Options::default()
        },
    )
}

/// The teacher's page.
pub(super) fn overview(
    assignment: &Assignment,
    class: &Class,
    similar: &[Similar],
    options: &ReportOptions,
    words: Words,
) -> String {
    let title = assignment.title(words.0);
    let max = assignment.max_points();
    let mean = class.mean().map(|mean| (mean * 100.0).round() / 100.0);
    let body = html! {
        header {
            p.over { (words.of("grading-overview")) }
            h1 { (visible::line(title)) }
            p.total {
                (words.with("grading-overview-count", &[("count", class.lines.len().into())])) " · "
                span.label { (words.of("grading-overview-mean")) } " "
                b dir="ltr" { (words.points(mean, max)) }
            }
            @let open = class.open();
            @if open > 0 { p.hint { (words.with("grading-overview-open", &[("count", open.into())])) } }
        }
        (sandbox_note(words, options))
        section {
            h2 { (words.of("grading-overview-distribution")) }
            (bars(class, max))
        }
        section {
            h2 { (words.of("grading-overview-tasks")) }
            @for (task, counts) in assignment.tasks.iter().zip(&class.tasks) {
                h3 {
                    bdi { (visible::line(task.title(words.0))) } " "
                    @let mean = (counts.counted > 0).then(|| (counts.sum / counts.counted as f64 * 100.0).round() / 100.0);
                    span.points dir="ltr" { (words.points(mean, task.points)) }
                }
                ul.verdicts {
                    @for name in Verdict::NAMES {
                        @if let Some(count) = counts.verdicts.get(name) {
                            li { (badge(words, Verdict::from_name(name, 0.5))) " " (count) }
                        }
                    }
                    @if counts.open > 0 { li { (badge(words, None)) " " (counts.open) } }
                }
            }
        }
        section {
            h2 { (words.of("grading-overview-mistakes")) }
            @let mistakes = class.mistakes();
            @if mistakes.is_empty() { p { (words.of("grading-overview-no-mistakes")) } } @else {
                div.wide { table {
                    @for (task, said, count) in mistakes {
                        tr { td.number { (count) } td { code dir="ltr" { (task) } } td { (prose(said)) } }
                    }
                } }
            }
        }
        @if !options.passed_over.is_empty() {
            section {
                h2 { (words.of("grading-overview-passed-over")) }
                p.hint { (prose(&words.of("grading-overview-passed-over-why"))) }
                ul { @for path in &options.passed_over { li { bdi { (visible::line(path)) } } } }
            }
        }
        section {
            h2 { (words.of("grading-overview-similar")) }
            @if similar.is_empty() { p { (words.of("grading-overview-no-similar")) } } @else {
                p { a href="similar.html" { (words.with("grading-overview-similar-count", &[("count", similar.len().into())])) } }
            }
        }
        section {
            h2 { (words.of("grading-overview-students")) }
            div.wide { table {
                thead { tr {
                    th { (words.of("grading-label-student")) }
                    th.number { (words.of("grading-label-points")) }
                    @for task in &assignment.tasks { th { code dir="ltr" { (task.id) } } }
                } }
                tbody { @for line in &class.lines { tr {
                    td {
                        a href={ "students/" (address(&line.file)) ".html" } { bdi { (visible::line(&line.name)) } }
                        @if line.name != line.id { " " small { bdi { (visible::line(&line.id)) } } }
                    }
                    td.number dir="ltr" { (words.points(line.points, max)) }
                    @for verdict in &line.verdicts { td { (badge(words, *verdict)) } }
                } } }
            } }
        }
    };
    page(words, title, &body)
}

/// A file's name inside an address: everything that means something there is written in hexadecimal.
fn address(file: &str) -> String {
    use std::fmt::Write;
    file.bytes().fold(String::new(), |mut address, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            address.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(address, "%{byte:02X}");
        }
        address
    })
}

/// One bar for each tenth of the points, from left to right in every language.
fn bars(class: &Class, max: f64) -> Markup {
    let highest = class.bars.iter().copied().max().unwrap_or(0).max(1);
    let edge = |bar: usize| (max * bar as f64 / BARS as f64 * 100.0).round() / 100.0;
    html! {
        div.bars dir="ltr" {
            @for (bar, count) in class.bars.iter().enumerate() {
                div.column {
                    span.count { @if *count > 0 { (count) } }
                    div.bar style={ "height:" (count * 100 / highest) "px" } {}
                    span.edge { (edge(bar)) "–" (edge(bar + 1)) }
                }
            }
        }
    }
}

/// Similar answers side by side.
pub(super) fn similar(
    assignment: &Assignment,
    similar: &[Similar],
    options: &ReportOptions,
    words: Words,
) -> String {
    let title = words.of("grading-overview-similar");
    let task_title = |id: &str| {
        assignment
            .task(id)
            .map_or(id.to_owned(), |task| task.title(words.0).to_owned())
    };
    let body = html! {
        header {
            p.over { (visible::line(assignment.title(words.0))) }
            h1 { (title) }
            p { (words.of("grading-note-similar")) }
        }
        (sandbox_note(words, options))
        @if similar.is_empty() { p { (words.of("grading-overview-no-similar")) } }
        @for pair in similar {
            section {
                h2 {
                    bdi { (visible::line(&task_title(&pair.task))) } " "
                    span.points dir="ltr" { ((pair.share * 100.0).round()) " %" }
                }
                div.pair dir="ltr" {
                    @for (id, text) in [&pair.first, &pair.second] {
                        div { p.label { bdi { (visible::line(id)) } } pre { (visible::lines(text)) } }
                    }
                }
            }
        }
    };
    page(words, &title, &body)
}

#[cfg(test)]
mod tests {
    use messages::Language;

    use super::*;

    #[test]
    fn addresses_hold_nothing_that_means_something_in_them() {
        assert_eq!(address("ada-1_b.c"), "ada-1_b.c");
        assert_eq!(address("a b\"<آ"), "a%20b%22%3C%D8%A2");
    }

    #[test]
    fn what_stands_in_backticks_is_code_and_still_harmless() {
        let shown = |text: &str| prose(text).into_string();
        assert_eq!(shown("a `b<` c"), "a <code dir=\"ltr\">b&lt;</code> c");
        assert_eq!(shown("a `b` `c"), "a <code dir=\"ltr\">b</code> `c");
        assert_eq!(shown("`"), "`");
        assert_eq!(shown(""), "");
    }

    #[test]
    fn a_page_in_persian_runs_from_right_to_left() {
        let page = page(Words(Language::Fa), "<b>", &html! { "x" });
        assert!(page.contains("dir=\"rtl\"") && page.contains("lang=\"fa\""));
        assert!(page.contains("&lt;b&gt;") && !page.contains("<b>"));
    }
}
