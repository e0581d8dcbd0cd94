//! The addresses, and what is answered at each. Nothing of a request is ever put into an address: where a reader is
//! sent on, the address is made of what the request's words were found to mean.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use messages::Language;
use serde::Serialize;
use tokio::time::timeout;

use super::{Site, Visit, guard, live};
use crate::api::{self, listing, openapi};
use crate::asked::{self, Query};
use crate::assets::ASSETS;
use crate::pages::{exercise, menu, output, problem, reference, room};
use crate::rooms::{COOKIE, RoomError, Shown};
use crate::runs::{Busy, Ending, Follower, Stop, Viewer, Whose};
use crate::words::Words;

/// The most a form may send.
const FORM_BYTES: usize = 16 << 10;

type Shared = State<Arc<Site>>;

/// All addresses.
pub fn router(site: Arc<Site>) -> Router {
    Router::new()
        .route("/", get(index))
        .route("/{id}", get(lesson))
        .route("/{id}/live", get(lesson_live))
        .route("/run/{run}", get(kept))
        .route("/room", get(door).post(open_room))
        .route("/room/{name}", get(enter_room))
        .route("/room/{name}/live", get(room_live))
        .route("/room/{name}/show", post(show_room))
        .route("/docs", get(docs))
        .route("/API", get(docs))
        .route("/redoc", get(redoc))
        .route("/openapi.json", get(description))
        .route("/healthz", get(async || "ok\n"))
        .route("/static/{name}", get(asset))
        .fallback(nothing)
        .layer(from_fn_with_state(Arc::clone(&site.settings), guard::guard))
        .with_state(site)
}

/// Who asks, for what.
struct Reader {
    words: Words,
    query: Query,
    json: bool,
}

impl Reader {
    fn of(site: &Site, raw: Option<&str>, headers: &HeaderMap) -> Reader {
        let query = Query::read(raw.unwrap_or_default());
        Reader::asking(site, query, headers)
    }

    fn asking(site: &Site, query: Query, headers: &HeaderMap) -> Reader {
        let accepted = || {
            let header = headers.get(header::ACCEPT_LANGUAGE)?;
            asked::accepted(header.to_str().ok()?)
        };
        let language = query
            .language()
            .or_else(accepted)
            .unwrap_or(site.settings.language);
        Reader {
            words: Words(language),
            json: query.json() == Ok(true),
            query,
        }
    }

    fn bare(&self) -> bool {
        self.query.get("bare") == Some("1")
    }

    /// Says one thing instead of what was asked for.
    fn refuse(&self, status: StatusCode, said: &str) -> Response {
        if self.json {
            json(status, &api::refused(said))
        } else {
            let page = problem::page(self.words, said, status == StatusCode::NOT_FOUND);
            (status, Html(page)).into_response()
        }
    }

    fn not_found(&self) -> Response {
        self.refuse(StatusCode::NOT_FOUND, &self.words.text("serve-not-found"))
    }

    fn busy_text(&self, busy: Busy) -> String {
        let seconds = busy.retry_after.as_secs().max(1);
        let id = match busy.whose {
            Whose::All => "serve-busy",
            Whose::Own => "serve-busy-own",
        };
        self.words.say(id, &[("count", seconds.into())])
    }
}

fn json(status: StatusCode, value: &impl Serialize) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    match serde_json::to_vec(value) {
        Ok(content) => (status, kind, content).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn on_to(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

fn retry_after(mut response: Response, busy: Busy) -> Response {
    let seconds = busy.retry_after.as_secs().max(1);
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

async fn index(State(site): Shared, RawQuery(raw): RawQuery, headers: HeaderMap) -> Response {
    let reader = Reader::of(&site, raw.as_deref(), &headers);
    if let Some(tag) = reader.query.tag() {
        return match asked::lesson(tag) {
            Some(lesson) => on_to(&reader.words.link(&format!("/{}", lesson.id))),
            None => reader.not_found(),
        };
    }
    if reader.json {
        return json(StatusCode::OK, &listing::Listed::all(reader.words.0));
    }
    match reader.query.get("q") {
        Some(search) => Html(menu::page(reader.words, Some(search))).into_response(),
        None => Html(whole_menu(reader.words.0)).into_response(),
    }
}

/// The menu is the same for all who read one language.
fn whole_menu(language: Language) -> Bytes {
    static MENUS: [OnceLock<Bytes>; Language::ALL.len()] =
        [const { OnceLock::new() }; Language::ALL.len()];
    let page = || menu::page(Words(language), None).into();
    match Language::ALL.iter().position(|known| *known == language) {
        Some(place) => Bytes::clone(MENUS[place].get_or_init(page)),
        None => page(),
    }
}

/// Makes what is made once, before somebody waits for it: a menu, and what all pages of exercises are drawn from.
pub fn make_ready(language: Language) {
    whole_menu(language);
    if let Some(lesson) = exercises::catalogue::all().first() {
        exercise::page(Words(language), lesson, &exercise::Shown::default());
    }
}

/// What a run is asked for by: a page that grows, JSON, or events.
enum Form {
    Page,
    Events,
}

async fn lesson(
    State(site): Shared,
    visit: Visit,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> Response {
    ask(&site, &visit, &id, raw.as_deref(), Form::Page).await
}

async fn lesson_live(
    State(site): Shared,
    visit: Visit,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> Response {
    ask(&site, &visit, &id, raw.as_deref(), Form::Events).await
}

async fn ask(site: &Site, visit: &Visit, id: &str, raw: Option<&str>, form: Form) -> Response {
    let headers = &visit.headers;
    let mut reader = Reader::of(site, raw, headers);
    // The script of a page shows what is wrong by itself.
    reader.json |= matches!(form, Form::Events);
    let Some(lesson) = asked::lesson(id) else {
        return reader.not_found();
    };
    let words = reader.words;
    let mut shown = exercise::Shown {
        room: cookie(headers).and_then(|cookie| site.rooms.led_by(cookie)),
        bare: reader.bare(),
        query: reader.query.clone(),
        ..exercise::Shown::default()
    };
    let wanted = match asked::read(lesson, &reader.query, site.settings.memory) {
        Ok(wanted) => wanted,
        Err(mistakes) if reader.json => {
            return json(StatusCode::BAD_REQUEST, &api::wrong(&mistakes, words.0));
        }
        Err(mistakes) => {
            shown.mistakes = &mistakes;
            let split = exercise::page(words, lesson, &shown);
            let page = split.before + &split.after;
            return (StatusCode::BAD_REQUEST, Html(page)).into_response();
        }
    };
    let Some(part) = wanted.part else {
        if reader.json {
            return json(StatusCode::OK, &listing::Exercise::of(lesson, words.0));
        }
        let split = exercise::page(words, lesson, &shown);
        return Html(split.before + &split.after).into_response();
    };
    // Neither a question about an answer nor a guess of a browser starts a program.
    if visit.method == Method::HEAD {
        return StatusCode::OK.into_response();
    }
    if guessed(headers) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let viewer = match site.desk.ask(part, visit.client) {
        Ok(viewer) => viewer,
        Err(busy) => {
            let said = reader.busy_text(busy);
            let response = if reader.json {
                json(StatusCode::TOO_MANY_REQUESTS, &api::refused(&said))
            } else {
                shown.refused = Some(said);
                let split = exercise::page(words, lesson, &shown);
                let page = Html(split.before + &split.after);
                (StatusCode::TOO_MANY_REQUESTS, page).into_response()
            };
            return retry_after(response, busy);
        }
    };
    match form {
        Form::Events => live::events(words, Follower::new(viewer)),
        Form::Page if reader.json => document(&reader, viewer).await,
        Form::Page => {
            shown.run = true;
            let split = exercise::page(words, lesson, &shown);
            live::page(words, split, Follower::new(viewer))
        }
    }
}

/// Whether a browser asks before its reader does.
fn guessed(headers: &HeaderMap) -> bool {
    ["sec-purpose", "purpose"].into_iter().any(|name| {
        headers
            .get(name)
            .is_some_and(|value| value.as_bytes().starts_with(b"prefetch"))
    })
}

async fn document(reader: &Reader, viewer: Viewer) -> Response {
    let ending = Follower::new(viewer).ending().await;
    match &*ending {
        Ending::Played(document) => {
            let mut document = document.as_ref().clone();
            messages::lesson::add_texts(&mut document, reader.words.0);
            json(StatusCode::OK, &document)
        }
        Ending::Stopped(stop) => {
            let status = match stop {
                Stop::Closing => StatusCode::SERVICE_UNAVAILABLE,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            };
            json(status, &api::refused(&output::stopped(reader.words, stop)))
        }
    }
}

async fn kept(
    State(site): Shared,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    let reader = Reader::of(&site, raw.as_deref(), &headers);
    let Some(viewer) = site.desk.find(&id) else {
        let said = reader.words.text("serve-run-gone");
        return reader.refuse(StatusCode::NOT_FOUND, &said);
    };
    if reader.json {
        return document(&reader, viewer).await;
    }
    let split = output::page(reader.words, viewer.run(), reader.bare());
    live::page(reader.words, split, Follower::new(viewer))
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get(header::COOKIE)?.to_str().ok()?;
    all.split(';').find_map(|cookie| {
        let (name, value) = cookie.trim().split_once('=')?;
        (name == COOKIE).then_some(value)
    })
}

async fn door(State(site): Shared, RawQuery(raw): RawQuery, headers: HeaderMap) -> Response {
    let reader = Reader::of(&site, raw.as_deref(), &headers);
    let led = cookie(&headers).and_then(|cookie| site.rooms.led_by(cookie));
    let wanted = reader.query.get("name").map(str::to_ascii_lowercase);
    let Some(wanted) = wanted else {
        return Html(room::door(reader.words, led.as_deref(), false)).into_response();
    };
    match site.rooms.shown(&wanted) {
        // Names of rooms that are there are letters and digits.
        Ok(_) => on_to(&reader.words.link(&format!("/room/{wanted}"))),
        Err(_) => {
            let page = room::door(reader.words, led.as_deref(), true);
            (StatusCode::NOT_FOUND, Html(page)).into_response()
        }
    }
}

/// What a form sent, in good time.
async fn form(site: &Site, body: Body) -> Option<Query> {
    let bytes = timeout(site.settings.answer, to_bytes(body, FORM_BYTES)).await;
    let bytes = bytes.ok()?.ok()?;
    Some(Query::read(std::str::from_utf8(&bytes).ok()?))
}

async fn open_room(State(site): Shared, headers: HeaderMap, body: Body) -> Response {
    let Some(query) = form(&site, body).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let reader = Reader::asking(&site, query, &headers);
    match site.rooms.begin() {
        Ok((name, key)) => {
            let cookie = format!("{COOKIE}={key}; Path=/; HttpOnly; SameSite=Strict");
            let mut response = on_to(&reader.words.link(&format!("/room/{name}")));
            if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(error) => refused_room(&reader, error),
    }
}

fn refused_room(reader: &Reader, error: RoomError) -> Response {
    let (status, id) = match error {
        RoomError::Unknown => (StatusCode::NOT_FOUND, "serve-room-unknown"),
        RoomError::Full => (StatusCode::SERVICE_UNAVAILABLE, "serve-room-full"),
        RoomError::NotYours => (StatusCode::FORBIDDEN, "serve-room-not-yours"),
    };
    reader.refuse(status, &reader.words.text(id))
}

async fn enter_room(
    State(site): Shared,
    Path(name): Path<String>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    let reader = Reader::of(&site, raw.as_deref(), &headers);
    match site.rooms.shown(&name) {
        Ok(shown) => {
            let led = cookie(&headers).and_then(|cookie| site.rooms.led_by(cookie));
            let leads = led.as_deref() == Some(name.as_str());
            Html(room::room(reader.words, &name, &shown, leads)).into_response()
        }
        Err(error) => refused_room(&reader, error),
    }
}

async fn room_live(
    State(site): Shared,
    Path(name): Path<String>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    let reader = Reader::of(&site, raw.as_deref(), &headers);
    match site.rooms.enter(&name) {
        Ok(shown) => live::room_events(reader.words, shown, site.closing.clone()),
        // Tells a browser not to ask again (HTML, server-sent events, 9.2.3).
        Err(_) => StatusCode::NO_CONTENT.into_response(),
    }
}

async fn show_room(
    State(site): Shared,
    visit: Visit,
    Path(name): Path<String>,
    body: Body,
) -> Response {
    let headers = &visit.headers;
    let Some(query) = form(&site, body).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let reader = Reader::asking(&site, query, headers);
    let cookie = cookie(headers).unwrap_or_default();
    if site.rooms.led_by(cookie).as_deref() != Some(name.as_str()) {
        return refused_room(&reader, RoomError::NotYours);
    }
    let Some(lesson) = reader.query.get("exercise").and_then(asked::lesson) else {
        return reader.not_found();
    };
    let asked = reader.query.without("exercise");
    let part = match asked::read(lesson, &asked, site.settings.memory) {
        Ok(wanted) => wanted.part,
        Err(mistakes) => {
            let shown = exercise::Shown {
                query: asked,
                mistakes: &mistakes,
                room: Some(name),
                ..exercise::Shown::default()
            };
            let split = exercise::page(reader.words, lesson, &shown);
            let page = Html(split.before + &split.after);
            return (StatusCode::BAD_REQUEST, page).into_response();
        }
    };
    let Some(part) = part else {
        return on_to(&reader.words.link(&format!("/{}", lesson.id)));
    };
    let viewer = match site.desk.ask(part, visit.client) {
        Ok(viewer) => viewer,
        Err(busy) => {
            let said = reader.busy_text(busy);
            let response = reader.refuse(StatusCode::TOO_MANY_REQUESTS, &said);
            return retry_after(response, busy);
        }
    };
    match site.rooms.show(&name, cookie, Shown::Run(Arc::new(viewer))) {
        Ok(()) => on_to(&reader.words.link(&format!("/room/{name}"))),
        Err(error) => refused_room(&reader, error),
    }
}

async fn docs(State(site): Shared, RawQuery(raw): RawQuery, headers: HeaderMap) -> Response {
    let reader = Reader::of(&site, raw.as_deref(), &headers);
    Html(reference::page(reader.words, true)).into_response()
}

async fn redoc(State(site): Shared, RawQuery(raw): RawQuery, headers: HeaderMap) -> Response {
    let reader = Reader::of(&site, raw.as_deref(), &headers);
    Html(reference::page(reader.words, false)).into_response()
}

async fn description(State(site): Shared, RawQuery(raw): RawQuery, headers: HeaderMap) -> Response {
    let reader = Reader::of(&site, raw.as_deref(), &headers);
    json(StatusCode::OK, &openapi::describe(reader.words.0))
}

async fn asset(Path(name): Path<String>) -> Response {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => {
            let headers = [
                (header::CONTENT_TYPE, asset.kind),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ];
            (headers, asset.content).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn nothing(State(site): Shared, RawQuery(raw): RawQuery, headers: HeaderMap) -> Response {
    Reader::of(&site, raw.as_deref(), &headers).not_found()
}
