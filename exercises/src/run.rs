//! Plays a lesson, and makes the document of what happened.
//!
//! The lesson runs in a forked child, which leads a process group of its own; this process follows the journal that
//! both share and hands out each line as it is printed. The child says by its main lane's `exit` event that the
//! lesson is over, so nobody polls; the short waits below are only for a child that ends without a word.
//!
//! Bounds: a run takes at most [`Request::limit`] of real time (60 s); then its whole group is killed and the
//! status is `timed-out`. A child that dies gives status `failed`. An interrupt kills the group and is reported as
//! an error, because there is nothing to show.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use recorder::document::{Document, OrderReport, Params, Status};
use recorder::{Entry, Journal, JournalError, Kind, LaneKind, Line, Object};
use serde_json::{Map, Value, json};

use crate::lesson::{Lesson, Scene};
use crate::primitive::supervise::{Ending, Supervised};
use crate::primitive::time::{Duration, Instant};
use crate::primitive::{current, panic, settings};
use crate::stage::Stage;

/// No run takes longer than this.
pub const LIMIT: Duration = Duration::from_secs(60);

/// Room for the longest scenario (2,080 lines and what surrounds them) many times over; memory is used only as
/// far as it is filled.
const JOURNAL_SLOTS: u32 = 1 << 18;

/// How often a silent child is asked whether it still lives.
const SILENCE: Duration = Duration::from_millis(50);

/// So long nothing is said before a sign of life is given.
const SIGN_OF_LIFE: Duration = Duration::from_secs(1);

/// How long the journal of a child that died is searched for lines that were begun before its end.
const AFTERMATH: Duration = Duration::from_millis(250);

/// What is to be run.
#[derive(Clone)]
pub struct Request {
    /// Which exercise.
    pub lesson: &'static Lesson,
    /// Which scenario.
    pub scene: Scene,
    /// Parameters by name; the others have their default.
    pub params: BTreeMap<String, i64>,
    /// Files by the name of the parameter; without one the lesson uses what is built in.
    pub files: BTreeMap<String, PathBuf>,
    /// The seed of the random choices; without one it is drawn, and stands in the document.
    pub seed: Option<u64>,
    /// Random delays of 0 to this many milliseconds at every call of the library.
    pub shake_ms: u64,
    /// What every sleep is multiplied with; without it, what the environment says, or 1.
    pub time_scale: Option<f64>,
    /// The bound on real time.
    pub limit: Duration,
    /// Called about once a second while no line comes, with the time since the beginning: for a sign of life.
    pub while_silent: Option<fn(Duration)>,
}

impl Request {
    /// A run of this scenario with defaults for everything.
    pub fn new(lesson: &'static Lesson, scene: Scene) -> Request {
        Request {
            lesson,
            scene,
            params: BTreeMap::new(),
            files: BTreeMap::new(),
            seed: None,
            shake_ms: 0,
            time_scale: None,
            limit: LIMIT,
            while_silent: None,
        }
    }
}

/// Why there is no document.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The exercise has no such parameter.
    #[error("{exercise} has no parameter `{name}`")]
    UnknownParameter {
        /// The exercise.
        exercise: &'static str,
        /// What was asked for.
        name: String,
    },
    /// The value is not in the parameter's range.
    #[error("`{name}` is {value}; it must be between {min} and {max}")]
    OutOfRange {
        /// The parameter.
        name: &'static str,
        /// What was asked for.
        value: i64,
        /// The smallest value.
        min: u32,
        /// The largest value.
        max: u32,
    },
    /// The time scale is not a number from 0 up.
    #[error("the time scale is {0}; it must be a number from 0 up")]
    TimeScale(f64),
    /// There is no memory for the journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The system refused a process, or lost it.
    #[error("the exercise's process")]
    Process(#[source] io::Error),
    /// The user ended the run by this signal.
    #[error("interrupted by signal {0}")]
    Interrupted(i32),
}

/// Plays the lesson. `on_line` gets each line as soon as it is printed, in the order of `seq`.
///
/// To be called while the program has no other threads: it forks.
pub fn run(request: Request, on_line: &mut dyn FnMut(&Line)) -> Result<Document, RunError> {
    let params = checked_params(&request)?;
    let files = checked_files(&request)?;
    let time_scale = request.time_scale.unwrap_or_else(settings::time_scale);
    if !(time_scale.is_finite() && time_scale >= 0.0) {
        return Err(RunError::TimeScale(time_scale));
    }
    // 32 bits: a seed stays exact in every reader of JSON.
    let seed = request.seed.unwrap_or_else(|| u64::from(fastrand::u32(..)));
    let scratch = Scratch::new();
    let stage = Stage::new(request.lesson.parameters, request.scene, &params, seed)
        .with_files(request.files.clone())
        .with_scratch(scratch.0.clone());
    let journal = Journal::for_forks(JOURNAL_SLOTS)?;

    let begin = Instant::now();
    let child_journal = journal.clone();
    let (lesson, shake_ms) = (request.lesson, request.shake_ms);
    let mut child = Supervised::start(|| {
        settings::set_time_scale(time_scale);
        settings::set_shake_ms(shake_ms);
        settings::set_seed(seed);
        play(lesson, &stage, child_journal)
    })
    .map_err(RunError::Process)?;

    let ended = follow(&journal, &mut child, begin, &request, on_line)?;
    let waited_ms = milliseconds(begin.elapsed());
    let (ending, report) = child.end().map_err(RunError::Process)?;

    let mut document = Document {
        exercise: request.lesson.id.to_owned(),
        scenario: request.scene.number(),
        params: Params::new(stage.params().clone(), files),
        seed,
        lanes: journal.lanes(),
        lines: journal.lines().into_iter().map(Into::into).collect(),
        events: journal.events(),
        result: Map::new(),
        order: OrderReport::default(),
        status: Status::Ok,
        elapsed_ms: waited_ms,
        time_scale,
        lost: journal.lost(),
        error: None,
        note: None,
    };
    match (
        ended,
        report.map(|bytes| serde_json::from_slice::<Report>(&bytes)),
    ) {
        (false, _) => document.status = Status::TimedOut,
        (true, Ok(Ok(report))) => {
            document.result = report.result;
            document.elapsed_ms = report.elapsed_ms;
        }
        (true, Ok(Err(error))) => fail(&mut document, format!("its report is damaged: {error}")),
        (true, Err(text)) if !text.is_empty() => fail(&mut document, text),
        (true, Err(_)) => fail(&mut document, without_a_word(ending)),
    }
    document.check_order(
        &request.lesson.guaranteed(request.scene),
        request.lesson.scenario(request.scene).likely,
    );
    Ok(document)
}

fn checked_params(request: &Request) -> Result<BTreeMap<String, u32>, RunError> {
    let mut params = BTreeMap::new();
    for (name, value) in &request.params {
        let parameter =
            request
                .lesson
                .parameter(name)
                .ok_or_else(|| RunError::UnknownParameter {
                    exercise: request.lesson.id,
                    name: name.clone(),
                })?;
        let in_range = u32::try_from(*value)
            .ok()
            .filter(|value| (parameter.min..=parameter.max).contains(value))
            .ok_or(RunError::OutOfRange {
                name: parameter.name,
                value: *value,
                min: parameter.min,
                max: parameter.max,
            })?;
        params.insert(name.clone(), in_range);
    }
    Ok(params)
}

/// The chosen files, as the document names them.
fn checked_files(request: &Request) -> Result<BTreeMap<String, String>, RunError> {
    let mut files = BTreeMap::new();
    for (name, path) in &request.files {
        if request.lesson.file(name).is_none() {
            return Err(RunError::UnknownParameter {
                exercise: request.lesson.id,
                name: name.clone(),
            });
        }
        files.insert(name.clone(), path.display().to_string());
    }
    Ok(files)
}

/// What the child says at its end.
#[derive(serde::Serialize, serde::Deserialize)]
struct Report {
    result: Map<String, Value>,
    elapsed_ms: f64,
}

/// Where a lesson may put temporary files: this process outlives the lesson, so it can remove them even where the
/// lesson was killed.
struct Scratch(PathBuf);

impl Scratch {
    /// A name that nobody else has or can guess; the lesson makes the folder if it needs one.
    fn new() -> Scratch {
        let name = format!("weft-run-{}-{:016x}", current::pid(), fastrand::u64(..));
        Scratch(std::env::temp_dir().join(name))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Mostly it is not there.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The child's side.
fn play(lesson: &Lesson, stage: &Stage, journal: Journal) -> Result<Vec<u8>, String> {
    let main = current::install(journal, "main", LaneKind::Process);
    let begin = Instant::now();
    current::emit(Kind::Start, Object::lane(main));
    let outcome = panic::catch_unwind(panic::AssertUnwindSafe(|| (lesson.run)(stage)));
    let elapsed_ms = milliseconds(begin.elapsed());
    current::emit(Kind::Exit, Object::lane(main));
    match outcome {
        Ok(Ok(outcome)) => {
            let report = json!({"result": outcome.into_values(), "elapsed_ms": elapsed_ms});
            Ok(report.to_string().into_bytes())
        }
        Ok(Err(error)) => Err(error.to_string()),
        Err(payload) => panic::resume_unwind(payload),
    }
}

/// Hands out lines until the lesson is over. False if it took too long.
fn follow(
    journal: &Journal,
    child: &mut Supervised,
    begin: Instant,
    request: &Request,
    on_line: &mut dyn FnMut(&Line),
) -> Result<bool, RunError> {
    let limit = request.limit;
    let mut follower = journal.follow();
    let mut main = None;
    let mut heard = Instant::now();
    loop {
        let left = limit.saturating_sub(begin.elapsed());
        match follower.next(left.min(SILENCE)) {
            Some(Entry::Line(line)) => {
                on_line(&line);
                heard = Instant::now();
            }
            Some(Entry::Event(event)) => {
                // The first event of all is the start of the main lane.
                let main = *main.get_or_insert(event.lane);
                if event.kind == Kind::Exit && event.lane == main {
                    break;
                }
            }
            None if child.has_ended().map_err(RunError::Process)? => {
                while let Some(entry) = follower.next(AFTERMATH) {
                    if let Entry::Line(line) = entry {
                        on_line(&line);
                    }
                }
                break;
            }
            None => {}
        }
        if let Some(tell) = request.while_silent
            && heard.elapsed() >= SIGN_OF_LIFE
        {
            tell(begin.elapsed());
            heard = Instant::now();
        }
        if let Some(signal) = child.interrupted() {
            return Err(RunError::Interrupted(signal));
        }
        if left.is_zero() {
            return Ok(false);
        }
    }
    let left = limit.saturating_sub(begin.elapsed());
    let ended = child.wait(left).map_err(RunError::Process)?;
    match child.interrupted() {
        Some(signal) => Err(RunError::Interrupted(signal)),
        None => Ok(ended),
    }
}

fn fail(document: &mut Document, error: String) {
    document.status = Status::Failed;
    document.error = Some(error);
}

fn without_a_word(ending: Ending) -> String {
    match ending {
        Ending::Exit(code) => {
            format!("its process ended with exit code {code} before the exercise was over")
        }
        Ending::Signal(signal) => {
            format!("its process was ended by signal {signal} before the exercise was over")
        }
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_micros() as f64 / 1000.0
}
