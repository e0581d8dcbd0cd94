//! Brings the sockets and the language together: who answers what, on which thread, and how the
//! kernel ends.
//!
//! | thread | does |
//! |---|---|
//! | `shell` | checks requests and queues them; answers `kernel_info` itself |
//! | `control` | answers at once: `kernel_info`, interrupt, shutdown |
//! | `language` | starts the language, then takes request after request from the queue; questions also while a cell runs |
//! | `iopub`, `stdin`, `heartbeat` | their sockets |
//! | `guardian` | ends the kernel when its parent dies |

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};
use serde_json::{Map, Value};

use crate::connection::{ConnectionError, ConnectionFile};
use crate::guardian::{self, Ward};
use crate::jobs::{Job, Jobs};
use crate::language::{Interrupt, LanguageInfo, Output, Questions, StartFailure, Started};
use crate::publisher::Publisher;
use crate::requests::Requests;
use crate::session::{Message, Session};
use crate::socket::stdin::Stdin;
use crate::socket::{self, BindError, Outbox, Sockets, Wake};
use crate::wire::debug::DebugReply;
use crate::wire::interrupt::InterruptReply;
use crate::wire::kernel_info::KernelInfoReply;
use crate::wire::shutdown::ShutdownReply;
use crate::wire::{Outgoing, ReplyStatus, Request};

/// Broadcasts that wait for slow clients.
const IOPUB_BYTES: usize = 16 * 1024 * 1024;
/// Replies on their way.
const REPLY_BYTES: usize = 64 * 1024 * 1024;
/// Questions on their way; there is one at a time.
const STDIN_BYTES: usize = 1024 * 1024;
/// How long the language may take to end, before the process ends without it.
const LANGUAGE_MAY_TAKE: Duration = Duration::from_millis(500);

/// What a kernel is made of, beside its language.
pub struct Setup {
    /// What `kernel_info` answers.
    pub info: LanguageInfo,
    /// Where the history is kept; see [`crate::history::default_path`].
    pub history: Option<PathBuf>,
    /// This process is a kernel and nothing else: signals interrupt and end it.
    pub own_process: bool,
}

impl Setup {
    /// The usual kernel: the user's history, a process of its own.
    pub fn new(info: LanguageInfo) -> Setup {
        Setup {
            info,
            history: crate::history::default_path(),
            own_process: true,
        }
    }
}

/// Why a kernel could not be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The connection file is of no use.
    #[error(transparent)]
    Connection(#[from] ConnectionError),
    /// A socket could not be opened.
    #[error(transparent)]
    Bind(#[from] BindError),
    /// The system refused a thread or a descriptor.
    #[error("the system refuses what the kernel needs: {0}")]
    System(#[from] std::io::Error),
}

/// Sockets a client can connect to, though nobody answers yet. A client that finds a port closed
/// waits a tenth of a second before it tries again (ZMQ_RECONNECT_IVL, zmq_setsockopt(3)), so they
/// are opened before anything else is done.
pub struct Listening {
    // Sockets are closed before their context ends.
    sockets: Sockets,
    context: zmq::Context,
    connection: ConnectionFile,
}

impl Listening {
    /// Opens the sockets of a connection file. From now on the process has two more threads, those
    /// of ZeroMQ; they do not look at the environment or the working folder.
    ///
    /// # Errors
    /// [`ServeError`] where the file is of no use or a socket cannot be opened.
    pub fn open(connection: ConnectionFile) -> Result<Listening, ServeError> {
        connection.check()?;
        let context = zmq::Context::new();
        let sockets = Sockets::bind(&context, &connection)?;
        Ok(Listening {
            sockets,
            context,
            connection,
        })
    }
}

/// Serves a kernel until it is shut down. `make` starts the language; it may take seconds, and
/// runs on the language's own thread while requests are already answered.
///
/// When this returns the caller should end the process: a cell that cannot be stopped may still
/// hold the language's thread.
pub fn serve(
    listening: Listening,
    setup: Setup,
    make: impl FnOnce(Arc<dyn Output>, Arc<dyn Questions>) -> Result<Started, StartFailure>
    + Send
    + 'static,
) -> Result<(), ServeError> {
    let Listening {
        sockets,
        context,
        connection,
    } = listening;
    let signals = setup
        .own_process
        .then(guardian::catch_signals)
        .transpose()?;
    let session = Arc::new(Session::new(&connection.key, "kernel"));
    let publisher = Publisher::new(
        session.clone(),
        Outbox::new(IOPUB_BYTES)?,
        Stdin::new(STDIN_BYTES)?,
    );
    let shell = Outbox::new(REPLY_BYTES)?;
    let kernel = Arc::new(Kernel {
        jobs: Jobs::new(shell.wake().clone()),
        publisher: Arc::new(publisher),
        connection,
        info: setup.info,
        session,
        shell,
        control: Outbox::new(REPLY_BYTES)?,
        interrupt: OnceLock::new(),
        ending: Ending::default(),
    });
    kernel.publisher.starting();

    let stop = Wake::new()?;
    let threads = start_threads(&kernel, sockets, signals, &stop)?;
    let requests = Requests::new(kernel.clone(), setup.history);
    let language = Done::default();
    spawn("language", {
        let (kernel, language) = (kernel.clone(), language.clone());
        move || {
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| requests.run(make))) {
                tracing::error!(message = panic_text(&*panic), "the language has panicked");
                kernel.end(false);
            }
            language.set();
        }
    })?;

    let restart = kernel.ending.wait();
    kernel.stop_language(restart, &language);
    kernel.publisher.stdin().close();
    kernel.publisher.iopub().close();
    kernel.shell.close();
    kernel.control.close();
    stop.wake();
    for thread in threads {
        if thread.join().is_err() {
            tracing::error!("a socket thread has panicked");
        }
    }
    // Dropping the context waits, a bounded time, until the last messages are delivered.
    drop(context);
    Ok(())
}

type Thread = std::thread::JoinHandle<()>;

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<Thread> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
}

fn start_threads(
    kernel: &Arc<Kernel>,
    sockets: Sockets,
    signals: Option<Wake>,
    stop: &Wake,
) -> std::io::Result<Vec<Thread>> {
    let Sockets {
        shell,
        control,
        mut iopub,
        stdin,
        heartbeat,
    } = sockets;
    let share = || kernel.clone();
    Ok(vec![
        spawn("heartbeat", {
            let stop = stop.clone();
            move || socket::heartbeat::run(&heartbeat, &stop)
        })?,
        spawn("iopub", {
            let kernel = share();
            move || socket::iopub::run(&mut iopub, &kernel.session, kernel.publisher.iopub())
        })?,
        spawn("stdin", {
            let kernel = share();
            move || socket::stdin::run(&stdin, &kernel.session, kernel.publisher.stdin())
        })?,
        spawn("control", {
            let kernel = share();
            move || socket::control::run(&control, &kernel.session, &kernel.control, &*kernel)
        })?,
        spawn("shell", {
            let kernel = share();
            move || socket::shell::run(&shell, &kernel.session, &kernel.shell, &*kernel)
        })?,
        spawn("guardian", {
            let (kernel, stop) = (share(), stop.clone());
            move || guardian::run(&*kernel, signals.as_ref(), &stop)
        })?,
    ])
}

/// What the threads share.
pub(crate) struct Kernel {
    pub(crate) connection: ConnectionFile,
    info: LanguageInfo,
    session: Arc<Session>,
    pub(crate) publisher: Arc<Publisher>,
    shell: Outbox,
    control: Outbox,
    pub(crate) jobs: Jobs,
    interrupt: OnceLock<Arc<dyn Interrupt>>,
    ending: Ending,
}

impl Kernel {
    /// Sends a reply on the shell socket, from another thread.
    pub(crate) fn reply<T: Outgoing>(&self, job: &Job, metadata: &Map<String, Value>, content: &T) {
        match self
            .session
            .pack(&job.identities, &job.parent, metadata, content)
        {
            Ok(frames) => self.shell.push(frames),
            Err(error) => tracing::error!(%error, "no reply"),
        }
    }

    /// The language is ready; from now on it can be interrupted.
    pub(crate) fn set_interrupt(&self, interrupt: Arc<dyn Interrupt>) {
        if let Some(restart) = self.ending.begun() {
            // The end came first, and found nobody to tell.
            interrupt.shutdown(restart);
        }
        if self.interrupt.set(interrupt).is_err() {
            tracing::error!("the language has started twice");
        }
    }

    /// Lets the running cell end, and those that wait not begin.
    fn interrupt_now(&self) {
        self.jobs.interrupt();
        let newest = self.publisher.newest_cell();
        if let Some(interrupt) = self.interrupt.get() {
            interrupt.interrupt();
        }
        self.publisher.stdin().cancel(newest);
    }

    /// Begins the end; `serve` does the rest.
    pub(crate) fn end(&self, restart: bool) {
        self.ending.begin(restart);
    }

    fn stop_language(&self, restart: bool, language: &Done) {
        let deadline = Instant::now() + LANGUAGE_MAY_TAKE;
        self.jobs.close();
        self.publisher.stdin().cancel(u32::MAX);
        if let Some(interrupt) = self.interrupt.get().cloned() {
            let told = Done::default();
            let telling = spawn("ending", {
                let told = told.clone();
                move || {
                    interrupt.shutdown(restart);
                    told.set();
                }
            });
            match telling {
                Ok(_) if told.wait_until(deadline) => {}
                Ok(_) => tracing::warn!("the language takes too long to end"),
                Err(error) => tracing::error!(%error, "the language is not told of the end"),
            }
        }
        if !language.wait_until(deadline) {
            tracing::warn!("a cell is still running; it is left behind");
        }
    }

    /// What is answered at once, wherever it arrives. Everything else comes back.
    fn answer_aside(&self, outbox: &Outbox, from: &Message, request: Request) -> Option<Request> {
        let parent = &from.parent;
        let aside = |answer: &dyn Fn()| self.publisher.aside(parent, answer);
        match request {
            Request::KernelInfo => aside(&|| {
                self.answer(outbox, from, &KernelInfoReply::new(&self.info));
            }),
            Request::Interrupt => aside(&|| {
                self.interrupt_now();
                let status = ReplyStatus::Ok;
                self.answer(outbox, from, &InterruptReply { status });
            }),
            Request::Shutdown(wish) => {
                let reply = ShutdownReply {
                    status: ReplyStatus::Ok,
                    restart: wish.restart,
                };
                aside(&|| {
                    self.answer(outbox, from, &reply);
                    // Other clients want to know too.
                    self.publisher.publish_urgent(parent, &reply);
                });
                self.end(wish.restart);
            }
            Request::Debug(request) => {
                let reply = DebugReply::from(request);
                aside(&|| self.answer(outbox, from, &reply));
            }
            later => return Some(later),
        }
        None
    }

    /// Sends a reply from the thread that empties this outbox.
    fn answer<T: Outgoing>(&self, outbox: &Outbox, to: &Message, content: &T) {
        match self
            .session
            .pack(&to.identities, &to.parent, &Map::new(), content)
        {
            Ok(frames) => outbox.push_own(frames),
            Err(error) => tracing::error!(%error, "no reply"),
        }
    }
}

fn parse(message: &mut Message) -> Option<Request> {
    let content = std::mem::take(&mut message.content);
    Request::parse(&message.header.msg_type, content)
        .inspect_err(|error| {
            let msg_type = &message.header.msg_type;
            tracing::warn!(msg_type, %error, "request dropped");
        })
        .ok()
}

impl socket::shell::Receiver for Kernel {
    fn shell_request(&self, mut message: Message) {
        let Some(request) = parse(&mut message) else {
            return;
        };
        let Some(request) = self.answer_aside(&self.shell, &message, request) else {
            return;
        };
        let job = Job {
            cell_id: message.cell_id(),
            identities: message.identities,
            parent: message.parent,
            request,
            buffers: message.buffers,
            size: message.size,
            arrived: Instant::now(),
            aborted: false,
        };
        let is_question = job.is_question();
        self.jobs.push(job);
        if let (true, Some(language)) = (is_question, self.interrupt.get()) {
            language.asked();
        }
    }

    fn has_room(&self) -> bool {
        self.jobs.has_room()
    }

    fn drain_requests(&self) -> u64 {
        self.jobs.drain_requests()
    }

    fn drained(&self, request: u64) {
        self.jobs.set_drained(request);
    }
}

impl socket::control::Receiver for Kernel {
    fn control_request(&self, mut message: Message) {
        if let Some(request) = parse(&mut message)
            && self
                .answer_aside(&self.control, &message, request)
                .is_some()
        {
            let msg_type = message.header.msg_type;
            tracing::warn!(msg_type, "not for the control socket; dropped");
        }
    }
}

impl Ward for Kernel {
    fn interrupt(&self) {
        self.interrupt_now();
    }

    fn end(&self) {
        Kernel::end(self, false);
    }
}

/// Whether the kernel is ending, and whether another one takes its place.
#[derive(Default)]
struct Ending {
    restart: Mutex<Option<bool>>,
    changed: Condvar,
}

impl Ending {
    fn begin(&self, restart: bool) {
        self.restart.lock().get_or_insert(restart);
        self.changed.notify_all();
    }

    fn begun(&self) -> Option<bool> {
        *self.restart.lock()
    }

    fn wait(&self) -> bool {
        let mut state = self.restart.lock();
        loop {
            if let Some(restart) = *state {
                return restart;
            }
            self.changed.wait(&mut state);
        }
    }
}

/// A thing that gets done once.
#[derive(Clone, Default)]
struct Done(Arc<(Mutex<bool>, Condvar)>);

impl Done {
    fn set(&self) {
        *self.0.0.lock() = true;
        self.0.1.notify_all();
    }

    fn wait_until(&self, deadline: Instant) -> bool {
        let mut done = self.0.0.lock();
        while !*done {
            if self.0.1.wait_until(&mut done, deadline).timed_out() {
                break;
            }
        }
        *done
    }
}

/// What a panic said.
pub(crate) fn panic_text(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("panic")
}
