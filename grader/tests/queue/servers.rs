//! The servers a queue can be on, started and asked from outside.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use grader::queue::Address;

use crate::PATIENCE;
use crate::certificates::Certificates;
use crate::postgres::Postgres;

/// A server a queue can be on.
pub trait Server {
    fn start() -> Self;

    /// Ended as a crash would end it, and started anew.
    fn start_anew(&mut self);

    fn address(&self) -> Address;

    /// What it still knows of jobs.
    fn left(&self) -> Vec<String>;
}

/// A server of our own that keeps nothing on a disk: started anew, it knows nothing.
pub struct Redis {
    port: u16,
    listening: Vec<String>,
    server: Child,
}

impl Redis {
    /// One that takes encrypted connections alone.
    pub fn encrypted(certificates: &Certificates) -> Redis {
        let path = |path: &Path| path.display().to_string();
        let words = |port: u16| {
            [
                ("--port", "0".to_owned()),
                ("--tls-port", port.to_string()),
                ("--tls-cert-file", path(&certificates.server)),
                ("--tls-key-file", path(&certificates.key)),
                ("--tls-ca-cert-file", path(&certificates.authority)),
                ("--tls-auth-clients", "no".to_owned()),
            ]
        };
        Redis::listening(|port| words(port).to_vec())
    }

    /// One that wants a password.
    pub fn guarded(password: &str) -> Redis {
        let password = password.to_owned();
        Redis::listening(|port| vec![("--port", port.to_string()), ("--requirepass", password)])
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address for who has this password.
    pub fn url(&self, password: Option<&str>) -> String {
        let who = password.map_or_else(String::new, |password| format!(":{password}@"));
        format!("redis://{who}127.0.0.1:{}/", self.port)
    }

    /// A connection that a test asks by itself.
    pub fn connection(&self, password: Option<&str>) -> redis::Connection {
        redis::Client::open(self.url(password))
            .and_then(|client| client.get_connection())
            .expect("a connection")
    }

    fn listening(words: impl FnOnce(u16) -> Vec<(&'static str, String)>) -> Redis {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        let words = words(port).into_iter();
        let listening: Vec<String> = words
            .flat_map(|(name, value)| [name.to_owned(), value])
            .collect();
        Redis {
            port,
            server: serve(port, &listening),
            listening,
        }
    }
}

impl Server for Redis {
    fn start() -> Redis {
        Redis::listening(|port| vec![("--port", port.to_string())])
    }

    fn start_anew(&mut self) {
        self.server.kill().expect("a kill");
        self.server.wait().expect("its end");
        self.server = serve(self.port, &self.listening);
    }

    fn address(&self) -> Address {
        self.url(None).parse().expect("an address")
    }

    fn left(&self) -> Vec<String> {
        let mut connection = self.connection(None);
        let mut keys: Vec<String> = redis::cmd("KEYS")
            .arg("*")
            .query(&mut connection)
            .expect("keys");
        keys.retain(|key| {
            key.contains(":meta:") || key.ends_with(":data") || key.ends_with(":done")
        });
        keys
    }
}

impl Server for Postgres {
    fn start() -> Postgres {
        Postgres::start()
    }

    fn start_anew(&mut self) {
        Postgres::start_anew(self);
    }

    fn address(&self) -> Address {
        self.url().parse().expect("an address")
    }

    fn left(&self) -> Vec<String> {
        let jobs = "SELECT id FROM apalis.jobs UNION SELECT job FROM weft_grading.begun";
        let jobs = self.ask(Postgres::DATABASE, jobs);
        jobs.lines().map(str::to_owned).collect()
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn serve(port: u16, listening: &[String]) -> Child {
    let server = Command::new("redis-server")
        .args(listening)
        .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        .stdout(Stdio::null())
        .spawn()
        .expect("redis-server; tests/run installs it");
    let begun = Instant::now();
    while TcpStream::connect(format!("127.0.0.1:{port}")).is_err() {
        assert!(begun.elapsed() < PATIENCE, "Redis takes no connections");
        thread::sleep(Duration::from_millis(5));
    }
    server
}
