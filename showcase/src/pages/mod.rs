//! Everything in HTML. A page is one frame and what stands in it; every word comes from the catalogue of messages.
//!
//! - `menu`: all exercises, with a search;
//! - `exercise`: one exercise: picture, inputs, output, explanation;
//! - `output`: a run, as far as it has come;
//! - `room`: what a class sees together;
//! - `possible`: what else could have happened in an exercise;
//! - `reference`: the description of the addresses;
//! - `problem`: why there is no page.

pub mod exercise;
pub mod menu;
pub mod output;
mod possible;
pub mod problem;
pub mod reference;
pub mod room;

use exercises::lesson::{Lesson, Scene};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use messages::Language;

use crate::assets;
use crate::words::Words;

/// Where in its page a text stands that is sent later: what stands before it is sent first.
pub struct Split {
    /// Up to there.
    pub before: String,
    /// From there on.
    pub after: String,
}

/// What the frame of a page has to know.
pub struct Frame<'a> {
    /// The reader.
    pub words: Words,
    /// The page's title.
    pub title: &'a str,
    /// The page's address without its language, for the links to the other languages.
    pub here: &'a str,
    /// Whether the page stands inside a room's page, which has a head of its own.
    pub bare: bool,
    /// Seconds after which a browser without scripts asks again.
    pub refresh: Option<u32>,
}

impl Frame<'_> {
    /// The whole page.
    pub fn around(&self, content: &Markup) -> String {
        let split = self.split(content, &html! {});
        split.before + &split.after
    }

    /// The page in two halves, so that something can be sent in between.
    pub fn split(&self, before: &Markup, after: &Markup) -> Split {
        let head = html! {
            (DOCTYPE)
            (PreEscaped(format!(
                "<html lang=\"{}\" dir=\"{}\">",
                self.words.0.code(),
                self.words.direction()
            )))
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (self.title) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href=(asset("showcase.css"));
                script src=(asset("showcase.js")) defer {}
                @if let Some(seconds) = self.refresh {
                    noscript { meta http-equiv="refresh" content=(seconds); }
                }
            }
            (PreEscaped("<body>"))
            @if !self.bare { (self.head()) }
            (PreEscaped("<main id=\"content\" tabindex=\"-1\">"))
            (before)
        };
        let foot = html! {
            (after)
            (PreEscaped("</main>"))
            @if !self.bare {
                footer {
                    a href=(self.words.link("/docs")) { (self.words.text("serve-docs")) }
                    " · "
                    a href=(self.words.link("/room")) { (self.words.text("serve-room")) }
                }
            }
            (PreEscaped("</body></html>\n"))
        };
        Split {
            before: head.into_string(),
            after: foot.into_string(),
        }
    }

    fn head(&self) -> Markup {
        html! {
            a.skip href="#content" { (self.words.text("serve-skip")) }
            header {
                a.home href=(self.words.link("/")) { (self.words.text("serve-name")) }
                nav aria-label=(self.words.text("serve-language")) {
                    @for language in Language::ALL {
                        a href=(Words(language).link(self.here)) lang=(language.code())
                            dir=(Words(language).direction()) hreflang=(language.code())
                            aria-current=[(language == self.words.0).then_some("true")]
                            { (messages::text(language, "language-name")) }
                    }
                }
            }
        }
    }
}

fn asset(name: &str) -> String {
    format!("/static/{name}?v={}", *assets::VERSION)
}

/// The head of what is said about one scenario.
fn scenario_title(words: Words, lesson: &Lesson, scene: Scene) -> String {
    let title = messages::lesson::scenario(words.0, lesson.id, scene.number());
    let arguments = [("number", scene.number().into()), ("title", title.into())];
    words.say("run-scenario", &arguments)
}

/// A text of the catalogue, where code stands between backticks.
fn prose(text: &str) -> Markup {
    html! {
        @for (place, part) in text.split('`').enumerate() {
            @if place % 2 == 1 { code dir="ltr" { (part) } } @else { (part) }
        }
    }
}
