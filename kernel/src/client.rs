//! A small blocking Jupyter client: starts a kernel, runs cells, reads what they broadcast.
//! For `weft doctor` and for tests; not meant to show anything to anybody.

use std::cell::Cell;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::connection::{ConnectionFile, Transport};
use crate::session::{BadMessage, Message, Parent, Session};
use crate::wire::Outgoing;

/// Which socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// Requests.
    Shell,
    /// Urgent requests.
    Control,
    /// Broadcasts.
    Iopub,
    /// Questions to the user.
    Stdin,
    /// Echo.
    Heartbeat,
}

/// What can go wrong when talking to a kernel.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// Nothing came in time.
    #[error("the kernel did not answer ({waiting_for}) within {seconds} s")]
    TimedOut {
        /// What was awaited.
        waiting_for: String,
        /// How long.
        seconds: f64,
    },
    /// The kernel's process has ended.
    #[error("the kernel has ended: {0}")]
    Ended(ExitStatus),
    /// A message that is not valid.
    #[error("the kernel sent a bad message: {0}")]
    BadMessage(#[from] BadMessage),
    /// ZeroMQ refuses.
    #[error("messages cannot be exchanged: {0}")]
    Socket(#[from] zmq::Error),
    /// The system refuses.
    #[error("the kernel cannot be started: {0}")]
    System(#[from] std::io::Error),
    /// A request that cannot be written as JSON.
    #[error("not a message: {0}")]
    Json(#[from] serde_json::Error),
}

/// A message of any type.
#[derive(Debug, Clone)]
pub struct AnyMessage {
    /// Its type.
    pub msg_type: &'static str,
    /// What it says.
    pub content: Value,
}

impl Serialize for AnyMessage {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.content.serialize(serializer)
    }
}

impl Outgoing for AnyMessage {
    fn msg_type(&self) -> &'static str {
        self.msg_type
    }
}

/// What a cell gave.
#[derive(Debug)]
pub struct Execution {
    /// The content of the reply.
    pub reply: Map<String, Value>,
    /// What was broadcast for it, in order, without the status messages.
    pub broadcast: Vec<Message>,
}

impl Execution {
    /// `ok`, `error` or `aborted`.
    pub fn status(&self) -> &str {
        self.reply
            .get("status")
            .and_then(Value::as_str)
            .unwrap_or("")
    }

    /// Everything it wrote to one stream.
    pub fn stream(&self, name: &str) -> String {
        let of_stream = self
            .broadcast
            .iter()
            .filter(|message| message.header.msg_type == "stream")
            .map(|message| &message.content)
            .filter(|content| content.get("name").is_some_and(|is| is == name));
        of_stream
            .filter_map(|content| content.get("text")?.as_str())
            .collect()
    }
}

/// Talks to one kernel.
pub struct Client {
    session: Session,
    shell: zmq::Socket,
    control: zmq::Socket,
    iopub: zmq::Socket,
    stdin: zmq::Socket,
    heartbeat: zmq::Socket,
    welcomed: Cell<bool>,
}

impl Client {
    /// Connects to a kernel, which may still be starting.
    pub fn connect(to: &ConnectionFile) -> Result<Client, ClientError> {
        let context = zmq::Context::new();
        let session = Session::new(&to.key, "weft");
        let open = |kind, port| -> Result<zmq::Socket, zmq::Error> {
            let socket = context.socket(kind)?;
            socket.set_linger(500)?;
            if kind == zmq::SUB {
                socket.set_subscribe(b"")?;
            } else {
                // Questions on stdin are sent to whoever made the request on shell.
                socket.set_identity(session.id().as_bytes())?;
            }
            socket.connect(&to.endpoint(port))?;
            Ok(socket)
        };
        Ok(Client {
            iopub: open(zmq::SUB, to.iopub_port)?,
            stdin: open(zmq::DEALER, to.stdin_port)?,
            shell: open(zmq::DEALER, to.shell_port)?,
            control: open(zmq::DEALER, to.control_port)?,
            heartbeat: open(zmq::REQ, to.hb_port)?,
            session,
            welcomed: Cell::new(false),
        })
    }

    /// The socket itself, for those who want to misbehave.
    pub fn socket(&self, channel: Channel) -> &zmq::Socket {
        match channel {
            Channel::Shell => &self.shell,
            Channel::Control => &self.control,
            Channel::Iopub => &self.iopub,
            Channel::Stdin => &self.stdin,
            Channel::Heartbeat => &self.heartbeat,
        }
    }

    /// The session messages are signed with.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Sends a message; gives its identity.
    pub fn send(
        &self,
        channel: Channel,
        msg_type: &'static str,
        content: Value,
    ) -> Result<String, ClientError> {
        let message = AnyMessage { msg_type, content };
        let header = self.session.header(msg_type);
        let frames =
            self.session
                .pack_with(&header, &[], &Parent::none(), &Map::new(), &message)?;
        self.socket(channel).send_multipart(frames, 0)?;
        Ok(header.msg_id)
    }

    /// The next message on a socket.
    pub fn receive(&self, channel: Channel, timeout: Duration) -> Result<Message, ClientError> {
        let socket = self.socket(channel);
        let deadline = Instant::now() + timeout;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let milliseconds = i64::try_from(left.as_millis()).unwrap_or(i64::MAX);
            match socket.poll(zmq::POLLIN, milliseconds) {
                Ok(0) if left.is_zero() => {
                    return Err(ClientError::TimedOut {
                        waiting_for: format!("{channel:?}"),
                        seconds: timeout.as_secs_f64(),
                    });
                }
                Ok(0) | Err(zmq::Error::EINTR) => {}
                Ok(_) => return Ok(self.session.unpack(socket.recv_multipart(0)?)?),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// The next message on a socket that answers this request.
    pub fn receive_for(
        &self,
        channel: Channel,
        request: &str,
        timeout: Duration,
    ) -> Result<Message, ClientError> {
        let deadline = Instant::now() + timeout;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let message = self.receive(channel, left)?;
            if parent_id(&message) == Some(request) {
                return Ok(message);
            }
        }
    }

    /// Asks who the kernel is, after it has welcomed us on iopub. From then on nothing is missed.
    pub fn wait_until_ready(&self, timeout: Duration) -> Result<Map<String, Value>, ClientError> {
        let deadline = Instant::now() + timeout;
        let left = || deadline.saturating_duration_since(Instant::now());
        while !self.welcomed.get() {
            let message = self.receive(Channel::Iopub, left())?;
            self.welcomed
                .set(message.header.msg_type == "iopub_welcome");
        }
        self.request(Channel::Shell, "kernel_info_request", json!({}), left())
    }

    /// Sends a request and waits for its reply; what it broadcasts is left unread.
    pub fn request(
        &self,
        channel: Channel,
        msg_type: &'static str,
        content: Value,
        timeout: Duration,
    ) -> Result<Map<String, Value>, ClientError> {
        let request = self.send(channel, msg_type, content)?;
        Ok(self.receive_for(channel, &request, timeout)?.content)
    }

    /// Runs a cell to its end.
    pub fn execute(&self, code: &str, timeout: Duration) -> Result<Execution, ClientError> {
        let content = json!({"code": code, "silent": false, "store_history": true,
            "user_expressions": {}, "allow_stdin": false, "stop_on_error": true});
        let request = self.send(Channel::Shell, "execute_request", content)?;
        self.finish(&request, timeout)
    }

    /// Waits for the end of a cell that was sent before.
    pub fn finish(&self, request: &str, timeout: Duration) -> Result<Execution, ClientError> {
        let deadline = Instant::now() + timeout;
        let left = || deadline.saturating_duration_since(Instant::now());
        let mut broadcast = Vec::new();
        loop {
            let message = self.receive_for(Channel::Iopub, request, left())?;
            match message.content.get("execution_state") {
                Some(state) if message.header.msg_type == "status" => {
                    if state == "idle" {
                        break;
                    }
                }
                _ => broadcast.push(message),
            }
        }
        let reply = self.receive_for(Channel::Shell, request, left())?.content;
        Ok(Execution { reply, broadcast })
    }

    /// Interrupts the running cell.
    pub fn interrupt(&self, timeout: Duration) -> Result<(), ClientError> {
        self.request(Channel::Control, "interrupt_request", json!({}), timeout)?;
        Ok(())
    }

    /// Asks the kernel to end.
    pub fn shutdown(&self, restart: bool, timeout: Duration) -> Result<(), ClientError> {
        let content = json!({ "restart": restart });
        self.request(Channel::Control, "shutdown_request", content, timeout)?;
        Ok(())
    }
}

/// The identity of the request a message answers.
pub fn parent_id(message: &Message) -> Option<&str> {
    message.parent_header.get("msg_id")?.as_str()
}

/// A kernel in a process of its own. It is killed when this is dropped.
pub struct RunningKernel {
    child: Child,
    folder: PathBuf,
    client: Client,
}

impl RunningKernel {
    /// Starts `program kernel -f FILE`, as Jupyter would.
    pub fn start(program: &Path) -> Result<RunningKernel, ClientError> {
        let mut command = Command::new(program);
        command.arg("kernel").arg("-f");
        RunningKernel::start_command(command)
    }

    /// Starts a command that wants the path of the connection file as its last argument.
    pub fn start_command(mut command: Command) -> Result<RunningKernel, ClientError> {
        let folder = std::env::temp_dir().join(format!("weft-{}", uuid::Uuid::new_v4().simple()));
        std::fs::DirBuilder::new().mode(0o700).create(&folder)?;
        let connection = ConnectionFile {
            transport: Transport::Ipc,
            ip: folder.join("k").to_string_lossy().into_owned(),
            shell_port: 1,
            iopub_port: 2,
            stdin_port: 3,
            control_port: 4,
            hb_port: 5,
            key: uuid::Uuid::new_v4().to_string(),
            signature_scheme: "hmac-sha256".to_owned(),
        };
        let mut start = || -> Result<(Child, Client), ClientError> {
            let file = folder.join("connection.json");
            // The key is for the user's eyes only.
            std::fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&file)?
                .write_all(&serde_json::to_vec(&connection)?)?;
            let child = command
                .arg(file)
                .env("JPY_PARENT_PID", std::process::id().to_string())
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .spawn()?;
            Ok((child, Client::connect(&connection)?))
        };
        match start() {
            Ok((child, client)) => Ok(RunningKernel {
                child,
                folder,
                client,
            }),
            Err(error) => {
                let _best_effort = std::fs::remove_dir_all(&folder);
                Err(error)
            }
        }
    }

    /// To talk to it.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits until it answers, or has ended.
    pub fn wait_until_ready(
        &mut self,
        timeout: Duration,
    ) -> Result<Map<String, Value>, ClientError> {
        let deadline = Instant::now() + timeout;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let piece = left.min(Duration::from_millis(200));
            match self.client.wait_until_ready(piece) {
                Err(ClientError::TimedOut { .. }) if !left.is_zero() => {
                    if let Some(status) = self.child.try_wait()? {
                        return Err(ClientError::Ended(status));
                    }
                }
                other => return other,
            }
        }
    }

    /// Shuts it down and waits for its process to end.
    pub fn shutdown(mut self, timeout: Duration) -> Result<ExitStatus, ClientError> {
        let deadline = Instant::now() + timeout;
        self.client.shutdown(false, timeout)?;
        self.wait_for_end(deadline.saturating_duration_since(Instant::now()))
    }

    /// Waits for its process to end.
    pub fn wait_for_end(&mut self, timeout: Duration) -> Result<ExitStatus, ClientError> {
        let deadline = Instant::now() + timeout;
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            if Instant::now() > deadline {
                return Err(ClientError::TimedOut {
                    waiting_for: "the end of its process".to_owned(),
                    seconds: timeout.as_secs_f64(),
                });
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for RunningKernel {
    fn drop(&mut self) {
        // Both fail when it has already ended, which is the usual case.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
        let _best_effort = std::fs::remove_dir_all(&self.folder);
    }
}
