use std::error::Error;
use std::io;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Method, StatusCode, Url, redirect};

use super::Verdict;
use crate::primitive::OnceLock;
use crate::primitive::time::{self, Duration};

/// How a check is done.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How long a check may take as a whole, in real time: an answer from the network does not come sooner because
    /// a lesson is played faster. See [`Settings::scaled`].
    pub timeout: Duration,
    /// Whether the proxy of the environment (`HTTP_PROXY` ...) is asked. Not for sites on this machine.
    pub proxy: bool,
}

impl Default for Settings {
    /// 20 seconds, with a proxy where there is one.
    fn default() -> Settings {
        Settings {
            timeout: Duration::from_secs(20),
            proxy: true,
        }
    }
}

impl Settings {
    /// No time-out is shorter than this, however fast a lesson is played: a healthy site on a busy machine needs
    /// some time, and a time-out of nothing would call every site down.
    pub const FLOOR: Duration = Duration::from_millis(500);

    /// The time-out that this one becomes by the time scale: never shorter than [`Settings::FLOOR`] (and so never
    /// shorter than the scale says).
    pub fn scaled(timeout: Duration) -> Duration {
        time::scaled(timeout).max(Settings::FLOOR)
    }
}

/// Why there is no verdict at all: this is no trouble of the site.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The text is not an address.
    #[error("`{text}` is no address: {why}")]
    NotAnAddress {
        /// What was to be checked.
        text: String,
        /// What is wrong with it.
        why: String,
    },
    /// The client cannot be made: for example, the certificates of this machine cannot be read.
    #[error("no request can be sent: {0}")]
    NoClient(String),
    /// The system refused.
    #[error("no request can be sent")]
    System(#[from] io::Error),
}

/// Reads an address that can be checked, or says what is wrong with it.
pub(super) fn parse_address(text: &str) -> Result<Url, String> {
    if !text.contains("://") {
        return Err("write http:// or https:// before it".to_owned());
    }
    if text.contains(char::is_whitespace) {
        return Err("an address has no spaces".to_owned());
    }
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("only http:// and https:// can be checked".to_owned());
    }
    Ok(url)
}

/// Checks sites, asynchronously: many at a time on one thread. [`Patient`] is the same for a thread that waits.
///
/// It asks with HEAD, which brings no content, and again with GET where the answer is 405 or 501: that site may
/// only not know HEAD. Redirections are not followed. Both requests together take at most the time-out.
#[derive(Debug)]
pub struct Checker {
    /// For `http://`: needs no certificates, which take long to read.
    plain: Client,
    /// For `https://`, made when the first such address comes.
    secure: OnceLock<Client>,
    settings: Settings,
}

impl Checker {
    /// Ready to check.
    pub fn new(settings: Settings) -> Result<Checker, CheckError> {
        static CRYPTOGRAPHY: OnceLock<()> = OnceLock::new();
        CRYPTOGRAPHY.get_or_init(|| {
            // An error means that somebody else has chosen one already; that one will do.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let plain = Checker::client(settings, |builder| {
            builder.tls_certs_only(std::iter::empty())
        })?;
        Ok(Checker {
            plain,
            secure: OnceLock::new(),
            settings,
        })
    }

    fn client(
        settings: Settings,
        with: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Result<Client, CheckError> {
        let mut builder = Client::builder()
            .user_agent("UptimeSquirrel")
            .redirect(redirect::Policy::none())
            // Every check is a connection of its own: whether a site still takes one is what it finds out.
            .pool_max_idle_per_host(0)
            .dns_resolver(Names);
        if !settings.proxy {
            builder = builder.no_proxy();
        }
        with(builder)
            .build()
            .map_err(|error| CheckError::NoClient(with_causes(&error)))
    }

    fn client_for(&self, url: &Url) -> Result<&Client, CheckError> {
        if url.scheme() == "http" {
            return Ok(&self.plain);
        }
        if let Some(client) = self.secure.get() {
            return Ok(client);
        }
        let client = Checker::client(self.settings, |builder| builder)?;
        Ok(self.secure.get_or_init(|| client))
    }

    /// Checks one site.
    pub async fn check(&self, address: &str) -> Result<Verdict, CheckError> {
        let url = parse_address(address).map_err(|why| CheckError::NotAnAddress {
            text: address.to_owned(),
            why,
        })?;
        let client = self.client_for(&url)?;
        let answer = tokio::time::timeout(self.settings.timeout, ask(client, url)).await;
        Ok(match answer {
            Err(_) => Verdict::TimedOut,
            Ok(Err(error)) => verdict_on(&error),
            Ok(Ok(status)) if status.as_u16() < 400 => Verdict::Up(status.as_u16()),
            Ok(Ok(status)) => Verdict::Down(status.as_u16()),
        })
    }

    /// Sends these words to this address (a webhook), and gives the status of the answer.
    pub(super) async fn post(&self, address: &str, body: String) -> Result<u16, PostError> {
        let url = parse_address(address).map_err(PostError::Other)?;
        let client = self
            .client_for(&url)
            .map_err(|error| PostError::Other(error.to_string()))?;
        let request = client
            .post(url)
            .header("content-type", "application/json")
            .body(body);
        match tokio::time::timeout(self.settings.timeout, request.send()).await {
            Err(_) => Err(PostError::TimedOut),
            Ok(Err(error)) => Err(PostError::Other(with_causes(&error))),
            Ok(Ok(answer)) => Ok(answer.status().as_u16()),
        }
    }
}

/// Why a message did not arrive.
pub(super) enum PostError {
    TimedOut,
    Other(String),
}

async fn ask(client: &Client, url: Url) -> reqwest::Result<StatusCode> {
    let status = client
        .request(Method::HEAD, url.clone())
        .send()
        .await?
        .status();
    match status {
        StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED => {
            Ok(client.get(url).send().await?.status())
        }
        status => Ok(status),
    }
}

fn causes<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error: &&'e (dyn Error + 'static)| {
        (*error).source()
    })
}

fn with_causes(error: &(dyn Error + 'static)) -> String {
    let said: Vec<String> = causes(error).map(ToString::to_string).collect();
    said.join(": ")
}

fn verdict_on(error: &(dyn Error + 'static)) -> Verdict {
    for cause in causes(error) {
        if cause.is::<NoSuchName>() {
            return Verdict::BadName;
        }
        match cause.downcast_ref::<io::Error>().map(io::Error::kind) {
            Some(io::ErrorKind::ConnectionRefused) => return Verdict::Refused,
            Some(io::ErrorKind::TimedOut) => return Verdict::TimedOut,
            _ => {}
        }
    }
    Verdict::Failed(with_causes(error))
}

/// There is no host of this name, as far as can be found out.
#[derive(Debug, thiserror::Error)]
#[error("no host of this name")]
struct NoSuchName;

/// Looks up names as the system does, except those that are made not to exist.
#[derive(Debug)]
struct Names;

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let host = name.as_str().trim_end_matches('.');
            // RFC 6761, 6.4: nobody needs to be asked about these.
            let invalid = host
                .rsplit('.')
                .next()
                .is_some_and(|last| last.eq_ignore_ascii_case("invalid"));
            if invalid {
                return Err(NoSuchName.into());
            }
            let found = tokio::net::lookup_host((host, 0))
                .await
                .map_err(|_| NoSuchName)?;
            let found: Addrs = Box::new(found.collect::<Vec<_>>().into_iter());
            Ok(found)
        })
    }
}

/// A checker for a thread (or process) that waits for each answer. Each thread has its own.
#[derive(Debug)]
pub struct Patient {
    checker: Checker,
    runtime: tokio::runtime::Runtime,
}

impl Patient {
    /// Ready to check.
    pub fn new(settings: Settings) -> Result<Patient, CheckError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        Ok(Patient {
            checker: Checker::new(settings)?,
            runtime,
        })
    }

    /// Checks one site and waits for the answer.
    pub fn check(&self, address: &str) -> Result<Verdict, CheckError> {
        self.runtime.block_on(self.checker.check(address))
    }

    pub(super) fn post(&self, address: &str, body: String) -> Result<u16, PostError> {
        self.runtime.block_on(self.checker.post(address, body))
    }
}

/// Checks one site, once. For more than one, keep a [`Patient`] or a [`Checker`].
///
/// ```
/// use exercises::squirrel::{Settings, TestServer, Verdict, check};
///
/// let server = TestServer::start(std::time::Duration::ZERO).unwrap();
/// let settings = Settings { proxy: false, ..Settings::default() };
/// assert_eq!(check(&server.up(0), &settings).unwrap(), Verdict::Up(200));
/// assert_eq!(check(&server.status(404, 1), &settings).unwrap(), Verdict::Down(404));
/// assert_eq!(check("http://no-such-host.invalid/", &settings).unwrap(), Verdict::BadName);
/// assert!(check("no address", &settings).is_err());
/// server.stop().unwrap();
/// ```
pub fn check(address: &str, settings: &Settings) -> Result<Verdict, CheckError> {
    Patient::new(*settings)?.check(address)
}
