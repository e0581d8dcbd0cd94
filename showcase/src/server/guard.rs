//! What every answer carries, and which requests are not answered at all.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

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
pub async fn guard(request: Request, next: Next) -> Response {
    let mut response = if foreign(request.method(), request.headers()) {
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
