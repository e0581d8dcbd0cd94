//! What a class sees together.

use maud::html;

use super::Frame;
use crate::rooms::Shown;
use crate::words::Words;

/// How often a browser without scripts asks what the room shows.
const REFRESH_SECONDS: u32 = 15;

/// Where a room is opened or entered. `unknown` is the name of a room that is not there.
pub fn door(words: Words, led: Option<&str>, unknown: bool) -> String {
    let title = words.text("serve-room");
    Frame {
        words,
        title: &title,
        here: "/room",
        bare: false,
        refresh: None,
    }
    .around(&html! {
        h1 { (title) }
        p.lead { (words.text("serve-room-lead")) }
        @if unknown { p.wrong role="alert" { (words.text("serve-room-unknown")) } }
        @if let Some(room) = led {
            p { a href=(words.link(&format!("/room/{room}"))) { (words.say("serve-room-yours", &[("room", room.into())])) } }
        }
        form action="/room" method="get" {
            p.field {
                label for="name" { (words.text("serve-room-name")) }
                input #name name="name" dir="ltr" autocomplete="off" autocapitalize="none" maxlength="12" required;
            }
            input type="hidden" name="lang" value=(words.0.code());
            p.buttons { button.main { (words.text("serve-room-enter")) } }
        }
        form action="/room" method="post" {
            input type="hidden" name="lang" value=(words.0.code());
            p.buttons { button { (words.text("serve-room-open")) } }
        }
    })
}

/// The room, for everybody in it.
pub fn room(words: Words, name: &str, shown: &Shown, leads: bool) -> String {
    let title = words.say("serve-room-title", &[("room", name.into())]);
    let here = format!("/room/{name}");
    Frame {
        words,
        title: &title,
        here: &here,
        bare: false,
        refresh: Some(REFRESH_SECONDS),
    }
    .around(&html! {
        h1 { (title) }
        @if leads {
            p { (words.say("serve-room-leads", &[("room", name.into())])) }
            p { a href=(words.link("/")) { (words.text("serve-menu")) } }
        }
        p #room role="status" data-live=(words.link(&format!("{here}/live"))) { (now(words, shown)) }
        @let src = shown.path().map(|path| words.link(&path));
        iframe #shown title=(words.text("serve-room-frame")) src=[src.as_deref()] hidden[src.is_none()] {}
    })
}

/// What the room shows, in one sentence.
pub fn now(words: Words, shown: &Shown) -> String {
    match shown.exercise() {
        None => words.text("serve-room-waiting"),
        Some(exercise) => {
            let title = messages::lesson::title(words.0, exercise);
            words.say(
                "serve-room-shows",
                &[("id", exercise.into()), ("title", title.into())],
            )
        }
    }
}
