//! The index: all exercises in their series, and a search that works with and without scripts.

use exercises::catalogue;
use exercises::lesson::Lesson;
use maud::{Markup, html};
use messages::lesson as lesson_text;

use super::{Frame, prose};
use crate::asked;
use crate::words::Words;

/// The series, by the beginning of their exercises' ids.
const SERIES: [&str; 7] = ["s1", "s2", "s3", "s4", "s5", "s6", "s7"];

/// The page. Without a search it is always the same.
pub fn page(words: Words, search: Option<&str>) -> String {
    let title = words.text("serve-title");
    Frame {
        words,
        title: &title,
        here: "/",
        bare: false,
        refresh: None,
    }
    .around(&html! {
        h1 { (title) }
        p.lead { (words.text("serve-lead")) }
        (list(words, search))
    })
}

/// The search and the list, also for pages that found nothing else to show.
pub fn list(words: Words, search: Option<&str>) -> Markup {
    let found = match search {
        Some(search) => asked::search(words.0, search),
        None => catalogue::all().to_vec(),
    };
    let shown: String = search.unwrap_or_default().chars().take(100).collect();
    html! {
        form.search role="search" action="/" method="get" {
            label for="q" { (words.text("serve-search")) }
            input #q type="search" name="q" value=(shown) maxlength="100" autocomplete="off";
            input type="hidden" name="lang" value=(words.0.code());
            button { (words.text("serve-search-button")) }
        }
        p #found role="status" data-one=(words.say("serve-found", &[("count", 1.into())]))
            data-none=(words.text("serve-found-none")) data-label=(words.text("serve-found-label")) {
            @if search.is_some() {
                @if found.is_empty() { (words.text("serve-found-none")) }
                @else { (words.say("serve-found", &[("count", found.len().into())])) }
            }
        }
        @for series in SERIES {
            @let of_series: Vec<&Lesson> = found.iter().copied().filter(|lesson| series_of(lesson) == series).collect();
            @if !of_series.is_empty() {
                section.series aria-labelledby=(series) {
                    h2 id=(series) { (prose(&words.text(&format!("serve-series-{series}")))) }
                    ul.menu {
                        @for lesson in of_series { (entry(words, lesson)) }
                    }
                }
            }
        }
    }
}

fn series_of(lesson: &Lesson) -> &str {
    lesson.id.split('e').next().unwrap_or_default()
}

fn entry(words: Words, lesson: &Lesson) -> Markup {
    html! {
        li {
            a href=(words.link(&format!("/{}", lesson.id))) {
                span.id dir="ltr" { (lesson.id) } " "
                span { (lesson_text::title(words.0, lesson.id)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use messages::Language;

    #[test]
    fn the_menu_names_every_exercise_and_stays_light() {
        for language in Language::ALL {
            let page = page(Words(language), None);
            for lesson in catalogue::all() {
                assert!(
                    page.contains(&format!("href=\"/{}?lang=", lesson.id)),
                    "{}",
                    lesson.id
                );
            }
            assert!(!page.contains(">serve-"), "{language}");
            assert!(page.len() < 100_000, "{language}: {}", page.len());
        }
    }

    #[test]
    fn what_was_searched_for_is_shown_as_text() {
        let page = page(Words(Language::En), Some("\"><script>alert(1)</script>"));
        assert!(!page.contains("<script>alert"));
        assert!(page.contains("&lt;script&gt;"));
    }
}
