//! The JupyterLab server: a child of `weft lab` that ends when `weft lab` ends.

use std::fs::File;
use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::prctl;
use nix::sys::signal::{SigHandler, Signal, signal};
use nix::unistd::Uid;

use crate::failure::{Exit, Failure};
use crate::jupyter::Jupyter;

/// Where it listens when nobody says anything else: no other machine comes there.
pub const LOCALHOST: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// Where Jupyter itself starts looking for a free port.
const FIRST_PORT: u16 = 8888;
/// How many ports are tried.
const PORTS: u16 = 100;
/// How long the server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(120);

/// A server that answers.
pub struct Server {
    child: Child,
    address: SocketAddr,
    token: String,
}

/// What to open.
pub struct Opening<'a> {
    /// The root of the file browser.
    pub folder: &'a Path,
    /// Shown first, below the root.
    pub first: &'a str,
    /// The language of kernels started here.
    pub language: &'a str,
    /// Whether to open the user's browser.
    pub browser: bool,
    /// Whether cells that want a crate take what this machine has, and ask nobody.
    pub offline: bool,
    /// A folder of settings for this server only.
    pub config: Option<&'a Path>,
}

/// The port asked for if it is free, else the first free one Jupyter would take.
pub fn choose_port(ip: IpAddr, wanted: Option<u16>) -> Result<u16, Failure> {
    // The system chooses the port here: if even that is refused, it is the address.
    if TcpListener::bind((ip, 0)).is_err() {
        return Err(Failure::usage("error-lab-address").with("ip", ip.to_string()));
    }
    match wanted {
        Some(port) if is_free(ip, port) => Ok(port),
        Some(port) => {
            Err(Failure::environment("error-port-taken").with("port", u32::from(port).to_string()))
        }
        None => (FIRST_PORT..FIRST_PORT + PORTS)
            .find(|port| is_free(ip, *port))
            .ok_or_else(|| {
                Failure::environment("error-no-port")
                    .with("first", u32::from(FIRST_PORT).to_string())
                    .with("last", u32::from(FIRST_PORT + PORTS - 1).to_string())
            }),
    }
}

/// Whether a server could listen there now.
pub fn is_free(ip: IpAddr, port: u16) -> bool {
    TcpListener::bind((ip, port)).is_ok()
}

impl Server {
    /// Starts JupyterLab and waits until it answers.
    pub fn start(
        jupyter: &Jupyter,
        address: SocketAddr,
        opening: &Opening<'_>,
    ) -> Result<Server, Failure> {
        let token = token().map_err(|error| Failure::file("/dev/urandom".as_ref(), &error))?;
        let mut command = Command::new(&jupyter.command);
        command
            .arg("lab")
            .arg(format!("--port={}", address.port()))
            .arg("--ServerApp.port_retries=0")
            .arg(format!("--ServerApp.ip={}", address.ip()))
            .arg("--ServerApp.answer_yes=True")
            .arg("--log-level=WARN")
            .arg(format!("--ServerApp.root_dir={}", opening.folder.display()))
            .arg(format!("--LabApp.default_url=/lab/tree/{}", opening.first))
            .current_dir(opening.folder)
            // In the environment, where other users of the machine cannot read it.
            .env("JUPYTER_TOKEN", &token)
            .env(kernel::WORKBOOK_LANGUAGE, opening.language)
            .stdin(Stdio::null())
            .stdout(Stdio::inherit());
        if opening.offline {
            // Kernels inherit it, and cargo from them (The Cargo Book, "Environment Variables").
            command.env("CARGO_NET_OFFLINE", "true");
        }
        if let Some(config) = opening.config {
            // Before the user's own list of folders, if there is one.
            let mut folders = config.as_os_str().to_owned();
            if let Some(others) = std::env::var_os("JUPYTER_CONFIG_PATH") {
                folders.push(":");
                folders.push(others);
            }
            command.env("JUPYTER_CONFIG_PATH", folders);
        }
        if !opening.browser {
            command.arg("--no-browser");
        }
        if Uid::effective().is_root() {
            command.arg("--allow-root");
        }
        end_with_parent(&mut command);
        let child = command
            .spawn()
            .map_err(|error| Failure::file(&jupyter.command, &error))?;
        let mut server = Server {
            child,
            address,
            token,
        };
        server.wait_until_it_answers()?;
        Ok(server)
    }

    /// The address to open in a browser.
    pub fn url(&self) -> String {
        format!(
            "http://{}/lab?token={}",
            from_here(self.address),
            self.token
        )
    }

    /// Waits until JupyterLab ends. Ctrl-C reaches it as well as us, and it is the one to decide.
    pub fn wait(mut self) -> Result<ExitStatus, Failure> {
        // SAFETY: ignoring a signal runs no code of ours in a handler. The child was started
        // before, so it does not inherit this.
        let ignored = unsafe { signal(Signal::SIGINT, SigHandler::SigIgn) };
        if let Err(error) = ignored {
            return Err(Failure::file("SIGINT".as_ref(), &error.into()));
        }
        self.child
            .wait()
            .map_err(|error| Failure::file("jupyter".as_ref(), &error))
    }

    fn wait_until_it_answers(&mut self) -> Result<(), Failure> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(Failure::new(Exit::Environment, "error-jupyter-ended")
                    .with("status", status.to_string()));
            }
            if answers(from_here(self.address)).unwrap_or(false) {
                return Ok(());
            }
            if Instant::now() >= deadline {
                let _ = self.child.kill();
                let _ = self.child.wait();
                return Err(Failure::new(Exit::Environment, "error-jupyter-silent")
                    .with("seconds", PATIENCE.as_secs()));
            }
            thread::sleep(Duration::from_millis(100));
        }
    }
}

/// Has the child sent SIGTERM when we end, however that happens.
fn end_with_parent(command: &mut Command) {
    // SAFETY: prctl is async-signal-safe and the closure touches no memory of the parent.
    unsafe {
        command.pre_exec(|| prctl::set_pdeathsig(Signal::SIGTERM).map_err(io::Error::from));
    }
}

/// Where this machine itself reaches a server that may listen on all of its addresses.
fn from_here(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => LOCALHOST,
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

/// Whether a Jupyter server answers there.
fn answers(address: SocketAddr) -> io::Result<bool> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    // The one address that needs no token. In one piece: an answer before the end of the question
    // would break the connection.
    let question = format!("GET /api HTTP/1.0\r\nHost: {address}\r\n\r\n");
    stream.write_all(question.as_bytes())?;
    let mut head = [0; 15];
    stream.read_exact(&mut head)?;
    Ok(head.starts_with(b"HTTP/1.") && head.ends_with(b" 200 OK"))
}

fn token() -> io::Result<String> {
    let mut bytes = [0_u8; 24];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_refused_by_number() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        match choose_port(LOCALHOST, Some(port)) {
            Err(Failure::Said { id, .. }) => assert_eq!(id, "error-port-taken"),
            other => panic!("{other:?}"),
        }
        let free = choose_port(LOCALHOST, None).unwrap();
        assert_ne!(free, port);
    }

    #[test]
    fn an_address_of_another_machine_is_refused_by_name() {
        // For documents only (RFC 5737).
        match choose_port(Ipv4Addr::new(192, 0, 2, 1).into(), None) {
            Err(Failure::Said { id, .. }) => assert_eq!(id, "error-lab-address"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn who_listens_on_all_addresses_is_reached_on_this_machines_own() {
        let here = |address: &str| from_here(address.parse().unwrap()).to_string();
        assert_eq!(here("0.0.0.0:8888"), "127.0.0.1:8888");
        assert_eq!(here("[::]:8888"), "[::1]:8888");
        assert_eq!(here("192.0.2.1:8888"), "192.0.2.1:8888");
    }

    #[test]
    fn tokens_are_long_and_different() {
        let (one, other) = (token().unwrap(), token().unwrap());
        assert_eq!(one.len(), 48);
        assert_ne!(one, other);
    }

    #[test]
    fn only_a_jupyter_that_says_yes_counts_as_an_answer() {
        let reply = |text: &'static [u8]| {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
            let address = listener.local_addr().unwrap();
            thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                let mut request = [0; 256];
                let _ = stream.read(&mut request);
                let _ = stream.write_all(text);
            });
            answers(address).unwrap_or(false)
        };
        assert!(reply(b"HTTP/1.1 200 OK\r\n\r\n{}"));
        assert!(!reply(b"HTTP/1.1 503 Busy\r\n\r\n"));
        assert!(!reply(b"SSH-2.0"));
    }
}
