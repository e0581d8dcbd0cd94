//! Connections, and the end of it all.
//!
//! A client is trusted with nothing: it may send its request slowly or never end it, ask for an address of ten
//! megabytes, or not read what it asked for. Each of these costs it its connection and nobody else anything; how long
//! each may take stands in [`Settings`].

mod guard;
mod live;
mod routes;
mod visit;

use std::io;
use std::sync::Arc;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use nix::sys::socket::{setsockopt, sockopt};
use std::net::SocketAddr;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;

use self::visit::{Peer, Visit};
use crate::rooms::Rooms;
use crate::runs::Desk;
use crate::settings::Settings;

/// What is sent to one connection too many.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}; is another program using it?")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The system refuses what a server needs.
    #[error("the server cannot be set up")]
    SetUp(#[source] io::Error),
}

/// All that answers need.
pub(crate) struct Site {
    pub(crate) settings: Arc<Settings>,
    pub(crate) desk: Arc<Desk>,
    pub(crate) rooms: Rooms,
    /// True when the server ends.
    pub(crate) closing: watch::Receiver<bool>,
}

/// A server that listens, and answers once it is [run](Server::run).
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    settings: Arc<Settings>,
}

impl Server {
    /// Listens. Inside a tokio runtime with I/O and time.
    pub async fn listen(settings: Settings) -> Result<Server, ServeError> {
        let address = settings.address;
        let refused = |source| ServeError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        let address = listener.local_addr().map_err(ServeError::SetUp)?;
        Ok(Server {
            listener,
            address,
            settings: Arc::new(settings),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `end` is over; then ends every run and lets what is under way come to its end. When this returns,
    /// no process of any run is left.
    pub async fn run(self, end: impl Future<Output = ()>) {
        let (close, closing) = watch::channel(false);
        let site = Arc::new(Site {
            desk: Desk::new(Arc::clone(&self.settings)),
            rooms: Rooms::new(Arc::clone(&self.settings)),
            settings: Arc::clone(&self.settings),
            closing,
        });
        let router = routes::router(Arc::clone(&site));
        site.desk.engage();
        let language = self.settings.language;
        // Who comes before it is done makes the rest.
        tokio::task::spawn_blocking(move || routes::make_ready(language));
        let connections = Arc::new(Semaphore::new(self.settings.connections));
        let graceful = GracefulShutdown::new();
        let mut end = std::pin::pin!(end);
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                () = &mut end => break,
            };
            let (stream, peer) = match accepted {
                Ok(accepted) => accepted,
                // No descriptors left, for a moment: those who have one will give it back.
                Err(_) => {
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                    continue;
                }
            };
            let Ok(place) = Arc::clone(&connections).try_acquire_owned() else {
                tokio::spawn(refuse(stream));
                continue;
            };
            let answers = TowerToHyperService::new(router.clone());
            let answers = service_fn(move |mut request: hyper::Request<Incoming>| {
                request.extensions_mut().insert(Peer(peer.ip()));
                answers.call(request)
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(self.settings.head)
                .max_buf_size(self.settings.head_bytes.max(8 << 10))
                .serve_connection(TokioIo::new(prepared(stream, &self.settings)), answers);
            let connection = graceful.watch(connection);
            let life = self.settings.connection;
            tokio::spawn(async move {
                // What a client does wrong ends its connection; there is nobody to tell.
                let _ = timeout(life, connection).await;
                drop(place);
            });
        }
        drop(self.listener);
        // Runs are ended first: answers that follow one end with it.
        close.send_replace(true);
        site.desk.close().await;
        site.rooms.close();
        let _ = timeout(self.settings.farewell, graceful.shutdown()).await;
    }
}

/// A client that takes nothing of what was sent to it is given up by the system itself.
fn prepared(stream: TcpStream, settings: &Settings) -> TcpStream {
    let _ = stream.set_nodelay(true);
    let patience = u32::try_from(settings.answer.as_millis() * 3).unwrap_or(u32::MAX);
    let _ = setsockopt(&stream, sockopt::TcpUserTimeout, &patience);
    stream
}

async fn refuse(mut stream: TcpStream) {
    let _ = timeout(std::time::Duration::from_secs(1), stream.write_all(FULL)).await;
}

/// Serves until SIGINT or SIGTERM: a runtime, a server, an end. `ready` is told where it listens.
pub fn serve(settings: Settings, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(ServeError::SetUp)?;
    runtime.block_on(async {
        let signal = |kind| tokio::signal::unix::signal(kind).map_err(ServeError::SetUp);
        let mut interrupt = signal(tokio::signal::unix::SignalKind::interrupt())?;
        let mut terminate = signal(tokio::signal::unix::SignalKind::terminate())?;
        let server = Server::listen(settings).await?;
        ready(server.address());
        server
            .run(async {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
            })
            .await;
        Ok(())
    })
}
