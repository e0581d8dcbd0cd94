//! A student's report as Markdown: for a course system's comments, a mail, a repository.
//!
//! What a student had a hand in stands in fences that are longer than any run of backticks in it, or with every sign
//! Markdown or HTML knows escaped.

use std::fmt::Write;

use super::html::{drawn, recorded};
use super::mark::{Mark, Sheet};
use super::{ReportOptions, Words, visible};
use crate::assignment::Assignment;

/// A student's report.
pub(super) fn student(
    assignment: &Assignment,
    sheet: &Sheet<'_>,
    options: &ReportOptions,
    words: Words,
) -> String {
    let mut text = String::new();
    let title = format!(
        "{} – {}",
        inline(assignment.title(words.0)),
        inline(sheet.name())
    );
    let total = words.points(sheet.points(), assignment.max_points());
    // Writing to a String cannot fail; here and below.
    let _ = writeln!(
        text,
        "# {title}\n\n**{}** {total}\n",
        words.of("grading-label-points")
    );
    if sheet.points().is_none() {
        let _ = writeln!(text, "{}\n", words.of("grading-note-open"));
    }
    if let Some(said) = words.about_sandbox(options) {
        let _ = writeln!(text, "> {said}\n");
    }
    for mark in &sheet.marks {
        task(&mut text, mark, words);
    }
    text
}

fn task(text: &mut String, mark: &Mark<'_>, words: Words) {
    let title = inline(mark.task.title(words.0));
    let points = words.points(mark.points, mark.task.points);
    let verdict = words.verdict(mark.verdict);
    let _ = writeln!(
        text,
        "## {title}\n\n**{verdict}** · {points}\n\n{}\n",
        prose(&mark.said)
    );
    if let Some(check) = &mark.check {
        let label = words.of("grading-label-check");
        let _ = writeln!(text, "{label}\n\n> {}\n", prose(check));
    }
    let mut show = |label: &str, what: &str| {
        let _ = writeln!(text, "{}\n\n{}\n", words.of(label), fenced(what));
    };
    for detail in &mark.details {
        show(detail.label, &detail.text);
    }
    if let Some(comment) = &mark.comment {
        show("grading-label-comment", comment);
    }
    if let Some(run) = &mark.run {
        if let Some(document) = recorded(run) {
            show("grading-label-timeline", &drawn(document));
        }
        if !run.stdout.is_empty() {
            show("grading-label-output", &run.stdout);
        }
    }
    if let Some(schedule) = &mark.schedule {
        show("grading-label-schedule", schedule);
        let _ = writeln!(text, "{}\n", words.of("grading-note-schedule"));
    }
}

/// A block that nothing in it can end.
fn fenced(what: &str) -> String {
    let what = visible::lines(what);
    let (mut longest, mut now) = (0, 0);
    for c in what.chars() {
        now = if c == '`' { now + 1 } else { 0 };
        longest = longest.max(now);
    }
    let fence = "`".repeat((longest + 1).max(3));
    format!("{fence}text\n{}\n{fence}", what.trim_end_matches('\n'))
}

/// A sentence of the catalogue, in which code stands in backticks.
fn prose(sentence: &str) -> String {
    let sentence = visible::line(sentence);
    if sentence.matches('`').count() % 2 == 1 {
        return inline(&sentence);
    }
    let part = |(place, part): (usize, &str)| match place % 2 {
        0 => inline(part),
        // Nothing means anything between backticks, not even a backslash.
        _ => format!("`{part}`"),
    };
    sentence.split('`').enumerate().map(part).collect()
}

/// A text of one line in which nothing means anything.
fn inline(what: &str) -> String {
    let mut safe = String::new();
    for c in visible::line(what).chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '&' | '~' | '$'
        ) {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_a_fence() {
        let block = fenced("a\n````\n<script>alert(1)</script>\n");
        assert!(
            block.starts_with("`````text\n") && block.ends_with("\n`````"),
            "{block}"
        );
    }

    #[test]
    fn code_in_a_sentence_stays_as_it_is() {
        assert_eq!(prose("it reached `todo!()`!"), "it reached `todo!()`\\!");
        assert_eq!(prose("an odd ` and *"), "an odd \\` and \\*");
    }

    #[test]
    fn nothing_becomes_a_link_or_a_tag() {
        assert_eq!(
            inline("[x](javascript:1) <b>"),
            "\\[x\\](javascript:1) \\<b\\>"
        );
    }
}
