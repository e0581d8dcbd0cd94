//! What the language's thread does: starts the language, then answers request after request.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::history::History;
use crate::jobs::Job;
use crate::language::{
    Cell, CellOutcome, CommMessage, Completeness, Completions, Language, Output, Questions,
    StartFailure, Started,
};
use crate::publisher::CellRecord;
use crate::server::{Kernel, panic_text};
use crate::session::now;
use crate::wire::comm::{CommMsg, CommOpen};
use crate::wire::complete::{CompleteReply, cursor_within};
use crate::wire::connect::ConnectReply;
use crate::wire::error::ErrorMessage;
use crate::wire::execute::{ExecuteInput, ExecuteReply, ExecuteRequest};
use crate::wire::history::HistoryReply;
use crate::wire::inspect::InspectReply;
use crate::wire::is_complete::IsCompleteReply;
use crate::wire::{Outgoing, ReplyStatus, Request};

/// The state of the language's thread, before the language has started.
pub(crate) struct Requests {
    kernel: Arc<Kernel>,
    history: Option<PathBuf>,
}

impl Requests {
    pub(crate) fn new(kernel: Arc<Kernel>, history: Option<PathBuf>) -> Requests {
        Requests { kernel, history }
    }

    /// Ends when the kernel does.
    pub(crate) fn run(
        self,
        make: impl FnOnce(Arc<dyn Output>, Arc<dyn Questions>) -> Result<Started, StartFailure>,
    ) {
        let output = self.kernel.publisher.clone();
        let questions = self.kernel.clone();
        let made = catch_unwind(AssertUnwindSafe(|| make(output, questions)));
        let language: Box<dyn Language> = match made {
            Ok(Ok(started)) => {
                self.kernel.set_interrupt(started.interrupt);
                started.language
            }
            Ok(Err(failure)) => Box::new(Failed(failure)),
            Err(panic) => Box::new(Failed(StartFailure {
                ename: "panic".to_owned(),
                evalue: panic_text(&*panic).to_owned(),
                traceback: vec![panic_text(&*panic).to_owned()],
            })),
        };
        let mut answering = Answering {
            history: History::open(self.history),
            kernel: self.kernel,
            language,
            execution_count: 0,
            cells: 0,
        };
        loop {
            while let Some(quiet) = answering.language.idle_after()
                && answering.kernel.jobs.quiet_for(quiet)
                // A language that panics here will say so when it is asked for something.
                && guarded(|| answering.language.idle()).is_ok()
            {}
            let Some(job) = answering.kernel.jobs.pop() else {
                return;
            };
            let parent = job.parent.clone();
            answering.kernel.publisher.begin(&parent);
            answering.answer(job);
            answering.kernel.publisher.end(&parent);
        }
    }
}

struct Answering {
    kernel: Arc<Kernel>,
    language: Box<dyn Language>,
    history: History,
    execution_count: u32,
    cells: u32,
}

impl Answering {
    fn answer(&mut self, mut job: Job) {
        match std::mem::replace(&mut job.request, Request::KernelInfo) {
            Request::Execute(_) if job.aborted => {
                let reply = ExecuteReply::Aborted {
                    status: ReplyStatus::Aborted,
                    execution_count: self.execution_count,
                };
                self.reply(&job, &reply);
            }
            Request::Execute(request) => self.execute(&job, &request),
            question @ (Request::Complete(_) | Request::Inspect(_) | Request::IsComplete(_)) => {
                job.request = question;
                answer_question(&self.kernel, &mut *self.language, &job);
            }
            Request::History(request) => {
                let entries = self.history.find(&request);
                self.reply(&job, &HistoryReply::new(&entries, request.output));
            }
            Request::Connect => self.reply(&job, &ConnectReply::from(&self.kernel.connection)),
            Request::CommInfo(request) => {
                let comms = self.kernel.publisher.comms();
                self.reply(&job, &comms.info(request.target_name.as_deref()));
            }
            Request::CommOpen(request) => self.open_comm(&request),
            Request::CommMsg(message) => self.hear_comm(&job, &message),
            Request::CommClose(request) => {
                if self.kernel.publisher.comms().remove(&request.comm_id) {
                    let _ = guarded(|| self.language.comm_closed(&request.comm_id));
                }
            }
            // Answered on the socket's thread, never queued.
            Request::KernelInfo | Request::Interrupt | Request::Shutdown(_) | Request::Debug(_) => {
            }
        }
    }

    fn reply<T: Outgoing>(&self, job: &Job, content: &T) {
        self.kernel.reply(job, &Map::new(), content);
    }

    fn open_comm(&mut self, request: &CommOpen) {
        let publisher = &self.kernel.publisher;
        let CommOpen {
            comm_id,
            target_name,
            data,
        } = request;
        if publisher.comms().contains(comm_id) {
            // To close it would close the one that is open.
            tracing::warn!(comm = comm_id, "opened twice");
            return;
        }
        let added = publisher.comms().add(comm_id, target_name);
        if added
            && guarded(|| self.language.comm_opened(comm_id, target_name, data)).unwrap_or(false)
        {
            return;
        }
        tracing::warn!(target = target_name, "comm refused");
        if added {
            publisher.comm_close(comm_id);
        } else {
            publisher.refuse_comm(comm_id);
        }
    }

    fn hear_comm(&mut self, job: &Job, message: &CommMsg) {
        if !self.kernel.publisher.comms().contains(&message.comm_id) {
            tracing::warn!(
                comm = message.comm_id,
                "message for a comm that is not open"
            );
            return;
        }
        self.cells = self.cells.wrapping_add(1).max(1);
        let message = CommMessage {
            number: self.cells,
            comm_id: &message.comm_id,
            data: &message.data,
            buffers: &job.buffers,
            arrived: job.arrived,
            aborted: job.aborted,
        };
        let _ = guarded(|| self.language.comm_message(&message));
    }

    fn execute(&mut self, job: &Job, request: &ExecuteRequest) {
        let started = now();
        let store_history = request.store_history && !request.silent;
        if store_history {
            self.execution_count += 1;
        }
        let execution_count = self.execution_count;
        let record = self.new_cell(job, request);
        if !request.silent {
            let code = &request.code;
            let input = ExecuteInput {
                code,
                execution_count,
            };
            self.kernel.publisher.publish(&job.parent, &input);
        }
        let cell = Cell {
            number: record.number,
            code: &request.code,
            silent: request.silent,
            store_history,
            allow_stdin: request.allow_stdin,
            user_expressions: &request.user_expressions,
            execution_count,
            cell_id: job.cell_id.as_deref(),
        };
        let outcome =
            guarded(|| self.language.execute(cell)).unwrap_or_else(|message| CellOutcome::Error {
                ename: "panic".to_owned(),
                evalue: message.clone(),
                traceback: vec![message],
            });
        if store_history {
            let result = record.result.lock().take();
            self.history.add(execution_count, &request.code, result);
        }
        let reply = self.conclude(job, request, execution_count, outcome);
        let metadata = Map::from_iter([("started".to_owned(), Value::String(started))]);
        self.kernel.reply(job, &metadata, &reply);
    }

    fn new_cell(&mut self, job: &Job, request: &ExecuteRequest) -> Arc<CellRecord> {
        self.cells = self.cells.wrapping_add(1).max(1);
        let record = Arc::new(CellRecord {
            number: self.cells,
            parent: job.parent.clone(),
            identities: job.identities.clone(),
            allow_stdin: request.allow_stdin,
            silent: request.silent,
            execution_count: self.execution_count,
            result: parking_lot::Mutex::new(None),
        });
        self.kernel.publisher.add_cell(record.clone());
        record
    }

    /// Makes the reply, and does what an error brings with it.
    fn conclude(
        &self,
        job: &Job,
        request: &ExecuteRequest,
        execution_count: u32,
        outcome: CellOutcome,
    ) -> ExecuteReply {
        match outcome {
            CellOutcome::Ok {
                payload,
                user_expressions,
            } => ExecuteReply::Ok {
                status: ReplyStatus::Ok,
                execution_count,
                payload,
                user_expressions,
            },
            CellOutcome::Error {
                ename,
                evalue,
                traceback,
            } => {
                if !request.silent {
                    let error = ErrorMessage {
                        ename: &ename,
                        evalue: &evalue,
                        traceback: &traceback,
                    };
                    self.kernel.publisher.publish(&job.parent, &error);
                }
                if request.stop_on_error {
                    self.kernel.jobs.abort_cells();
                }
                ExecuteReply::Error {
                    status: ReplyStatus::Error,
                    execution_count,
                    ename,
                    evalue,
                    traceback,
                    payload: Vec::new(),
                    user_expressions: Map::new(),
                }
            }
            CellOutcome::Aborted => ExecuteReply::Aborted {
                status: ReplyStatus::Aborted,
                execution_count,
            },
        }
    }
}

/// Answers what needs the language but no cell.
fn answer_question(kernel: &Kernel, language: &mut dyn Language, job: &Job) {
    match &job.request {
        Request::Complete(request) => {
            let cursor = cursor_within(&request.code, request.cursor_pos);
            let found = guarded(|| language.complete(&request.code, cursor))
                .unwrap_or_else(|_| Completions::none(cursor));
            kernel.reply(job, &Map::new(), &CompleteReply::new(found));
        }
        Request::Inspect(request) => {
            let cursor = cursor_within(&request.code, request.cursor_pos);
            let detail = request.detail_level;
            let found = guarded(|| language.inspect(&request.code, cursor, detail));
            kernel.reply(job, &Map::new(), &InspectReply::new(found.ok().flatten()));
        }
        Request::IsComplete(request) => {
            let is =
                guarded(|| language.is_complete(&request.code)).unwrap_or(Completeness::Unknown);
            kernel.reply(job, &Map::new(), &IsCompleteReply::from(is));
        }
        _ => {}
    }
}

impl Questions for Kernel {
    fn any(&self) -> bool {
        self.jobs.has_question()
    }

    fn answer_next(&self, language: &mut dyn Language) -> bool {
        let Some(job) = self.jobs.pop_question() else {
            return false;
        };
        let parent = job.parent.clone();
        self.publisher
            .aside(&parent, || answer_question(self, language, &job));
        true
    }
}

/// A panic in the language must not leave the client waiting. Gives what the panic said.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let message = panic_text(&*panic).to_owned();
        tracing::error!(message, "the language has panicked");
        message
    })
}

/// Stands in for a language that could not start: says why, again and again.
struct Failed(StartFailure);

impl Language for Failed {
    fn execute(&mut self, _: Cell<'_>) -> CellOutcome {
        let StartFailure {
            ename,
            evalue,
            traceback,
        } = self.0.clone();
        CellOutcome::Error {
            ename,
            evalue,
            traceback,
        }
    }

    fn complete(&mut self, _: &str, cursor_chars: usize) -> Completions {
        Completions::none(cursor_chars)
    }

    fn inspect(&mut self, _: &str, _: usize, _: u8) -> Option<crate::language::MimeBundle> {
        None
    }

    fn is_complete(&mut self, _: &str) -> Completeness {
        Completeness::Unknown
    }
}
