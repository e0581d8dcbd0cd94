//! A kernel whose language is a list of tricks, and a client that tells what it saw.

#![allow(dead_code)] // Every test file uses its own part of this.

use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use kernel::client::{Channel, Client, Execution};
use kernel::connection::{ConnectionFile, Transport};
use kernel::language::*;
use kernel::session::Message;
use kernel::{ServeError, Setup};
use serde_json::{Map, Value, json};

/// Nothing here should ever take this long; it is how a hang becomes a failure.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// How long we listen to be sure that nothing comes.
pub const SILENCE: Duration = Duration::from_millis(150);

/// What the tests use to hold a cell, or the start, in the middle.
#[derive(Default)]
pub struct Gate {
    state: Mutex<GateState>,
    changed: Condvar,
}

/// How many pieces of work the language has for the time when nobody asks.
pub const CHORES: u32 = 3;

#[derive(Default)]
struct GateState {
    chores: u32,
    opened: u32,
    interrupted: bool,
    shut_down: Option<bool>,
}

impl Gate {
    /// Lets one waiting cell go on.
    pub fn open(&self) {
        self.state.lock().unwrap().opened += 1;
        self.changed.notify_all();
    }

    /// Waits until the language, left alone, has done so many pieces of work.
    pub fn chores_done(&self, count: u32, patience: std::time::Duration) -> bool {
        let state = self.state.lock().unwrap();
        let wait = self
            .changed
            .wait_timeout_while(state, patience, |state| state.chores < count);
        !wait.unwrap().1.timed_out()
    }

    /// Whether the language was shut down, and for a restart.
    pub fn shut_down(&self) -> Option<bool> {
        self.state.lock().unwrap().shut_down
    }

    /// `true`: the gate was opened, or it is the end; `false`: a question waits.
    fn passed_or_asked(&self, asked: impl Fn() -> bool) -> bool {
        let mut state = self.state.lock().unwrap();
        loop {
            if state.interrupted || state.shut_down.is_some() || state.opened > 0 {
                state.opened = state.opened.saturating_sub(1);
                state.interrupted = false;
                return true;
            }
            if asked() {
                return false;
            }
            state = self.changed.wait(state).unwrap();
        }
    }

    /// `false`: interrupted.
    fn pass(&self) -> bool {
        let mut state = self.state.lock().unwrap();
        loop {
            if state.interrupted || state.shut_down.is_some() {
                state.interrupted = false;
                return false;
            }
            if state.opened > 0 {
                state.opened -= 1;
                return true;
            }
            state = self.changed.wait(state).unwrap();
        }
    }
}

impl Interrupt for Gate {
    fn asked(&self) {
        let _state = self.state.lock().unwrap();
        self.changed.notify_all();
    }

    fn interrupt(&self) {
        self.state.lock().unwrap().interrupted = true;
        self.changed.notify_all();
    }

    fn shutdown(&self, restart: bool) {
        self.state.lock().unwrap().shut_down = Some(restart);
        self.changed.notify_all();
    }
}

struct Tricks {
    output: Arc<dyn Output>,
    questions: Arc<dyn Questions>,
    gate: Arc<Gate>,
}

fn error(ename: &str) -> CellOutcome {
    CellOutcome::Error {
        ename: ename.into(),
        evalue: format!("{ename} happened"),
        traceback: vec!["line 1".into(), "line 2".into()],
    }
}

impl Language for Tricks {
    fn idle_after(&self) -> Option<Duration> {
        let done = self.gate.state.lock().unwrap().chores;
        (done < CHORES).then_some(Duration::from_millis(10))
    }

    fn idle(&mut self) {
        self.gate.state.lock().unwrap().chores += 1;
        self.gate.changed.notify_all();
    }

    fn execute(&mut self, cell: Cell<'_>) -> CellOutcome {
        let number = cell.number;
        let out = &self.output;
        let say = |text: &str| out.stream(number, StreamName::Stdout, text);
        let (trick, rest) = cell.code.split_once(' ').unwrap_or((cell.code, ""));
        match trick {
            "print" => say(rest),
            "warn" => out.stream(number, StreamName::Stderr, rest),
            "value" => out.execute_result(number, &MimeBundle::plain(rest)),
            "show" => {
                let bundle = MimeBundle::plain("text").with("text/html", json!("<b>text</b>"));
                out.display_data(number, &bundle, Some("picture"));
                out.update_display_data(number, &MimeBundle::plain("new"), "picture");
                out.clear_output(number, true);
            }
            "lines" => {
                for n in 0..rest.parse().unwrap_or(0_u32) {
                    say(&format!("{n}\n"));
                }
            }
            "big" => say(&"é".repeat(rest.parse().unwrap_or(0))),
            "fail" => return error("Failure"),
            "panic" => panic!("the language itself panics"),
            "wait" if !self.gate.pass() => return error("Interrupted"),
            // Runs elsewhere, so that questions can be answered.
            "apart" => {
                let questions = self.questions.clone();
                while !self.gate.passed_or_asked(|| questions.any()) {
                    while questions.answer_next(self) {}
                }
                self.output.stream(number, StreamName::Stdout, "over");
            }
            "stuck" => loop {
                std::thread::park();
            },
            "ask" => match out.input(number, rest, false) {
                Some(answer) => say(&format!("got {answer}")),
                None => say("no answer"),
            },
            "secret" => drop(out.input(number, "password", true)),
            "later" => {
                let (out, gate, text) = (out.clone(), self.gate.clone(), rest.to_owned());
                std::thread::spawn(move || {
                    gate.pass();
                    out.stream(number, StreamName::Stdout, &text);
                });
            }
            "page" => {
                return CellOutcome::Ok {
                    payload: vec![page(&MimeBundle::plain("pages of help"), 0)],
                    user_expressions: Map::new(),
                };
            }
            "cell" => say(&format!("{} {:?}", cell.allow_stdin, cell.cell_id)),
            _ => {}
        }
        let evaluate = |(name, expression): (&String, &Value)| {
            let value = match expression.as_str() {
                Some(text) => user_expression_ok(&MimeBundle::plain(text.to_uppercase())),
                None => user_expression_error("NoText", "not a text", &[]),
            };
            (name.clone(), value)
        };
        CellOutcome::Ok {
            payload: vec![],
            user_expressions: cell.user_expressions.iter().map(evaluate).collect(),
        }
    }

    fn complete(&mut self, code: &str, cursor_chars: usize) -> Completions {
        let start = cursor_chars.saturating_sub(2);
        Completions {
            matches: vec![Completion {
                text: code.chars().take(cursor_chars).collect::<String>() + "()",
                kind: "function".into(),
                signature: "fn()".into(),
            }],
            start,
            end: cursor_chars,
        }
    }

    fn inspect(&mut self, code: &str, cursor_chars: usize, detail: u8) -> Option<MimeBundle> {
        (code != "nothing").then(|| MimeBundle::plain(format!("{code} {cursor_chars} {detail}")))
    }

    fn comm_opened(&mut self, comm_id: &str, target: &str, data: &Value) -> bool {
        let wanted = target == "echo" && data != "no";
        if wanted {
            self.output.comm_send(comm_id, json!({"opened": data}));
        }
        wanted
    }

    fn comm_message(&mut self, message: &CommMessage<'_>) {
        let answer = json!({"echo": message.data, "buffers": message.buffers.len()});
        self.output.comm_send(message.comm_id, answer);
    }

    fn is_complete(&mut self, code: &str) -> Completeness {
        match code {
            "{" => Completeness::Incomplete {
                indent: "    ".into(),
            },
            "}" => Completeness::Invalid,
            "?" => Completeness::Unknown,
            _ => Completeness::Complete,
        }
    }
}

pub fn info() -> LanguageInfo {
    LanguageInfo {
        implementation: "scripted".into(),
        implementation_version: "1.2".into(),
        banner: "Hello".into(),
        name: "tricks".into(),
        version: "3".into(),
        mimetype: "text/x-tricks".into(),
        file_extension: ".tricks".into(),
        pygments_lexer: "text".into(),
        codemirror_mode: "text".into(),
        help_links: vec![("Help".into(), "https://example.org".into())],
    }
}

/// How the language is to start.
#[derive(Clone, Copy, PartialEq)]
pub enum Start {
    AtOnce,
    WhenTheGateOpens,
    Never,
}

pub fn make(
    start: Start,
    gate: Arc<Gate>,
) -> impl FnOnce(Arc<dyn Output>, Arc<dyn Questions>) -> Result<Started, StartFailure> + Send + 'static
{
    move |output, questions| {
        match start {
            Start::AtOnce => {}
            Start::WhenTheGateOpens => drop(gate.pass()),
            Start::Never => {
                return Err(StartFailure {
                    ename: "NoCompiler".into(),
                    evalue: "rustc is missing".into(),
                    traceback: vec!["install it".into()],
                });
            }
        }
        Ok(Started {
            language: Box::new(Tricks {
                output,
                questions,
                gate: gate.clone(),
            }),
            interrupt: gate,
        })
    }
}

/// A folder that goes with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Folder {
        let path = std::env::temp_dir().join(format!("weft-{}", uuid::Uuid::new_v4().simple()));
        std::fs::create_dir(&path).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A kernel on threads of this process.
pub struct Kernel {
    pub connection: ConnectionFile,
    pub gate: Arc<Gate>,
    pub folder: Arc<Folder>,
    serving: Option<JoinHandle<Result<(), ServeError>>>,
}

pub struct Options {
    pub transport: Transport,
    pub key: &'static str,
    pub start: Start,
    /// Holds the history.
    pub folder: Option<Arc<Folder>>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            transport: Transport::Ipc,
            key: "a key",
            start: Start::AtOnce,
            folder: None,
        }
    }
}

impl Kernel {
    pub fn start() -> Kernel {
        Kernel::start_with(Options::default())
    }

    pub fn start_with(options: Options) -> Kernel {
        let folder = options.folder.unwrap_or_else(|| Arc::new(Folder::new()));
        let name = uuid::Uuid::new_v4().simple().to_string();
        let (ip, ports) = match options.transport {
            Transport::Ipc => {
                let path = folder.0.join(&name[..8]);
                (path.to_str().unwrap().to_owned(), [1, 2, 3, 4, 5])
            }
            Transport::Tcp => ("127.0.0.1".to_owned(), free_ports()),
        };
        let connection = ConnectionFile {
            transport: options.transport,
            ip,
            shell_port: ports[0],
            iopub_port: ports[1],
            stdin_port: ports[2],
            control_port: ports[3],
            hb_port: ports[4],
            key: options.key.into(),
            signature_scheme: "hmac-sha256".into(),
        };
        let gate = Arc::new(Gate::default());
        let setup = Setup {
            info: info(),
            history: Some(folder.0.join("history.jsonl")),
            own_process: false,
        };
        let serving = std::thread::spawn({
            let (connection, gate) = (connection.clone(), gate.clone());
            move || {
                let listening = kernel::Listening::open(connection)?;
                kernel::serve(listening, setup, make(options.start, gate))
            }
        });
        Kernel {
            connection,
            gate,
            folder,
            serving: Some(serving),
        }
    }

    /// A client that hears everything from now on.
    pub fn client(&self) -> Client {
        let client = Client::connect(&self.connection).unwrap();
        client.wait_until_ready(PATIENCE).unwrap();
        // What belongs to the question whether it is ready.
        while heard(&client) != "status idle" {}
        client
    }

    /// Waits for `serve` to return.
    pub fn ended(mut self) {
        self.serving.take().unwrap().join().unwrap().unwrap();
    }
}

impl Drop for Kernel {
    fn drop(&mut self) {
        let Some(serving) = self.serving.take() else {
            return;
        };
        let ended = Client::connect(&self.connection)
            .and_then(|client| client.shutdown(false, Duration::from_secs(5)));
        if std::thread::panicking() {
            return;
        }
        ended.expect("the kernel shuts down at the end of the test");
        serving.join().unwrap().unwrap();
    }
}

fn free_ports() -> [u16; 5] {
    // Held together, so that all five are different.
    let held = [(); 5].map(|()| std::net::TcpListener::bind("127.0.0.1:0").unwrap());
    held.map(|listener| listener.local_addr().unwrap().port())
}

/// The next broadcast in a few words.
pub fn heard(client: &Client) -> String {
    told(&client.receive(Channel::Iopub, PATIENCE).unwrap())
}

/// A message in a few words.
pub fn told(message: &Message) -> String {
    let content = &message.content;
    let text = |field: &str| match &content[field] {
        Value::String(text) => text.clone(),
        other => sorted(other).to_string(),
    };
    let words = match message.header.msg_type.as_str() {
        "status" => text("execution_state"),
        "stream" => format!("{} {:?}", text("name"), text("text")),
        "execute_input" => format!("[{}] {}", text("execution_count"), text("code")),
        "execute_result" => format!("[{}] {}", text("execution_count"), text("data")),
        "error" => format!("{}: {}", text("ename"), text("evalue")),
        _ => sorted(&Value::Object(content.clone())).to_string(),
    };
    format!("{} {words}", message.header.msg_type)
}

/// The order of fields depends on how serde_json was built.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| name.as_str());
            let fields = fields.into_iter();
            Value::Object(
                fields
                    .map(|(name, is)| (name.clone(), sorted(is)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

/// What a cell broadcast, in a few words.
pub fn story(execution: &Execution) -> Vec<String> {
    execution.broadcast.iter().map(told).collect()
}

pub fn run(client: &Client, code: &str) -> Execution {
    client.execute(code, PATIENCE).unwrap()
}

/// Sends a cell and does not wait.
pub fn send_cell(client: &Client, code: &str) -> String {
    let content = json!({"code": code, "allow_stdin": true});
    client
        .send(Channel::Shell, "execute_request", content)
        .unwrap()
}

/// Waits until a cell has its turn.
pub fn begun(client: &Client, cell: &str) {
    while client
        .receive_for(Channel::Iopub, cell, PATIENCE)
        .unwrap()
        .header
        .msg_type
        != "execute_input"
    {}
}

/// Everything sent on shell before has arrived: this request takes the same way, and is answered
/// as soon as it does.
pub fn all_queued(client: &Client) {
    ask(client, "kernel_info_request", json!({}));
}

/// A request on shell and the content of its reply.
pub fn ask(client: &Client, msg_type: &'static str, content: Value) -> Value {
    let reply = client.request(Channel::Shell, msg_type, content, PATIENCE);
    Value::Object(reply.unwrap())
}

/// Nothing arrives on this socket.
pub fn is_silent(client: &Client, channel: Channel) -> bool {
    client.receive(channel, SILENCE).is_err()
}
