//! Where a queue is.

use std::fmt;
use std::str::FromStr;

use redis::{Client, ConnectionAddr};
use sqlx::postgres::PgConnectOptions;

use super::QueueError;
use super::server::{Connection, postgres, redis as on_redis};

/// Where the queue is. It prints itself without the user and the password.
#[derive(Clone)]
pub struct Address(Place);

#[derive(Clone)]
enum Place {
    Redis(Box<Client>),
    Postgres(Box<PgConnectOptions>),
}

impl FromStr for Address {
    type Err = QueueError;

    fn from_str(given: &str) -> Result<Address, QueueError> {
        let (scheme, rest) = given.split_once("://").ok_or(QueueError::Address)?;
        // The libraries take less, and mean this machine or what variables of the environment say.
        if rest.is_empty() || rest.starts_with(['?', '#']) {
            return Err(QueueError::Address);
        }
        // They take more, too, but are compiled without what the rest of that needs.
        let place = match scheme {
            // What is behind `#` would be a way around the check of the certificate.
            "redis" | "rediss" if !given.contains('#') => Client::open(given)
                .map(|client| Place::Redis(Box::new(client)))
                .ok(),
            "postgres" | "postgresql" => given
                .parse()
                .map(|options| Place::Postgres(Box::new(options)))
                .ok(),
            _ => None,
        };
        place.map(Address).ok_or(QueueError::Address)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Place::Redis(client) => {
                let there = client.get_connection_info().addr();
                let is_safe = matches!(there, ConnectionAddr::TcpTls { .. });
                let scheme = if is_safe { "rediss" } else { "redis" };
                write!(f, "{scheme}://{there}")
            }
            Place::Postgres(options) => {
                write!(f, "postgres://")?;
                match options.get_socket() {
                    Some(socket) => write!(f, "{}", socket.display())?,
                    None => write!(f, "{}:{}", options.get_host(), options.get_port())?,
                }
                // Where none is given, it has the name of the user.
                match options.get_database() {
                    Some(database) => write!(f, "/{database}"),
                    None => write!(f, "/{}", options.get_username()),
                }
            }
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

impl Address {
    /// A connection that makes itself anew when it is lost.
    pub(super) async fn connect(&self) -> Result<Connection, QueueError> {
        Ok(match &self.0 {
            Place::Redis(client) => {
                Connection::Redis(on_redis::Connection::open(client.as_ref()).await?)
            }
            Place::Postgres(options) => {
                Connection::Postgres(postgres::Connection::open(options).await?)
            }
        })
    }
}
