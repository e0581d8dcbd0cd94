use super::check::{CheckError, Patient, PostError};
use super::{Settings, Site, Verdict};

/// Why the owner could not be told.
#[derive(Debug, thiserror::Error)]
pub enum NotifyError {
    /// The address of the owner does not answer.
    #[error("the owner's address {address} did not answer in time")]
    TimedOut {
        /// Where the message was to go.
        address: String,
    },
    /// The address of the owner does not take the message.
    #[error("the owner's address {address} refused the message with status {status}")]
    Refused {
        /// Where the message was to go.
        address: String,
        /// What it said.
        status: u16,
    },
    /// The message could not be sent.
    #[error("cannot reach the owner's address {address}: {why}")]
    Unreachable {
        /// Where the message was to go.
        address: String,
        /// Why.
        why: String,
    },
}

/// How the owner of a site hears that it is down.
pub trait Notify {
    /// Tells the owner, once.
    fn notify(&self, site: &Site, verdict: &Verdict) -> Result<(), NotifyError>;
}

/// Hands every message to a function: a line in a log that somebody reads.
///
/// ```
/// use exercises::squirrel::{Log, Notify, Site, Verdict};
/// use std::cell::RefCell;
///
/// let lines = RefCell::new(Vec::new());
/// let log = Log(|site: &Site, verdict: &Verdict| {
///     lines.borrow_mut().push(format!("{} is {verdict}", site.address));
/// });
/// let site = Site { number: 0, address: "http://a.example/".to_owned() };
/// log.notify(&site, &Verdict::Refused).unwrap();
/// assert_eq!(lines.take(), ["http://a.example/ is down: connection refused"]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Log<F>(pub F);

impl<F: Fn(&Site, &Verdict)> Notify for Log<F> {
    fn notify(&self, site: &Site, verdict: &Verdict) -> Result<(), NotifyError> {
        self.0(site, verdict);
        Ok(())
    }
}

/// Sends every message as JSON, `{"site": 3, "address": "...", "why": "404"}`, by POST to an address of the owner's.
#[derive(Debug)]
pub struct Webhook {
    address: String,
    client: Patient,
}

impl Webhook {
    /// Messages go to this address.
    pub fn new(address: impl Into<String>, settings: Settings) -> Result<Webhook, CheckError> {
        Ok(Webhook {
            address: address.into(),
            client: Patient::new(settings)?,
        })
    }
}

impl Notify for Webhook {
    fn notify(&self, site: &Site, verdict: &Verdict) -> Result<(), NotifyError> {
        let message = serde_json::json!({
            "site": site.number,
            "address": site.address,
            "why": verdict.word(),
        });
        let address = || self.address.clone();
        match self.client.post(&self.address, message.to_string()) {
            Ok(status) if status < 300 => Ok(()),
            Ok(status) => Err(NotifyError::Refused {
                address: address(),
                status,
            }),
            Err(PostError::TimedOut) => Err(NotifyError::TimedOut { address: address() }),
            Err(PostError::Other(why)) => Err(NotifyError::Unreachable {
                address: address(),
                why,
            }),
        }
    }
}
