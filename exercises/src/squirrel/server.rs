//! Sites with known answers, on this machine only.
//!
//! The server is a process of its own, so that it does not share the threads it is there to test, and so that it
//! counts from outside how many requests it has at a time. It ends when it is told to, when the process that
//! started it is gone, and after two minutes in any case.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::primitive::time::{self, Duration};
use crate::process::{Process, ProcessError};

/// The server does not live longer than this.
const LIFE: Duration = Duration::from_secs(120);
/// A request that is not there by then is given up.
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest head of a request.
const MAX_HEAD: usize = 8 << 10;

/// What the server has counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Connections taken, of every kind.
    pub connections: u64,
    /// Requests that ask for a site.
    pub requests: u64,
    /// Those by HEAD.
    pub heads: u64,
    /// Those by GET.
    pub gets: u64,
    /// The most of them that waited for their answer at the same time.
    pub most_at_once: u64,
    /// Messages to the owner (POST to `/hook`).
    pub notified: u64,
}

/// A server on 127.0.0.1 with sites whose answers are known.
///
/// ```
/// use exercises::squirrel::{Settings, TestServer, Verdict, check};
///
/// let server = TestServer::start(std::time::Duration::ZERO).unwrap();
/// let settings = Settings { proxy: false, ..Settings::default() };
/// // This one refuses HEAD, so it is asked twice.
/// assert_eq!(check(&server.no_head(7), &settings).unwrap(), Verdict::Up(200));
/// let counts = server.counts().unwrap();
/// assert_eq!((counts.heads, counts.gets, counts.most_at_once), (1, 1, 1));
/// server.stop().unwrap();
/// ```
pub struct TestServer {
    port: u16,
    /// Bound and never listened on: whoever connects is refused, as long as we have it.
    refusing: tokio::net::TcpSocket,
    leash: UnixStream,
    process: Process<'static>,
}

impl TestServer {
    /// Starts it; each answer takes so long (by the time scale).
    pub fn start(latency: Duration) -> Result<TestServer, ProcessError> {
        let system = |source| ProcessError::System {
            name: "server".to_owned(),
            source,
        };
        let (leash, held) = UnixStream::pair().map_err(system)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(system)?;
        let port = listener.local_addr().map_err(system)?.port();
        let refusing = tokio::net::TcpSocket::new_v4().map_err(system)?;
        refusing
            .bind((Ipv4Addr::LOCALHOST, 0).into())
            .map_err(system)?;
        // A daemon: it also ends when the process that started it dies.
        let mut process = Process::new("server", move || {
            serve(listener, held, time::scaled(latency))
        })
        .daemon(true);
        process.start()?;
        Ok(TestServer {
            port,
            refusing,
            leash,
            process,
        })
    }

    fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    /// A site that is up. The number only makes the address differ.
    pub fn up(&self, number: usize) -> String {
        self.address(&format!("up/{number}"))
    }

    /// A site that answers 405 to HEAD and 200 to GET.
    pub fn no_head(&self, number: usize) -> String {
        self.address(&format!("no-head/{number}"))
    }

    /// A site that answers with this status, whatever it is asked.
    pub fn status(&self, status: u16, number: usize) -> String {
        self.address(&format!("status/{status}/{number}"))
    }

    /// A site that takes the request and never answers.
    pub fn slow(&self, number: usize) -> String {
        self.address(&format!("slow/{number}"))
    }

    /// A site whose port nobody listens at.
    pub fn refused(&self, number: usize) -> String {
        let port = self.refusing.local_addr().map_or(0, |found| found.port());
        format!("http://127.0.0.1:{port}/refused/{number}")
    }

    /// A site whose host does not exist.
    pub fn unknown(&self, number: usize) -> String {
        format!("http://no-such-host-{number}.invalid/")
    }

    /// Where messages to the owner go.
    pub fn hook(&self) -> String {
        self.address("hook")
    }

    /// What it has counted so far.
    pub fn counts(&self) -> io::Result<Counts> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(b"GET /counts HTTP/1.1\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        Ok(serde_json::from_str(body)?)
    }

    /// Ends it and waits until it has ended.
    pub fn stop(mut self) -> Result<(), ProcessError> {
        self.leash
            .write_all(b".")
            .map_err(|source| ProcessError::System {
                name: "server".to_owned(),
                source,
            })?;
        self.process.join().map(|_| ())
    }
}

/// The server's life. Everything happens on one thread.
fn serve(listener: TcpListener, leash: UnixStream, latency: Duration) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    leash.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let mut leash = tokio::net::UnixStream::from_std(leash)?;
        let state = std::rc::Rc::new(State::default());
        let tasks = tokio::task::LocalSet::new();
        let accept = async {
            loop {
                // Out of descriptors, or a connection that was given up at once: the next one may be fine.
                let Ok((stream, _)) = listener.accept().await else {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                    continue;
                };
                let state = state.clone();
                tokio::task::spawn_local(async move {
                    // A client that breaks off is not our trouble.
                    let _ = answer(stream, &state, latency).await;
                });
            }
        };
        let mut signal = [0];
        tokio::select! {
            () = tasks.run_until(accept) => {}
            // We are told to end.
            _ = leash.read(&mut signal) => {}
            () = tokio::time::sleep(LIFE) => {}
        }
        Ok(())
    })
}

#[derive(Default)]
struct State {
    counts: std::cell::Cell<Counts>,
    waiting: std::cell::Cell<u64>,
}

impl State {
    fn count(&self, change: impl FnOnce(&mut Counts)) {
        let mut counts = self.counts.get();
        change(&mut counts);
        self.counts.set(counts);
    }

    /// One request more waits for its answer.
    fn enter(&self, method: &str) -> Waiting<'_> {
        self.waiting.set(self.waiting.get() + 1);
        self.count(|counts| {
            counts.requests += 1;
            counts.heads += u64::from(method == "HEAD");
            counts.gets += u64::from(method == "GET");
            counts.most_at_once = counts.most_at_once.max(self.waiting.get());
        });
        Waiting(self)
    }
}

struct Waiting<'s>(&'s State);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.set(self.0.waiting.get() - 1);
    }
}

async fn answer(
    mut stream: tokio::net::TcpStream,
    state: &State,
    latency: Duration,
) -> io::Result<()> {
    state.count(|counts| counts.connections += 1);
    let head = tokio::time::timeout(PATIENCE, read_head(&mut stream)).await??;
    let mut words = head.split(' ');
    let (method, path) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let mut parts = path.trim_start_matches('/').split('/');
    let (status, body) = match parts.next().unwrap_or_default() {
        "counts" => (200, serde_json::to_string(&state.counts.get())?),
        "hook" => {
            state.count(|counts| counts.notified += u64::from(method == "POST"));
            (204, String::new())
        }
        site => {
            let waiting = state.enter(method);
            let status = match (site, method) {
                ("up", _) | ("no-head", "GET") => 200,
                ("no-head", _) => 405,
                ("status", _) => {
                    let asked = parts.next().and_then(|status| status.parse().ok());
                    asked.unwrap_or(404)
                }
                ("slow", _) => {
                    // Until the client has had enough.
                    let _ = stream.read(&mut [0; 64]).await;
                    return Ok(());
                }
                _ => 404,
            };
            tokio::time::sleep(latency).await;
            // Before the answer is written: whoever has read it may ask again at once.
            drop(waiting);
            (status, String::new())
        }
    };
    let head = format!(
        "HTTP/1.1 {status} \r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    stream.shutdown().await
}

/// The request up to the empty line. What may follow it is not needed.
async fn read_head(stream: &mut tokio::net::TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    let mut buffer = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let count = stream.read(&mut buffer).await?;
        if count == 0 || head.len() > MAX_HEAD {
            return Err(io::ErrorKind::InvalidData.into());
        }
        head.extend_from_slice(&buffer[..count]);
        // Not a method: this client speaks something else (TLS), and waits for an answer in its own language.
        if !head[0].is_ascii_uppercase() {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}
