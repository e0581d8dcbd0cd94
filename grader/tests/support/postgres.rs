//! A PostgreSQL of a test's own: its folder, its port, its users. Gone with it.
//!
//! `postgresql` must be installed (Debian: `apt install postgresql`); without it these tests fail.

use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, Uid};
use tempfile::TempDir;

/// For whatever has to happen sooner or later, on a busy machine too.
const PATIENCE: Duration = Duration::from_secs(120);
/// Who may do everything there.
const ADMINISTRATOR: &str = "administrator";
/// PostgreSQL refuses to be root. This one is on every system, and owns nothing.
const NOBODY: u32 = 65_534;

/// A server, its settings beside those of every one here, and what is in its folder.
pub struct Postgres {
    folder: TempDir,
    port: u16,
    settings: Vec<String>,
    server: Child,
}

impl Postgres {
    /// The user and the owner of the database that [`Postgres::url`] leads to.
    pub const USER: &'static str = "grading";
    /// Her password, as it stands in an address.
    pub const PASSWORD: &'static str = "se%40cret";
    /// Her database.
    pub const DATABASE: &'static str = "class";

    /// Starts one with an ordinary user who owns a database.
    pub fn start() -> Postgres {
        Postgres::start_with(|_| Vec::new())
    }

    /// Starts one with settings (`NAME=VALUE`), for which files may be put into its folder.
    pub fn start_with(settings: impl FnOnce(&Path) -> Vec<String>) -> Postgres {
        let folder = tempfile::tempdir().expect("a folder");
        let password = folder.path().join("password");
        std::fs::write(&password, "administrator's").expect("a file");
        let settings = settings(folder.path());
        if Uid::effective().is_root() {
            let entries = std::fs::read_dir(folder.path()).expect("a folder");
            let entries = entries.map(|entry| entry.expect("an entry").path());
            for path in entries.chain([folder.path().to_owned()]) {
                chown(&path, Some(NOBODY), Some(NOBODY)).expect("another owner");
            }
        }
        let made = command("initdb", folder.path())
            .args(["--username", ADMINISTRATOR, "--auth", "scram-sha-256"])
            .args(["--encoding", "UTF8", "--no-locale", "--no-sync"])
            .arg("--pwfile")
            .arg(&password)
            .arg("--pgdata")
            .arg(folder.path().join("data"))
            .output();
        checked(&made.expect("initdb"));
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        let server = serve(folder.path(), port, &settings);
        let postgres = Postgres {
            folder,
            port,
            settings,
            server,
        };
        postgres.ask(
            "postgres",
            "CREATE ROLE grading LOGIN PASSWORD 'se@cret'; CREATE DATABASE class OWNER grading",
        );
        postgres
    }

    /// Ended, and started anew. What was written is still there.
    pub fn start_anew(&mut self) {
        self.end();
        self.server = serve(self.folder.path(), self.port, &self.settings);
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address of the user's database.
    pub fn url(&self) -> String {
        let (user, password) = (Postgres::USER, Postgres::PASSWORD);
        let (port, database) = (self.port, Postgres::DATABASE);
        format!("postgres://{user}:{password}@127.0.0.1:{port}/{database}")
    }

    /// What the administrator is told, a line for each row. One statement is one transaction.
    pub fn ask(&self, database: &str, statements: &str) -> String {
        let mut command = command("psql", self.folder.path());
        command
            .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"])
            .args(["--set", "ON_ERROR_STOP=1"])
            .args(["--host", "127.0.0.1", "--port", &self.port.to_string()])
            .args(["--username", ADMINISTRATOR, "--dbname", database])
            .env("PGPASSWORD", "administrator's");
        for statement in statements.split("; ") {
            command.args(["--command", statement]);
        }
        let told = command.output().expect("psql");
        checked(&told);
        String::from_utf8(told.stdout).expect("text")
    }

    /// Ended as a crash would end it.
    pub fn end(&mut self) {
        // Immediately: connections are cut, and the next start has to repair what was not written.
        let _ = kill(Pid::from_raw(self.server.id() as i32), Signal::SIGQUIT);
        let _ = self.server.wait();
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.end();
    }
}

fn serve(folder: &Path, port: u16, settings: &[String]) -> Child {
    let mut command = command("postgres", folder);
    command
        .arg("-D")
        .arg(folder.join("data"))
        .args(["-h", "127.0.0.1", "-p", &port.to_string()])
        // Its own sockets lie nowhere, and it does not wait for the disk.
        .args(["-k", "", "-F"]);
    for setting in settings {
        command.args(["-c", setting]);
    }
    let log = std::fs::File::create(folder.join("log")).expect("a file");
    let mut server = command
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .expect("postgres");
    let begun = Instant::now();
    loop {
        let ready = self::command("pg_isready", folder)
            .args([
                "--quiet",
                "--host",
                "127.0.0.1",
                "--port",
                &port.to_string(),
            ])
            .status();
        if ready.expect("pg_isready").success() {
            return server;
        }
        let ended = server.try_wait().expect("its state");
        assert!(
            ended.is_none() && begun.elapsed() < PATIENCE,
            "PostgreSQL takes no connections: {}",
            std::fs::read_to_string(folder.join("log")).unwrap_or_default()
        );
        thread::sleep(Duration::from_millis(10));
    }
}

fn checked(output: &Output) {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// One of PostgreSQL's programs, as somebody who may run it, where she may be.
fn command(program: &str, folder: &Path) -> Command {
    let program = programs().join(program);
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .stdin(Stdio::null())
        // Certificates of whoever runs the tests are not theirs.
        .env("HOME", folder);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PG") {
            command.env_remove(name);
        }
    }
    if Uid::effective().is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

/// Debian keeps them out of `PATH`, one folder for each version; others do not.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql");
    let mut versions: Vec<(u32, PathBuf)> = versions
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    versions.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let newest = versions.into_iter().rev().map(|(_, folder)| folder);
    newest
        .chain(std::env::split_paths(&path))
        .find(|folder| folder.join("initdb").exists())
        .expect("PostgreSQL; tests/run installs it")
}
