//! Answers that grow while something happens: a page with a run in it, a stream of events for the page's script, what
//! a room shows. All are pulled by the connection: a reader that is slow, or that leaves, holds nobody up.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::pages::{Split, output, room};
use crate::rooms::Shown;
use crate::runs::{Follower, Said};
use crate::words::Words;

/// After so much silence a comment is sent, so that nothing between here and the reader takes the connection for dead.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

const HTML: &str = "text/html; charset=utf-8";
const EVENTS: &str = "text/event-stream; charset=utf-8";

fn body<S, F>(kind: &'static str, state: S, next: impl Fn(S) -> F + Send + 'static) -> Response
where
    S: Send + 'static,
    F: Future<Output = Option<(String, S)>> + Send + 'static,
{
    let pieces = stream::unfold((state, next), |(state, next)| async move {
        let (piece, state) = next(state).await?;
        Some((Ok::<_, Infallible>(Bytes::from(piece)), (state, next)))
    });
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(kind))];
    (kind, Body::from_stream(pieces)).into_response()
}

/// A page that ends when the run does. It needs no script to show each line as it is printed.
pub fn page(words: Words, split: Split, follower: Follower) -> Response {
    struct Page {
        words: Words,
        follower: Follower,
        before: Option<String>,
        after: String,
    }
    let page = Page {
        words,
        follower,
        before: Some(split.before),
        after: split.after,
    };
    body(HTML, page, |mut page| async move {
        if let Some(before) = page.before.take() {
            return Some((before, page));
        }
        let words = page.words;
        let run = page.follower.run().clone();
        let piece = match page.follower.next().await? {
            Said::Waiting(ahead) => {
                format!("<p class=\"hint\">{}</p>", output::waiting(words, ahead))
            }
            Said::Playing => output::LINES_BEGIN.to_owned(),
            Said::Line(line) => output::line(words, &run.part.exercise, &line).into_string(),
            Said::Ended(ending) => {
                let ending = output::ending(words, &run, &ending).into_string();
                format!("{}{ending}{}", output::LINES_END, page.after)
            }
        };
        Some((piece, page))
    })
}

fn event(name: &str, data: &Value) -> String {
    // JSON has no line ends in it, so that one line holds it.
    format!("event: {name}\ndata: {data}\n\n")
}

/// The run as server-sent events: `waiting`, `playing`, `line`, `ended`.
pub fn events(words: Words, follower: Follower) -> Response {
    body(EVENTS, follower, move |mut follower| async move {
        let Ok(said) = timeout(SIGN_OF_LIFE, follower.next()).await else {
            return Some((": \n\n".to_owned(), follower));
        };
        let run = follower.run().clone();
        let piece = match said? {
            Said::Waiting(ahead) => {
                event("waiting", &json!({ "text": output::waiting(words, ahead) }))
            }
            Said::Playing => event(
                "playing",
                &json!({ "run": run.id, "text": words.text("pick-running") }),
            ),
            Said::Line(line) => {
                let html = output::line(words, &run.part.exercise, &line).into_string();
                event("line", &json!({ "html": html }))
            }
            Said::Ended(ending) => {
                let html = output::ending(words, &run, &ending).into_string();
                event("ended", &json!({ "html": html }))
            }
        };
        Some((piece, follower))
    })
}

/// What a room shows, now and from now on: events named `show`.
pub fn room_events(
    words: Words,
    shown: watch::Receiver<Shown>,
    closing: watch::Receiver<bool>,
) -> Response {
    let state = (shown, closing, true);
    body(
        EVENTS,
        state,
        move |(mut shown, mut closing, first)| async move {
            if !first {
                let changed = tokio::select! {
                    changed = timeout(SIGN_OF_LIFE, shown.changed()) => changed,
                    _ = closing.wait_for(|closing| *closing) => return None,
                };
                match changed {
                    Ok(Ok(())) => {}
                    // The room is closed.
                    Ok(Err(_)) => return None,
                    Err(_) => return Some((": \n\n".to_owned(), (shown, closing, false))),
                }
            }
            let now = shown.borrow_and_update().clone();
            let src = now.path().map(|path| words.link(&path));
            let piece = event(
                "show",
                &json!({ "src": src, "text": room::now(words, &now) }),
            );
            Some((piece, (shown, closing, false)))
        },
    )
}
