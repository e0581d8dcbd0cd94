//! The server's side: one thread that waits for all connections at once and does one command at a
//! time.
//!
//! Nobody can hold it up. Sockets never block; what a client sends slowly is kept until it is a
//! whole frame, what a client does not read is kept until it does, and both for a limited time.
//!
//! | bound | |
//! |---|---|
//! | connections | [`MOST_CONNECTIONS`]; beyond, the oldest that has not proved itself goes, else the new one |
//! | time to prove the key | [`PROVING_TIME`] |
//! | time for a frame that has begun, and for a reply to be read | [`FRAME_TIME`] |
//! | size of a frame | given by who starts the server |
//! | bytes before the proof | 64 |

use super::command::{Refusal, Reply, Request};
use super::store::Store;
use super::value::Datum;
use super::wire::{
    ACCEPTED, ANSWER, GREETING, LENGTH, NAME, NONCE, REFUSED, Side, is_proved, proof,
};
use crate::primitive::process::{catch_hushed, getpid, getppid};
use crate::primitive::socket::{Listener, Stream, Watch, Wish, secret, wait_for};
use crate::primitive::thread;
use crate::primitive::time::{Duration, Instant};
use recorder::{Object, current};
use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::os::fd::AsFd;

pub(super) const MOST_CONNECTIONS: usize = 256;
pub(super) const PROVING_TIME: Duration = Duration::from_secs(5);
pub(super) const FRAME_TIME: Duration = Duration::from_secs(10);
/// After the stop command: so long do clients have to close first, which keeps the port free of
/// what TCP remembers of closed connections.
const FAREWELL: Duration = Duration::from_millis(300);
const READ_SIZE: usize = 1 << 16;
/// So often one client is served before it is looked for others.
const MOST_TURNS: u32 = 64;
/// So often it is looked whether a client asks again before the server sleeps: some microseconds.
const MOST_IN_VAIN: u32 = 20;

/// A function that clients may call.
pub(super) type Function = Box<dyn Fn(&[Datum]) -> Result<Datum, String>>;

/// What a server is to be.
pub(super) struct Plan {
    pub listener: Listener,
    pub key: Vec<u8>,
    pub functions: HashMap<String, Function>,
    pub largest_frame: usize,
    /// As the journal names it.
    pub object: Object,
    pub parent: i32,
}

enum State {
    /// The greeting was sent.
    Proving {
        nonce: [u8; NONCE],
    },
    Trusted,
    /// Nothing more is read; what is to be sent still is.
    Leaving,
}

struct Client {
    stream: Stream,
    state: State,
    /// When the state, a frame or a reply must be over.
    deadline: Option<Instant>,
    input: Vec<u8>,
    output: Vec<u8>,
    sent: usize,
}

/// Whether a connection stays.
#[derive(PartialEq)]
enum Fate {
    Stays,
    Goes,
}

pub(super) struct Server {
    plan: Plan,
    store: Store,
    clients: Vec<Client>,
    served: i64,
    stopping: bool,
    buffer: Vec<u8>,
}

/// Serves until it is told to stop, or its parent ends. The result is the exit code.
pub(super) fn serve(plan: Plan) -> i32 {
    let Ok(parent) = Watch::of(plan.parent) else {
        return 0;
    };
    if getppid() != plan.parent {
        return 0;
    }
    let mut server = Server {
        plan,
        store: Store::default(),
        clients: Vec::new(),
        served: 0,
        stopping: false,
        buffer: vec![0; READ_SIZE],
    };
    while !server.stopping {
        match server.turn(&parent) {
            Ok(true) => {}
            Ok(false) => return 0,
            Err(_) => return 1,
        }
    }
    server.say_farewell();
    0
}

impl Server {
    /// Waits for something to happen and deals with it. False when the parent has ended.
    fn turn(&mut self, parent: &Watch) -> io::Result<bool> {
        let mut wishes = Vec::with_capacity(2 + self.clients.len());
        wishes.push(Wish {
            descriptor: parent.as_fd(),
            read: true,
            write: false,
        });
        wishes.push(Wish {
            descriptor: self.plan.listener.as_fd(),
            read: true,
            write: false,
        });
        wishes.extend(self.clients.iter().map(Client::wish));
        let next = self
            .clients
            .iter()
            .filter_map(|client| client.deadline)
            .min();
        let limit = next.map(|next| next.saturating_duration_since(Instant::now()));
        let ready = wait_for(&wishes, limit)?;
        drop(wishes);
        if ready.first() == Some(&true) {
            return Ok(false);
        }
        let alone = ready.iter().filter(|ready| **ready).count() == 1;
        let mut clients = std::mem::take(&mut self.clients);
        let mut place = 2;
        clients.retain_mut(|client| {
            let is_ready = ready.get(place) == Some(&true);
            place += 1;
            let fate = if is_ready && !self.stopping {
                self.attend(client, alone)
            } else {
                Fate::Stays
            };
            fate == Fate::Stays && client.is_in_time()
        });
        self.clients = clients;
        if ready.get(1) == Some(&true) {
            self.accept();
        }
        Ok(true)
    }

    fn accept(&mut self) {
        // No more than a few at a time: those who are here come first.
        for _ in 0..16 {
            let Ok(stream) = self.plan.listener.accept() else {
                return;
            };
            if self.clients.len() >= MOST_CONNECTIONS {
                let proving = |client: &Client| matches!(client.state, State::Proving { .. });
                match self.clients.iter().position(proving) {
                    Some(oldest) => drop(self.clients.remove(oldest)),
                    None => continue,
                }
            }
            let Ok(nonce) = secret::<NONCE>() else {
                continue;
            };
            let mut output = Vec::with_capacity(GREETING);
            output.extend_from_slice(&NAME);
            output.extend_from_slice(&nonce);
            let mut client = Client {
                stream,
                state: State::Proving { nonce },
                deadline: Instant::now().checked_add(PROVING_TIME),
                input: Vec::new(),
                output,
                sent: 0,
            };
            if client.send() == Fate::Stays {
                self.clients.push(client);
            }
        }
    }

    /// Something can be read from a client, or written to it. One that is alone often asks again at
    /// once: to go to sleep and be woken for that would take longer than the work itself.
    fn attend(&mut self, client: &mut Client, alone: bool) -> Fate {
        let (mut in_vain, mut turns) = (0, 0);
        loop {
            let served = self.served;
            if self.attend_once(client) == Fate::Goes {
                return Fate::Goes;
            }
            if served == self.served {
                in_vain += 1;
            } else {
                in_vain = 0;
                turns += 1;
            }
            // Others may have come.
            if !alone || self.stopping || turns == 0 || turns > MOST_TURNS || in_vain > MOST_IN_VAIN
            {
                return Fate::Stays;
            }
            thread::give_way();
        }
    }

    fn attend_once(&mut self, client: &mut Client) -> Fate {
        if client.send() == Fate::Goes {
            return Fate::Goes;
        }
        if client.has_output() {
            return Fate::Stays;
        }
        // Who has not proved itself is read no further than its proof.
        let most = match client.state {
            State::Proving { .. } => ANSWER - client.input.len().min(ANSWER),
            State::Trusted => READ_SIZE,
            State::Leaving => return Fate::Goes,
        };
        match client.stream.read(&mut self.buffer[..most]) {
            Ok(0) => return Fate::Goes,
            Ok(count) => client.input.extend_from_slice(&self.buffer[..count]),
            Err(error) if would_block(&error) => return Fate::Stays,
            Err(_) => return Fate::Goes,
        }
        if let State::Proving { nonce } = client.state {
            if client.input.len() < ANSWER {
                return Fate::Stays;
            }
            self.judge(client, &nonce);
            return client.send();
        }
        loop {
            match client.next_frame(self.plan.largest_frame) {
                Ok(Some(request)) => {
                    let reply = self.answer(&request);
                    client.push_frame(&reply);
                    if client.send() == Fate::Goes {
                        return Fate::Goes;
                    }
                    if self.stopping || client.has_output() {
                        return Fate::Stays;
                    }
                }
                Ok(None) => return Fate::Stays,
                // Too long: it may be anything, and what follows is lost anyhow.
                Err(()) => return Fate::Goes,
            }
        }
    }

    /// Whether the client knows the key.
    fn judge(&self, client: &mut Client, nonce: &[u8; NONCE]) {
        let answer = std::mem::take(&mut client.input);
        let theirs: Option<&[u8; NONCE]> = answer.first_chunk();
        let ours = theirs
            .filter(|theirs| {
                is_proved(
                    &self.plan.key,
                    Side::Client,
                    nonce,
                    theirs,
                    &answer[NONCE..],
                )
            })
            .and_then(|theirs| proof(&self.plan.key, Side::Server, nonce, theirs));
        match ours {
            Some(ours) => {
                client.output.push(ACCEPTED);
                client.output.extend_from_slice(&ours);
                client.state = State::Trusted;
                client.deadline = None;
            }
            None => {
                client.output.push(REFUSED);
                client.state = State::Leaving;
            }
        }
    }

    /// Does a request.
    fn answer(&mut self, request: &[u8]) -> Reply {
        current::emit(recorder::Kind::Receive, self.plan.object);
        let answer = match postcard::from_bytes::<Request>(request) {
            Err(_) => Reply::Refused(Refusal::Unreadable),
            Ok(Request::Stop) => {
                self.stopping = true;
                Reply::Datum(Datum::Int(self.served))
            }
            Ok(request) => {
                self.served += 1;
                let reply = match request {
                    Request::Create(kind, value) => self.store.create(kind, value),
                    Request::Do(object, command) => self.store.perform(object, command),
                    Request::Call(name, arguments) => self.call(&name, &arguments),
                    Request::Stop => Ok(Reply::Nothing),
                };
                reply.unwrap_or_else(Reply::Refused)
            }
        };
        current::emit(recorder::Kind::Send, self.plan.object);
        answer
    }

    fn call(&self, name: &str, arguments: &[Datum]) -> Result<Reply, Refusal> {
        let function = self
            .plan
            .functions
            .get(name)
            .ok_or_else(|| Refusal::NoSuchFunction(name.to_owned()))?;
        match catch_hushed(|| function(arguments)) {
            Ok(Ok(value)) => Ok(Reply::Result(value, getpid())),
            Ok(Err(text)) | Err(text) => Err(Refusal::Failed(text)),
        }
    }

    /// Sends what is still to be sent, and lets clients close first.
    fn say_farewell(mut self) {
        let end = Instant::now() + FAREWELL;
        let plan = self.plan;
        drop(plan.listener);
        while !self.clients.is_empty() {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            let wishes: Vec<Wish<'_>> = self.clients.iter().map(Client::wish).collect();
            if wait_for(&wishes, Some(left)).is_err() {
                return;
            }
            let buffer = &mut self.buffer;
            self.clients.retain_mut(|client| {
                if client.send() == Fate::Goes {
                    return false;
                }
                match client.stream.read(buffer) {
                    Ok(0) => false,
                    Ok(_) => true,
                    Err(error) => would_block(&error),
                }
            });
        }
    }
}

impl Client {
    fn has_output(&self) -> bool {
        self.sent < self.output.len()
    }

    fn wish(&self) -> Wish<'_> {
        let writes = self.has_output();
        Wish {
            descriptor: self.stream.as_fd(),
            read: !writes,
            write: writes,
        }
    }

    fn is_in_time(&self) -> bool {
        self.deadline
            .is_none_or(|deadline| Instant::now() < deadline)
    }

    /// The next whole frame of what was read.
    fn next_frame(&mut self, largest: usize) -> Result<Option<Vec<u8>>, ()> {
        let length = match self.input.first_chunk::<LENGTH>() {
            Some(length) => u32::from_le_bytes(*length) as usize,
            None => {
                self.note_begun(!self.input.is_empty());
                return Ok(None);
            }
        };
        if length > largest {
            return Err(());
        }
        if self.input.len() < LENGTH + length {
            self.note_begun(true);
            return Ok(None);
        }
        let frame = self.input[LENGTH..LENGTH + length].to_vec();
        self.input.drain(..LENGTH + length);
        self.deadline = None;
        Ok(Some(frame))
    }

    /// A frame that has begun has to end in time.
    fn note_begun(&mut self, begun: bool) {
        if !begun {
            self.deadline = None;
        } else if self.deadline.is_none() {
            self.deadline = Instant::now().checked_add(FRAME_TIME);
        }
    }

    fn push_frame(&mut self, reply: &Reply) {
        let bytes = postcard::to_stdvec(reply).or_else(|error| {
            // Somebody waits for a reply, so there must be one.
            postcard::to_stdvec(&Reply::Refused(Refusal::Failed(error.to_string())))
        });
        let bytes = bytes.unwrap_or_default();
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.output.extend_from_slice(&length.to_le_bytes());
        self.output.extend_from_slice(&bytes);
    }

    /// Sends as much as the client takes.
    fn send(&mut self) -> Fate {
        let had = self.has_output();
        while self.has_output() {
            match self.stream.write(&self.output[self.sent..]) {
                Ok(0) => return Fate::Goes,
                Ok(count) => self.sent += count,
                Err(error) if would_block(&error) => {
                    if self.deadline.is_none() {
                        self.deadline = Instant::now().checked_add(FRAME_TIME);
                    }
                    return Fate::Stays;
                }
                Err(_) => return Fate::Goes,
            }
        }
        if had {
            self.output.clear();
            self.sent = 0;
            match self.state {
                // It was told; now it may go.
                State::Leaving => return Fate::Goes,
                State::Trusted => self.deadline = None,
                State::Proving { .. } => {}
            }
        }
        Fate::Stays
    }
}

fn would_block(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted | io::ErrorKind::TimedOut
    )
}
