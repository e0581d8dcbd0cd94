//! One exercise: picture, inputs, output, what else could have happened, explanation.

use exercises::lesson::{Lesson, Parameter, Scene};
use maud::{Markup, PreEscaped, html};
use messages::lesson as lesson_text;

use super::{Frame, Split, possible, prose, scenario_title};
use crate::asked::{Mistake, Query, SHAKE_LIMIT};
use crate::typical;
use crate::words::Words;

/// What the page shows besides the exercise itself.
#[derive(Default)]
pub struct Shown<'a> {
    /// What was filled in.
    pub query: Query,
    /// What is wrong with it.
    pub mistakes: &'a [Mistake],
    /// Why it cannot be run now.
    pub refused: Option<String>,
    /// Whether a run stands in the output.
    pub run: bool,
    /// The room this reader leads.
    pub room: Option<String>,
    /// Whether the page stands inside a room's page.
    pub bare: bool,
}

/// The page, in two halves: what is printed stands between them.
pub fn page(words: Words, lesson: &'static Lesson, shown: &Shown<'_>) -> Split {
    let name = lesson_text::title(words.0, lesson.id);
    let title = format!("{} · {name}", lesson.id);
    let here = format!("/{}", lesson.id);
    let frame = Frame {
        words,
        title: &title,
        here: &here,
        bare: shown.bare,
        refresh: None,
    };
    // Where there is something else to see first, the picture is folded.
    let quiet = !shown.run && shown.mistakes.is_empty() && shown.refused.is_none();
    let before = html! {
        @if !shown.bare {
            p.back { a href=(words.link("/")) { (words.text("serve-menu")) } }
        }
        h1 { span.id dir="ltr" { (lesson.id) } " " (name) }
        (picture(words, lesson, quiet))
        (inputs(words, lesson, shown))
        (PreEscaped("<section id=\"output\" aria-labelledby=\"output-head\">"))
        h2 #output-head tabindex="-1" { (words.text("serve-output")) }
        @if let Some(refused) = &shown.refused { p.wrong role="alert" { (refused) } }
        @if !shown.run { p.hint #hint { (words.text("serve-output-none")) } }
    };
    let after = html! {
        (PreEscaped("</section>"))
        (possible::section(words, lesson))
        (explanation(words, lesson))
    };
    frame.split(&before, &after)
}

fn picture(words: Words, lesson: &'static Lesson, open: bool) -> Markup {
    let figure = typical::figure(lesson.id, words.0);
    html! {
        section aria-labelledby="picture-head" {
            h2 #picture-head { (words.text("serve-picture")) }
            @if let Some(figure) = figure {
                details open[open] {
                    summary { (words.text("serve-picture-summary")) }
                    div.figure { (PreEscaped(&*figure)) }
                }
            }
        }
    }
}

fn inputs(words: Words, lesson: &Lesson, shown: &Shown<'_>) -> Markup {
    let query = &shown.query;
    let chosen = query.get("scenario").unwrap_or("1");
    html! {
        section aria-labelledby="inputs-head" {
            h2 #inputs-head { (words.text("serve-inputs")) }
            @if !shown.mistakes.is_empty() {
                div.wrong role="alert" {
                    p { (words.text("serve-wrong")) }
                    ul {
                        @for mistake in shown.mistakes {
                            li { (mistake.text(words.0)) " " (mistake.next(words.0)) }
                        }
                    }
                }
            }
            form #run action=(format!("/{}", lesson.id)) method="get" data-live=(format!("/{}/live", lesson.id))
                data-stop=(words.text("serve-stop")) data-lost=(words.text("serve-lost"))
                data-stopped=(words.text("serve-stopped-abandoned")) {
                fieldset {
                    legend { (words.text("pick-scenario")) }
                    @for scene in Scene::ALL {
                        @let number = scene.number().to_string();
                        label.choice {
                            input type="radio" name="scenario" value=(number) checked[number == chosen];
                            " " (number) ". " (lesson_text::scenario(words.0, lesson.id, scene.number()))
                        }
                    }
                }
                @for parameter in lesson.parameters { (number(words, parameter, shown)) }
                details {
                    summary { (words.text("serve-more-inputs")) }
                    (field(words, shown, "seed", &words.text("pick-seed"), 0, None, ""))
                    (field(words, shown, "shake", &words.text("serve-shake"), 0, Some(SHAKE_LIMIT), "0"))
                }
                input type="hidden" name="lang" value=(words.0.code());
                p.buttons {
                    button.main { (words.text("pick-run")) }
                    button name="Json" value="1" { "JSON" }
                    @if let Some(room) = &shown.room {
                        @let show = format!("/room/{room}/show");
                        button name="exercise" value=(lesson.id) formaction=(show) formmethod="post" {
                            (words.text("serve-room-run"))
                        }
                    }
                }
            }
        }
    }
}

fn number(words: Words, parameter: &Parameter, shown: &Shown<'_>) -> Markup {
    let about = words.say(
        "pick-parameter",
        &[
            (
                "about",
                words.text(&format!("parameter-{}", parameter.name)).into(),
            ),
            ("min", parameter.min.into()),
            ("max", parameter.max.into()),
        ],
    );
    let default = parameter.default.to_string();
    let max = Some(u64::from(parameter.max));
    field(
        words,
        shown,
        parameter.name,
        &about,
        parameter.min.into(),
        max,
        &default,
    )
}

fn field(
    words: Words,
    shown: &Shown<'_>,
    name: &str,
    about: &str,
    min: u64,
    max: Option<u64>,
    default: &str,
) -> Markup {
    let mistake = shown
        .mistakes
        .iter()
        .find(|mistake| mistake.parameter == name);
    let value = mistake.map_or_else(
        || shown.query.get(name).unwrap_or(default),
        |mistake| mistake.value.as_str(),
    );
    let problem = format!("{name}-wrong");
    html! {
        p.field {
            label for=(name) { code dir="ltr" { (name) } " " span { (prose(about)) } }
            input id=(name) name=(name) type="number" inputmode="numeric" dir="ltr" step="1" min=(min) max=[max]
                value=(value) aria-invalid=[mistake.map(|_| "true")]
                aria-describedby=[mistake.map(|_| problem.as_str())];
            @if let Some(mistake) = mistake {
                span.wrong id=(problem) { (mistake.text(words.0)) }
            }
        }
    }
}

fn explanation(words: Words, lesson: &Lesson) -> Markup {
    html! {
        section aria-labelledby="explanation-head" {
            h2 #explanation-head { (words.text("serve-explanation")) }
            @for scene in Scene::ALL {
                h3 { (scenario_title(words, lesson, scene)) }
                p { (prose(&lesson_text::note(words.0, lesson.id, scene.number()))) }
                (rules(words, "serve-guaranteed", lesson.guaranteed(scene).iter().map(ToString::to_string).collect()))
                (rules(words, "serve-likely", lesson.scenario(scene).likely.iter().map(ToString::to_string).collect()))
            }
        }
    }
}

fn rules(words: Words, head: &str, rules: Vec<String>) -> Markup {
    html! {
        @if !rules.is_empty() {
            h4 { (words.text(head)) }
            ul { @for rule in rules { li { code dir="ltr" { (rule) } } } }
        }
    }
}
