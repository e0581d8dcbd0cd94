//! What every answer carries, and which requests are not answered at all.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::settings::Settings;

/// Scripts and style sheets are our own two files. Drawings and tables carry their styles in attributes.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; \
     img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'self'; \
     base-uri 'none'";

const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// Wraps every answer.
pub async fn guard(
    State(settings): State<Arc<Settings>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = if !named(&settings, request.headers()) {
        let text = messages::text(settings.language, "serve-other-name");
        (StatusCode::MISDIRECTED_REQUEST, format!("{text}\n")).into_response()
    } else if foreign(request.method(), request.headers()) {
        StatusCode::FORBIDDEN.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Whether the request asks for us by a name of ours. A page of another site whose name was made to lead here (DNS
/// rebinding) counts as ours in a browser, but its requests carry its name. Who listens for everybody has
/// nothing to hide behind a name; programs that say none are no browsers.
fn named(settings: &Settings, headers: &HeaderMap) -> bool {
    if !settings.address.ip().is_loopback() {
        return true;
    }
    let Some(host) = headers.get(header::HOST) else {
        return true;
    };
    let host = host.to_str().unwrap_or_default();
    // An IPv6 address stands in brackets (RFC 3986, 3.2.2).
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.parse::<IpAddr>().is_ok()
        || name.eq_ignore_ascii_case("localhost")
        || settings
            .names
            .iter()
            .any(|ours| name.eq_ignore_ascii_case(ours))
}

/// Whether a page of another site asks, other than by a link that its reader follows.
fn foreign(method: &Method, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let site = text("sec-fetch-site");
    if *method == Method::GET || *method == Method::HEAD {
        // A frame of another site's page navigates too.
        let followed = text("sec-fetch-mode") == Some("navigate")
            && matches!(text("sec-fetch-dest"), None | Some("document"));
        return site == Some("cross-site") && !followed;
    }
    if !matches!(site, None | Some("same-origin" | "none")) {
        return true;
    }
    match (text("origin"), text("host")) {
        (None, _) => false,
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_none_or(|(_, authority)| authority != host),
        (Some(_), None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn names_that_are_not_ours_are_told_apart_where_only_this_machine_is_listened_to() {
        let player = crate::settings::Player::new("player".into());
        let mut settings = Settings::new(([127, 0, 0, 1], 8080).into(), player);
        settings.names = vec!["class.example.org".to_owned()];
        let named = |settings: &Settings, host| named(settings, &headers(&[("host", host)]));
        for ours in [
            "127.0.0.1:8080",
            "[::1]:8080",
            "localhost",
            "LOCALHOST:8080",
            "Class.Example.org",
            "class.example.org:443",
        ] {
            assert!(named(&settings, ours), "{ours}");
        }
        for other in [
            "evil.example:8080",
            "localhost.evil.example",
            "",
            "127.0.0.1.evil.example",
        ] {
            assert!(!named(&settings, other), "{other}");
        }
        settings.address = ([0, 0, 0, 0], 8080).into();
        assert!(named(&settings, "teachers-machine:8080"));
    }

    #[test]
    fn other_sites_may_link_and_nothing_else() {
        let link = headers(&[
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
        ]);
        let frame = headers(&[
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "iframe"),
        ]);
        let image = headers(&[
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "no-cors"),
        ]);
        assert!(!foreign(&Method::GET, &link));
        assert!(foreign(&Method::GET, &frame));
        assert!(foreign(&Method::GET, &image));
        assert!(foreign(&Method::POST, &link));
        let origin = |origin| headers(&[("origin", origin), ("host", "127.0.0.1:8080")]);
        assert!(foreign(&Method::POST, &origin("http://evil.example")));
        assert!(foreign(&Method::POST, &origin("null")));
        assert!(!foreign(&Method::POST, &origin("http://127.0.0.1:8080")));
        assert!(!foreign(&Method::POST, &headers(&[])));
    }
}
