//! The stdin socket: questions to the user who runs a cell.
//!
//! One question is asked at a time; other threads of the cell that want to read wait their turn.
//! A question ends with an answer, with an interrupt or the end of the kernel (no answer), or
//! because the client cannot be reached (no answer).

use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex, MutexGuard};
use serde_json::{Map, Value};

use super::Outbox;
use super::router::{self, Handler};
use crate::session::{Frames, Message, Parent, Session};
use crate::wire::input::{InputReply, InputRequest};

/// A client connects its sockets one after the other; it is given so long for this one.
const CLIENT_MAY_TAKE: Duration = Duration::from_secs(2);
/// How often a question is sent again to a client that is not there yet.
const RETRY: Duration = Duration::from_millis(50);

/// Who asks, on whose behalf.
pub struct Question<'a> {
    /// The cell that asks.
    pub cell: u32,
    /// The client that runs it.
    pub identities: &'a [Vec<u8>],
    /// Header of its request.
    pub parent: &'a Parent,
    /// Shown to the user.
    pub prompt: &'a str,
    /// Hide what is typed.
    pub password: bool,
}

/// Asks questions; shared by the threads that ask and the socket's thread.
pub struct Stdin {
    outbox: Outbox,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    asked: Option<Asked>,
    /// Cells up to this number get no more answers: they were interrupted.
    cancelled_up_to: u32,
    closed: bool,
}

struct Asked {
    identities: Frames,
    answer: Option<String>,
    undelivered: bool,
}

impl State {
    fn is_over(&self, cell: u32) -> bool {
        self.closed || cell <= self.cancelled_up_to
    }
}

impl Stdin {
    /// Nothing is asked yet.
    pub fn new(limit: usize) -> std::io::Result<Stdin> {
        Ok(Stdin {
            outbox: Outbox::new(limit)?,
            state: Mutex::default(),
            changed: Condvar::new(),
        })
    }

    /// Asks and waits.
    pub fn ask(&self, session: &Session, question: &Question<'_>) -> Option<String> {
        let request = InputRequest {
            prompt: question.prompt,
            password: question.password,
        };
        let message = session
            .pack(question.identities, question.parent, &Map::new(), &request)
            .inspect_err(|error| tracing::error!(%error, "cannot ask"))
            .ok()?;
        let cell = question.cell;
        let mut state = self.state.lock();
        while state.asked.is_some() && !state.is_over(cell) {
            self.changed.wait(&mut state);
        }
        if state.is_over(cell) {
            return None;
        }
        state.asked = Some(Asked {
            identities: question.identities.to_vec(),
            answer: None,
            undelivered: false,
        });
        self.outbox.push(message.clone());
        let answer = self.wait_for_answer(&mut state, cell, &message);
        state.asked = None;
        self.changed.notify_all();
        answer
    }

    fn wait_for_answer(
        &self,
        state: &mut MutexGuard<'_, State>,
        cell: u32,
        message: &Frames,
    ) -> Option<String> {
        let give_up = Instant::now() + CLIENT_MAY_TAKE;
        while !state.is_over(cell) {
            let asked = state.asked.as_mut()?;
            if let Some(answer) = asked.answer.take() {
                return Some(answer);
            }
            if !asked.undelivered {
                self.changed.wait(state);
            } else if Instant::now() > give_up {
                tracing::warn!("the client that runs the cell has no stdin");
                return None;
            } else {
                asked.undelivered = false;
                self.changed.wait_for(state, RETRY);
                self.outbox.push(message.clone());
            }
        }
        None
    }

    /// Ends the question of this cell and of earlier ones; they get no answers any more.
    pub fn cancel(&self, cell: u32) {
        let mut state = self.state.lock();
        state.cancelled_up_to = state.cancelled_up_to.max(cell);
        self.changed.notify_all();
    }

    /// Ends all questions, and then the socket's thread.
    pub fn close(&self) {
        self.state.lock().closed = true;
        self.changed.notify_all();
        self.outbox.close();
    }
}

/// The thread's work; ends when `stdin` is closed.
pub fn run(socket: &zmq::Socket, session: &Session, stdin: &Stdin) {
    // Tell us when a question cannot be delivered, instead of dropping it in silence.
    if let Err(error) = socket.set_router_mandatory(true) {
        tracing::error!(%error, "questions may get lost");
    }
    router::run("stdin", socket, session, &stdin.outbox, &mut Answers(stdin));
}

struct Answers<'a>(&'a Stdin);

impl Handler for Answers<'_> {
    fn receive(&mut self, message: Message) {
        if message.header.msg_type != "input_reply" {
            tracing::warn!(msg_type = message.header.msg_type, "not for stdin; ignored");
            return;
        }
        let reply = serde_json::from_value::<InputReply>(Value::Object(message.content));
        let mut state = self.0.state.lock();
        match (reply, &mut state.asked) {
            (Ok(reply), Some(asked)) if asked.identities == message.identities => {
                asked.answer.get_or_insert(reply.value);
                self.0.changed.notify_all();
            }
            (Ok(_), _) => tracing::warn!("an answer nobody asked for; ignored"),
            (Err(error), _) => tracing::warn!(%error, "not an answer; ignored"),
        }
    }

    fn undelivered(&mut self, error: zmq::Error) {
        tracing::debug!(%error, "question not delivered");
        if let Some(asked) = &mut self.0.state.lock().asked {
            asked.undelivered = true;
            self.0.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn answer(session: &Session, value: &str) -> Message {
        let reply = InputReply {
            value: value.to_owned(),
        };
        let identities = [b"peer".to_vec()];
        let frames = session.pack(&identities, &Parent::none(), &Map::new(), &reply);
        session.unpack(frames.unwrap()).unwrap()
    }

    fn ask(stdin: &Stdin, session: &Session, cell: u32) -> Option<String> {
        let question = Question {
            cell,
            identities: &[b"peer".to_vec()],
            parent: &Parent::none(),
            prompt: "?",
            password: false,
        };
        stdin.ask(session, &question)
    }

    fn next_question(stdin: &Stdin) {
        while stdin.outbox.pop().is_none() {
            std::thread::yield_now();
        }
    }

    #[test]
    fn an_answer_nobody_asked_for_is_not_kept_for_the_next_question() {
        let session = Arc::new(Session::new("", "kernel"));
        let stdin = Arc::new(Stdin::new(1000).unwrap());
        Answers(&stdin).receive(answer(&session, "stale"));
        std::thread::scope(|scope| {
            let asking = scope.spawn(|| ask(&stdin, &session, 1));
            next_question(&stdin);
            Answers(&stdin).receive(answer(&session, "fresh"));
            assert_eq!(asking.join().unwrap().as_deref(), Some("fresh"));
        });
    }

    #[test]
    fn two_threads_that_ask_take_turns() {
        let session = Arc::new(Session::new("", "kernel"));
        let stdin = Arc::new(Stdin::new(1000).unwrap());
        std::thread::scope(|scope| {
            let asking = [(); 2].map(|()| scope.spawn(|| ask(&stdin, &session, 1)));
            let mut answers = ["a", "b"].map(|value| {
                next_question(&stdin);
                assert!(stdin.outbox.pop().is_none(), "one question at a time");
                Answers(&stdin).receive(answer(&session, value));
                value.to_owned()
            });
            let mut got = asking.map(|thread| thread.join().unwrap().unwrap());
            got.sort();
            answers.sort();
            assert_eq!(got, answers);
        });
    }

    #[test]
    fn an_interrupted_cell_is_not_asked_again_and_a_later_one_is() {
        let session = Arc::new(Session::new("", "kernel"));
        let stdin = Arc::new(Stdin::new(1000).unwrap());
        stdin.cancel(3);
        assert_eq!(ask(&stdin, &session, 3), None);
        std::thread::scope(|scope| {
            let asking = scope.spawn(|| ask(&stdin, &session, 4));
            next_question(&stdin);
            Answers(&stdin).receive(answer(&session, "x"));
            assert_eq!(asking.join().unwrap().as_deref(), Some("x"));
        });
    }
}
