//! A showcase on a free port, and what its tests ask of it.
#![allow(dead_code, reason = "each test uses its part of this")]

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use reqwest::blocking::{Client, Response};
use reqwest::redirect::Policy;
use showcase::{Player, Server, Settings};
use tokio::sync::oneshot;

/// Far more than anything here takes on a machine that does nothing else.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub fn settings() -> Settings {
    let player = PathBuf::from(env!("CARGO_BIN_EXE_weft-showcase"));
    Settings::new(([127, 0, 0, 1], 0).into(), Player::new(player))
}

/// A player that is a shell script, in a session of its own as the real one is.
pub fn script(script: &str) -> Player {
    Player {
        program: "setsid".into(),
        arguments: ["sh", "-c", script].map(Into::into).to_vec(),
        waits: false,
    }
}

/// A client at an address of this machine.
pub fn client(address: Ipv4Addr) -> Client {
    Client::builder()
        .local_address(IpAddr::from(address))
        .redirect(Policy::none())
        .timeout(PATIENCE)
        // A connection that is kept may be closed by the server just when it is used again.
        .pool_max_idle_per_host(0)
        .build()
        .expect("a client")
}

/// A server that ends when this is dropped.
pub struct Showcase {
    pub address: SocketAddr,
    client: Client,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Showcase {
    pub fn new() -> Showcase {
        Showcase::with(settings())
    }

    pub fn with(settings: Settings) -> Showcase {
        let (end, ended) = oneshot::channel();
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(async {
                let server = Server::listen(settings).await.expect("a free port");
                tell.send(server.address()).expect("the test waits");
                server.run(async { drop(ended.await) }).await;
            });
        });
        // Nothing here is encrypted, but a client that could be wants a provider, where another
        // member of the workspace takes reqwest without one. Who is second finds it installed.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = client(Ipv4Addr::LOCALHOST);
        Showcase {
            address: told.recv().expect("an address"),
            client,
            end: Some(end),
            thread: Some(thread),
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn get(&self, path: &str) -> Response {
        self.get_with(path, &[])
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Response {
        let asked = self.client.get(self.url(path));
        headers
            .iter()
            .fold(asked, |asked, (name, value)| asked.header(*name, *value))
            .send()
            .unwrap_or_else(|error| panic!("{path}: {error:?}"))
    }

    pub fn post(&self, path: &str, body: &str, headers: &[(&str, &str)]) -> Response {
        let asked = self
            .client
            .post(self.url(path))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.to_owned());
        headers
            .iter()
            .fold(asked, |asked, (name, value)| asked.header(*name, *value))
            .send()
            .unwrap_or_else(|error| panic!("{path}: {error:?}"))
    }

    pub fn client(&self) -> &Client {
        &self.client
    }

    pub fn page(&self, path: &str) -> String {
        self.get(path).text().expect("text")
    }

    pub fn json(&self, path: &str) -> serde_json::Value {
        let text = self.page(path);
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}: {text}"))
    }

    /// Ends the server and waits until it has ended.
    pub fn end(&mut self) {
        if let Some(end) = self.end.take() {
            let _ = end.send(());
        }
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking());
        }
    }
}

impl Drop for Showcase {
    fn drop(&mut self) {
        self.end();
    }
}

pub fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// How many processes have this text in their command line.
pub fn processes(marked: &str) -> usize {
    command_lines().filter(|line| line.contains(marked)).count()
}

/// How many processes are `sleep` with this number.
pub fn sleeping(seconds: u32) -> usize {
    let wanted = format!("sleep {seconds}");
    command_lines().filter(|line| line.trim() == wanted).count()
}

/// The processes below this one: their numbers, and when they were begun, so that a number that was given again is told
/// apart.
pub fn below(ancestor: u32) -> Vec<(u32, String)> {
    let listing = std::fs::read_dir("/proc").expect("/proc");
    let numbers = listing
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let all: Vec<(u32, u32, String)> = numbers
        .filter_map(|pid: u32| born(pid).map(|(parent, begun)| (pid, parent, begun)))
        .collect();
    let mut found: Vec<(u32, String)> = Vec::new();
    let mut open = vec![ancestor];
    while let Some(parent) = open.pop() {
        for (pid, _, begun) in all.iter().filter(|(_, of, _)| *of == parent) {
            open.push(*pid);
            found.push((*pid, begun.clone()));
        }
    }
    found
}

/// How many of these live.
pub fn living(processes: &[(u32, String)]) -> usize {
    let lives = |(pid, begun): &&(u32, String)| born(*pid).is_some_and(|(_, now)| now == *begun);
    processes.iter().filter(lives).count()
}

/// Parent and beginning of a process that has not ended (man 5 proc).
fn born(pid: u32) -> Option<(u32, String)> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, after) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = after.split_whitespace().collect();
    let ended = matches!(fields.first(), Some(&("Z" | "X")));
    let parent = fields.get(1)?.parse().ok()?;
    (!ended).then(|| (parent, fields[19].to_owned()))
}

fn command_lines() -> impl Iterator<Item = String> {
    let listing = std::fs::read_dir("/proc").expect("/proc");
    listing.flatten().map(|entry| {
        let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).replace('\0', " ")
    })
}

/// Waits until this is so.
pub fn until(what: &str, condition: impl Fn() -> bool) {
    let begun = Instant::now();
    while !condition() {
        assert!(begun.elapsed() < PATIENCE, "{what} did not come");
        std::thread::sleep(Duration::from_millis(5));
    }
}
