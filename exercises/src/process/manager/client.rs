//! The client's side: one connection for each thread of each process, made when it is first needed.

use super::ManagerError;
use super::command::{Reply, Request};
use super::wire::{ACCEPTED, ANSWER, GREETING, LENGTH, NAME, NONCE, PROOF, Side, is_proved, proof};
use crate::primitive::Arc;
use crate::primitive::atomic::{AtomicU64, Ordering};
use crate::primitive::process::getpid;
use crate::primitive::settings::shake;
use crate::primitive::socket::{Address, Stream, Watch, secret};
use crate::primitive::thread;
use crate::primitive::time::{Duration, Instant};
use recorder::{Kind, Object, current};
use std::cell::RefCell;
use std::collections::HashMap;
use std::io::{self, Read, Write};

/// How often one who waits for a reply looks whether the server lives.
const LOOK: Duration = Duration::from_millis(200);
/// How long the other side may take to prove itself.
const PROVING_TIME: Duration = Duration::from_secs(10);
const READ_SIZE: usize = 4096;
/// So often it is looked for a reply before this thread sleeps: some microseconds, which is what
/// most replies take.
const MOST_IN_VAIN: u32 = 10;

/// Where a server is, and how to prove oneself to it. Not a connection: those belong to threads.
pub(super) struct Client {
    id: u64,
    address: Address,
    key: Vec<u8>,
    /// The server's process, where that is known.
    pub server: Option<i32>,
    pub object: Object,
    pub largest_frame: usize,
}

struct Connection {
    owner: i32,
    stream: Stream,
    buffer: Vec<u8>,
    watch: Option<Watch>,
    server: i32,
}

static LAST_CLIENT: AtomicU64 = AtomicU64::new(0);

thread_local! {
    // In a forked child these are its parent's: it makes its own, and closes its copies of them.
    static CONNECTIONS: RefCell<HashMap<u64, Connection>> = RefCell::new(HashMap::new());
}

impl Client {
    pub fn new(
        address: Address,
        key: Vec<u8>,
        server: Option<i32>,
        object: Object,
        largest_frame: usize,
    ) -> Arc<Client> {
        Arc::new(Client {
            id: LAST_CLIENT.fetch_add(1, Ordering::Relaxed) + 1,
            address,
            key,
            server,
            object,
            largest_frame,
        })
    }

    /// Sends a request and waits for the reply.
    pub fn ask(&self, request: &Request) -> Result<Reply, ManagerError> {
        shake();
        let mut frame = vec![0; LENGTH];
        frame = postcard::to_extend(request, frame)
            .map_err(|error| ManagerError::Unsendable(error.to_string()))?;
        let length = frame.len() - LENGTH;
        if length > self.largest_frame {
            return Err(ManagerError::TooLong {
                length,
                most: self.largest_frame,
            });
        }
        frame[..LENGTH].copy_from_slice(&(length as u32).to_le_bytes());

        let mut connection = self.connection()?;
        let asked = self.exchange(&mut connection, &frame);
        if asked.is_ok() {
            // One that failed is closed: what comes next on it is anybody's guess.
            let _ = CONNECTIONS.try_with(|all| all.borrow_mut().insert(self.id, connection));
        }
        shake();
        match asked? {
            Reply::Refused(refusal) => Err(refusal.into()),
            reply => Ok(reply),
        }
    }

    /// Makes sure that there is a connection, and so that the other side knows the key.
    pub fn greet(&self) -> Result<(), ManagerError> {
        let connection = self.connection()?;
        let _ = CONNECTIONS.try_with(|all| all.borrow_mut().insert(self.id, connection));
        Ok(())
    }

    /// Closes this thread's connection.
    pub fn hang_up(&self) {
        let _ = CONNECTIONS.try_with(|all| all.borrow_mut().remove(&self.id));
    }

    fn connection(&self) -> Result<Connection, ManagerError> {
        let own = getpid();
        let known = CONNECTIONS.try_with(|all| {
            let mut all = all.borrow_mut();
            let known = all.remove(&self.id);
            if known.as_ref().is_some_and(|known| known.owner != own) {
                all.retain(|_, connection| connection.owner == own);
            }
            known
        });
        match known {
            Ok(Some(known)) if known.owner == own => Ok(known),
            _ => self.connect(),
        }
    }

    fn connect(&self) -> Result<Connection, ManagerError> {
        let watch = match self.server {
            Some(pid) => Some(Watch::of(pid).map_err(|_| ManagerError::ServerGone { pid })?),
            None => None,
        };
        let stream = Stream::connect(&self.address, LOOK).map_err(|error| match error.kind() {
            io::ErrorKind::ConnectionRefused => ManagerError::ServerGone {
                pid: self.server.unwrap_or(0),
            },
            _ => ManagerError::System(error),
        })?;
        let mut connection = Connection {
            owner: getpid(),
            stream,
            buffer: Vec::with_capacity(READ_SIZE),
            watch,
            server: self.server.unwrap_or(0),
        };
        let end = Instant::now() + PROVING_TIME;
        let greeting = connection.read_until(GREETING, Some(end))?;
        let (Some(name), Some(theirs)) = (
            greeting.first_chunk::<{ NAME.len() }>(),
            greeting.last_chunk::<NONCE>(),
        ) else {
            return Err(ManagerError::NotAManager);
        };
        if *name != NAME {
            return Err(ManagerError::NotAManager);
        }
        let ours = secret::<NONCE>()?;
        let our_proof =
            proof(&self.key, Side::Client, theirs, &ours).ok_or(ManagerError::WrongKey)?;
        let mut answer = Vec::with_capacity(ANSWER);
        answer.extend_from_slice(&ours);
        answer.extend_from_slice(&our_proof);
        connection.write(&answer)?;
        let verdict = connection.read_until(1, Some(end))?;
        if verdict.first() != Some(&ACCEPTED) {
            return Err(ManagerError::WrongKey);
        }
        let their_proof = connection.read_until(PROOF, Some(end))?;
        if !is_proved(&self.key, Side::Server, theirs, &ours, &their_proof) {
            return Err(ManagerError::WrongKey);
        }
        Ok(connection)
    }

    fn exchange(&self, connection: &mut Connection, frame: &[u8]) -> Result<Reply, ManagerError> {
        current::emit(Kind::Send, self.object);
        connection.write(frame)?;
        current::emit(Kind::WaitBegin, self.object);
        let reply = connection.read_frame();
        current::emit(Kind::WaitEnd, self.object);
        let reply = reply?;
        current::emit(Kind::Receive, self.object);
        postcard::from_bytes(&reply).map_err(|_| ManagerError::NotAManager)
    }
}

impl Connection {
    fn gone(&self) -> ManagerError {
        ManagerError::ServerGone { pid: self.server }
    }

    fn write(&mut self, mut bytes: &[u8]) -> Result<(), ManagerError> {
        while !bytes.is_empty() {
            match self.stream.write(bytes) {
                Ok(0) => return Err(self.gone()),
                Ok(count) => bytes = &bytes[count..],
                Err(error) => self.patience(error, None)?,
            }
        }
        Ok(())
    }

    /// Whether to go on after an error: if it was only time that passed, and the server lives.
    fn patience(&self, error: io::Error, end: Option<Instant>) -> Result<(), ManagerError> {
        match error.kind() {
            io::ErrorKind::Interrupted => Ok(()),
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
                if self.watch.as_ref().is_some_and(Watch::has_ended) {
                    return Err(self.gone());
                }
                if end.is_some_and(|end| Instant::now() >= end) {
                    return Err(ManagerError::NotAManager);
                }
                Ok(())
            }
            io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => Err(self.gone()),
            _ => Err(error.into()),
        }
    }

    /// Reads until so many bytes are there.
    fn fill(&mut self, wanted: usize, end: Option<Instant>) -> Result<(), ManagerError> {
        let mut chunk = [0; READ_SIZE];
        let mut in_vain = 0;
        while self.buffer.len() < wanted {
            let read = if in_vain < MOST_IN_VAIN {
                self.stream.read_there(&mut chunk)
            } else {
                self.stream.read(&mut chunk)
            };
            match read {
                Err(error)
                    if in_vain < MOST_IN_VAIN && error.kind() == io::ErrorKind::WouldBlock =>
                {
                    in_vain += 1;
                    thread::give_way();
                }
                Ok(0) => return Err(self.gone()),
                Ok(count) => self.buffer.extend_from_slice(&chunk[..count]),
                Err(error) => self.patience(error, end)?,
            }
        }
        Ok(())
    }

    fn read_until(&mut self, count: usize, end: Option<Instant>) -> Result<Vec<u8>, ManagerError> {
        self.fill(count, end)?;
        Ok(self.buffer.drain(..count).collect())
    }

    fn read_frame(&mut self) -> Result<Vec<u8>, ManagerError> {
        self.fill(LENGTH, None)?;
        let length = match self.buffer.first_chunk::<LENGTH>() {
            Some(length) => u32::from_le_bytes(*length) as usize,
            None => return Err(ManagerError::NotAManager),
        };
        // The server has proved that it knows the key; its replies may be longer than requests.
        self.fill(LENGTH + length, None)?;
        let frame = self.buffer[LENGTH..LENGTH + length].to_vec();
        self.buffer.drain(..LENGTH + length);
        Ok(frame)
    }
}
