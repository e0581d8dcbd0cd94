//! Who asks, and how.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};

use super::Site;
use crate::runs::Client;

/// Where a request comes from: the other end of its connection.
#[derive(Clone, Copy)]
pub struct Peer(pub IpAddr);

/// A request, but for what it asks.
pub struct Visit {
    /// Whose it is.
    pub client: Client,
    /// Its method.
    pub method: Method,
    /// Its headers.
    pub headers: HeaderMap,
}

impl FromRequestParts<Arc<Site>> for Visit {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Visit, StatusCode> {
        let peer = parts.extensions.get::<Peer>();
        let Peer(peer) = peer.ok_or(StatusCode::INTERNAL_SERVER_ERROR)?;
        Ok(Visit {
            client: match site.settings.behind_proxy {
                true => Client::behind(*peer, &parts.headers),
                false => Client::at(*peer),
            },
            method: parts.method.clone(),
            headers: parts.headers.clone(),
        })
    }
}
