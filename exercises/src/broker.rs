//! A small message broker inside one process.
//!
//! A broker stands between those who want something done and those who do it. The sender knows the
//! broker only, so the workers can be more, or slower, or elsewhere. Three ways to talk to it:
//!
//! | | the sender | what is promised |
//! |---|---|---|
//! | fire and forget: [`fire`](Broker::fire) | goes on at once | accepted means: handled once; nobody learns when or how |
//! | request and reply: [`ask`](Broker::ask) | gets a [`Ticket`] and asks it for the answer | the answer to this request, by its number, or the error |
//! | back pressure | `fire` and `ask` wait while the queue is full; [`try_fire`](Broker::try_fire) is refused | never more than the capacity waits |
//!
//! | elsewhere | difference |
//! |---|---|
//! | std, crossbeam | a bounded channel is the queue in the middle; replies need a second one |
//! | tokio | `mpsc` with a `oneshot` in each message is the same for async tasks |
//! | Python: Celery, RQ | workers are processes, maybe on other machines, and a service (Redis, RabbitMQ) keeps the messages; what was accepted survives a restart. Here nothing outlives the process |
//! | Python: `queue.Queue(maxsize)` | the waiting and the refusing, without replies |
//!
//! Messages begin in the order in which they were accepted; with several workers they end in any.
//!
//! ```
//! use exercises::broker::Broker;
//!
//! let broker = Broker::start(2, 10, |_worker, number: u64| number * number)?;
//! broker.fire(3)?;
//! let ticket = broker.ask(4)?;
//! assert_eq!((ticket.number(), ticket.answer()), (2, Ok(16)));
//! let tally = broker.shutdown();
//! assert_eq!((tally.accepted, tally.handled, tally.refused), (2, 2, 0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::primitive::Arc;
use crate::primitive::atomic::{AtomicU64, Ordering};
use crate::primitive::lock::Mutex;
use crate::primitive::thread;
use crate::primitive::time::Duration;
use crate::sync::{Crew, Future, JobError, PoolError, Promise, PutError, PutErrorKind, Queue};
use std::fmt;

/// No broker has more workers than this.
pub const MAX_WORKERS: usize = crate::sync::MAX_WORKERS;

/// A message was not accepted; here it is.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", match .why {
    Why::Full => "the broker's queue is full; wait, or send less",
    Why::Closed => "the broker is closed",
})]
pub struct Refused<M> {
    /// Why.
    pub why: Why,
    /// The message.
    pub message: M,
}

/// Why a message was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// As many as can wait are waiting.
    Full,
    /// The broker takes no more messages.
    Closed,
}

impl<M> fmt::Debug for Refused<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refused")
            .field("why", &self.why)
            .finish_non_exhaustive()
    }
}

/// The receipt of a request: its number, and later its answer.
#[derive(Debug)]
#[must_use = "who does not want the answer should fire and not ask"]
pub struct Ticket<A> {
    number: u64,
    answer: Future<A>,
}

impl<A> Ticket<A> {
    /// The number of the request: the broker numbers what it is offered, from 1, and gives no number
    /// twice.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Waits for the answer. An error if handling this message panicked.
    pub fn answer(self) -> Result<A, JobError> {
        self.answer.result()
    }

    /// Waits at most so long; then the ticket comes back.
    pub fn answer_timeout(self, limit: Duration) -> Result<Result<A, JobError>, Ticket<A>> {
        let number = self.number;
        self.answer
            .result_timeout(limit)
            .map_err(|answer| Ticket { number, answer })
    }
}

/// What a broker has counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Messages taken in.
    pub accepted: u64,
    /// Messages given back, because the queue was full or closed.
    pub refused: u64,
    /// Messages dealt with, also those whose handling panicked.
    pub handled: u64,
    /// Messages whose handling panicked.
    pub failed: u64,
    /// The most that were seen to wait at the same time.
    pub deepest: usize,
}

/// A message on its way.
struct Envelope<M, A> {
    message: M,
    reply: Promise<A>,
}

/// See the [module](self).
pub struct Broker<M, A> {
    queue: Queue<Envelope<M, A>>,
    next: AtomicU64,
    tally: Arc<Mutex<Tally>>,
    workers: Crew,
}

impl<M: Send + 'static, A: Send + 'static> Broker<M, A> {
    /// A broker with so many workers and a queue of this capacity (0 counts as 1). The handler gets
    /// the number of the worker, from 1, and the message; a panic in it is the error of that one
    /// message.
    pub fn start(
        workers: usize,
        capacity: usize,
        handler: impl Fn(usize, M) -> A + Send + Sync + 'static,
    ) -> Result<Broker<M, A>, PoolError> {
        if !(1..=MAX_WORKERS).contains(&workers) {
            return Err(PoolError::Workers(workers));
        }
        // Dropped when a thread is refused: then the ones already started end.
        let mut broker = Broker {
            queue: Queue::bounded(capacity),
            next: AtomicU64::new(1),
            tally: Arc::new(Mutex::quiet(Tally::default())),
            workers: Crew::default(),
        };
        let handler = Arc::new(handler);
        for number in 1..=workers {
            let (queue, tally) = (broker.queue.clone(), broker.tally.clone());
            let handler = handler.clone();
            let worker = thread::Builder::new()
                .name(format!("worker {number}"))
                .spawn(move || {
                    for Envelope { message, reply } in &queue {
                        let fine = reply.keep(|| handler(number, message));
                        let mut tally = tally.lock();
                        tally.handled += 1;
                        tally.failed += u64::from(!fine);
                    }
                })
                .map_err(PoolError::Thread)?;
            broker.workers.push(worker);
        }
        Ok(broker)
    }

    /// Fire and forget: the message will be handled. Waits while the queue is full.
    pub fn fire(&self, message: M) -> Result<(), Refused<M>> {
        self.send(message, Queue::put).map(drop)
    }

    /// Fire and forget, if there is room now.
    pub fn try_fire(&self, message: M) -> Result<(), Refused<M>> {
        self.send(message, Queue::try_put).map(drop)
    }

    /// Asks for an answer. Waits while the queue is full.
    pub fn ask(&self, message: M) -> Result<Ticket<A>, Refused<M>> {
        self.send(message, Queue::put)
    }

    /// Asks for an answer, if there is room now.
    pub fn try_ask(&self, message: M) -> Result<Ticket<A>, Refused<M>> {
        self.send(message, Queue::try_put)
    }

    fn send(
        &self,
        message: M,
        put: impl FnOnce(&Queue<Envelope<M, A>>, Envelope<M, A>) -> Result<(), PutError<Envelope<M, A>>>,
    ) -> Result<Ticket<A>, Refused<M>> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let (answer, reply) = Future::promised();
        let put = put(&self.queue, Envelope { message, reply });
        let depth = self.queue.len();
        let mut tally = self.tally.lock();
        match put {
            Ok(()) => {
                tally.accepted += 1;
                tally.deepest = tally.deepest.max(depth);
                Ok(Ticket { number, answer })
            }
            Err(PutError { kind, item }) => {
                tally.refused += 1;
                Err(Refused {
                    why: match kind {
                        PutErrorKind::Full => Why::Full,
                        PutErrorKind::Closed => Why::Closed,
                    },
                    message: item.message,
                })
            }
        }
    }
}

impl<M, A> Broker<M, A> {
    /// Takes no more messages from now on; what was accepted is still handled.
    pub fn close(&self) {
        self.queue.close();
    }

    /// How many messages wait right now.
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// How many may wait.
    pub fn capacity(&self) -> usize {
        self.queue.capacity().unwrap_or(usize::MAX)
    }

    /// What was counted so far.
    pub fn tally(&self) -> Tally {
        *self.tally.lock()
    }

    /// Closes, waits until everything accepted is handled and the workers have ended, and says
    /// what was counted. Dropping the broker does the same.
    pub fn shutdown(mut self) -> Tally {
        self.end();
        self.tally()
    }

    fn end(&mut self) {
        let queue = &self.queue;
        self.workers.dismiss(|| queue.close());
    }
}

impl<M, A> Drop for Broker<M, A> {
    fn drop(&mut self) {
        self.end();
    }
}

impl<M, A> fmt::Debug for Broker<M, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Broker")
            .field("workers", &self.workers.len())
            .field("waiting", &self.queue.len())
            .field("tally", &self.tally())
            .finish_non_exhaustive()
    }
}
