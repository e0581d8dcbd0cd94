//! What else could have happened: a section of an exercise's page. It is HTML alone, folded by the browser.

use exercises::lesson::{Lesson, Scene};
use maud::{Markup, html};
use messages::{grouped, lesson as lesson_text};

use super::prose;
use crate::possible::{
    self, Known, Order, Pair, Played, Possible, Proved, Said, Standing, Tried, text_of_lacking,
};
use crate::words::Words;

/// The section.
pub fn section(words: Words, lesson: &Lesson) -> Markup {
    html! {
        section aria-labelledby="possible-head" {
            h2 #possible-head { (words.text("serve-possible")) }
            p.hint { (words.text("serve-possible-lead")) }
            @for scene in Scene::ALL {
                h3 { (super::scenario_title(words, lesson, scene)) }
                (scenario(words, lesson, scene))
            }
        }
    }
}

fn scenario(words: Words, lesson: &Lesson, scene: Scene) -> Markup {
    match possible::known(lesson.id, scene) {
        Some(Known::Proved(found)) => html! {
            p {
                strong { (words.text("explore-proved")) } " "
                (how_many(words, found)) " " (played(words, &found.played))
            }
            (likely(words, found))
            @if let Some(possible) = &found.possible { (all_of_it(words, lesson, possible)) }
            (again(words, lesson, scene))
        },
        Some(Known::Unproved { played: how, tried }) => html! {
            p { (words.text(unproved(*tried))) " " (played(words, how)) }
            (again(words, lesson, scene))
        },
        Some(Known::Lacks { lacks }) => html! { p { (lacking(words, lacks)) } },
        None => html! {},
    }
}

fn all_of_it(words: Words, lesson: &Lesson, possible: &Possible) -> Markup {
    let some = match possible.some.len() {
        1 => "serve-possible-it",
        _ => "serve-possible-some",
    };
    let orders = possible.orders.iter().map(|one| order(words, lesson, one));
    let luck = possible.luck.iter().map(|two| pair(words, lesson, two));
    html! {
        details {
            summary { (words.text(some)) }
            div.possible { @for lines in &possible.some { (output(words, lesson, lines)) } }
        }
        (list(words, "serve-possible-orders", orders.collect(), possible.more_orders))
        (list(words, "serve-possible-luck", luck.collect(), possible.more_luck))
    }
}

fn how_many(words: Words, found: &Proved) -> String {
    match &found.possible {
        None => words.text("serve-possible-too-many"),
        Some(possible) if possible.outputs == "1" => words.text("serve-possible-one"),
        Some(possible) => {
            let count = grouped(&possible.outputs);
            words.say("serve-possible-exactly", &[("count", count.into())])
        }
    }
}

fn played(words: Words, played: &Played) -> Markup {
    let params = played.params.iter();
    let mut each: Vec<String> = params
        .map(|(name, value)| format!("`{name} = {value}`"))
        .collect();
    each.push(format!("`seed = {}`", played.seed));
    let said = words.say("contract-played", &[("params", each.join(" ").into())]);
    html! { span.played { (prose(&said)) } }
}

fn likely(words: Words, found: &Proved) -> Markup {
    html! {
        @if !found.likely.is_empty() {
            ul {
                @for (rule, standing) in &found.likely {
                    @let arguments = [("rule", rule.as_str().into())];
                    li { (prose(&words.say(standing_text(*standing), &arguments))) }
                }
            }
        }
    }
}

fn standing_text(standing: Standing) -> &'static str {
    match standing {
        Standing::Broken => "serve-possible-likely-fails",
        Standing::Holds => "serve-possible-likely-holds",
        Standing::Time | Standing::TooManyOutputs => "serve-possible-likely-open",
    }
}

fn unproved(tried: Tried) -> &'static str {
    match tried {
        Tried::Sampled => "serve-possible-sampled",
        Tried::Bounded => "serve-possible-bounded",
    }
}

fn lacking(words: Words, lacks: &str) -> Markup {
    let said = messages::try_format(words.0, &text_of_lacking(lacks), &[]);
    let what = said.unwrap_or_else(|| format!("`{lacks}`"));
    prose(&words.say("serve-possible-lacks", &[("what", what.into())]))
}

fn again(words: Words, lesson: &Lesson, scene: Scene) -> Markup {
    let number = scene.number();
    let line = format!("weft explore {} --scenario {number} --list 10", lesson.id);
    html! {
        p.hint { (prose(&words.say("serve-possible-again", &[("line", line.into())]))) }
    }
}

fn output(words: Words, lesson: &Lesson, lines: &[Said]) -> Markup {
    html! {
        ol.lines { @for line in lines { li { bdi { (said(words, lesson, line)) } } } }
    }
}

fn list(words: Words, head: &str, items: Vec<Markup>, more: u64) -> Markup {
    html! {
        @if !items.is_empty() {
            details {
                summary { (words.text(head)) }
                ul {
                    @for item in items { li { (item) } }
                    @if more > 0 { li { (words.say("explore-more", &[("count", more.into())])) } }
                }
            }
        }
    }
}

fn order(words: Words, lesson: &Lesson, order: &Order) -> Markup {
    let cause = match &order.by {
        Some(by) => words.text(&format!("explore-by-{by}")),
        None => words.text("explore-by-other"),
    };
    let arguments = [
        ("before", said(words, lesson, &order.before).into()),
        ("after", said(words, lesson, &order.after).into()),
        ("cause", cause.into()),
    ];
    prose(&words.say("serve-possible-order", &arguments))
}

fn pair(words: Words, lesson: &Lesson, pair: &Pair) -> Markup {
    let arguments = [
        ("one", said(words, lesson, &pair.one).into()),
        ("other", said(words, lesson, &pair.other).into()),
    ];
    prose(&words.say("serve-possible-pair", &arguments))
}

fn said(words: Words, lesson: &Lesson, said: &Said) -> String {
    lesson_text::line(words.0, lesson.id, &said.line())
}
