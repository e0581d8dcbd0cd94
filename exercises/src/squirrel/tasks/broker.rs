use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};

use crate::primitive::service::Service;
use crate::primitive::time::{Duration, Instant};

/// A free port may be taken by somebody else before Redis has it; then another one is tried.
const ATTEMPTS: u32 = 5;
/// Redis takes connections after some milliseconds; on a very busy machine, later.
const PATIENCE: Duration = Duration::from_secs(10);
/// The name of the SQLite file.
const FILE: &str = "tasks.db";

/// What holds the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A Redis server.
    Redis,
    /// A file.
    Sqlite,
}

impl Kind {
    /// `redis` or `sqlite`.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Redis => "redis",
            Kind::Sqlite => "sqlite",
        }
    }
}

/// Where the queue is, for every process that is to use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The address of a Redis server, with its password.
    Redis(String),
    /// An SQLite file.
    Sqlite(PathBuf),
}

/// Why there is no queue.
#[derive(Debug, thiserror::Error)]
pub enum BrokerError {
    /// There is no `redis-server`; [`Broker::start`] then takes SQLite.
    #[error("redis-server is not installed; install it (Debian: apt install redis-server)")]
    NoRedis,
    /// It is installed and does not work.
    #[error("redis-server does not take connections")]
    RedisSilent,
    /// The system refused.
    #[error("no queue can be set up")]
    System(#[from] io::Error),
}

/// A queue's server, for as long as this lives.
#[derive(Debug)]
pub struct Broker {
    place: Place,
    /// Ends with us.
    _redis: Option<Service>,
}

impl Broker {
    /// A Redis where `redis-server` is installed, else an SQLite file in this folder.
    pub fn start(folder: &Path) -> Result<Broker, BrokerError> {
        match Broker::redis() {
            Err(BrokerError::NoRedis) => Ok(Broker::sqlite(folder)),
            other => other,
        }
    }

    /// A Redis of our own: on a free port of 127.0.0.1, behind a password, without a single file.
    pub fn redis() -> Result<Broker, BrokerError> {
        for _ in 0..ATTEMPTS {
            let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
                .local_addr()?
                .port();
            let password = password()?;
            let configuration = format!(
                "port {port}\nbind 127.0.0.1\nrequirepass {password}\nsave \"\"\nappendonly no\ndaemonize no\nloglevel warning\n"
            );
            // By its standard input, because others can read the arguments of a program.
            let mut service = match Service::start("redis-server", &["-"], &configuration) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    return Err(BrokerError::NoRedis);
                }
                other => other?,
            };
            if answers(port, &mut service)? {
                return Ok(Broker {
                    place: Place::Redis(format!("redis://:{password}@127.0.0.1:{port}/")),
                    _redis: Some(service),
                });
            }
        }
        Err(BrokerError::RedisSilent)
    }

    /// An SQLite file in this folder. SQLite puts more files beside it; they go with the folder, which is the caller's.
    pub fn sqlite(folder: &Path) -> Broker {
        Broker {
            place: Place::Sqlite(folder.join(FILE)),
            _redis: None,
        }
    }

    /// What holds the queue.
    pub fn kind(&self) -> Kind {
        match self.place {
            Place::Redis(_) => Kind::Redis,
            Place::Sqlite(_) => Kind::Sqlite,
        }
    }

    /// Where it is.
    pub fn place(&self) -> &Place {
        &self.place
    }
}

/// Whether Redis takes connections. False if it has ended: then somebody else had the port.
fn answers(port: u16, service: &mut Service) -> io::Result<bool> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE {
        if service.ends_within(Duration::from_millis(5))? {
            return Ok(false);
        }
        if TcpStream::connect_timeout(&address, PATIENCE).is_ok() {
            // Ours, and not that of somebody else who took the port: then ours ends.
            return Ok(!service.ends_within(Duration::from_millis(20))?);
        }
    }
    Ok(false)
}

/// 128 bits from the kernel.
fn password() -> io::Result<String> {
    use std::io::Read;
    let mut bytes = [0; 16];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
