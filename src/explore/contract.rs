//! `weft explore s1e6 --scenario 2`: what the order contract of an exercise is worth.

use std::sync::atomic::Ordering;
use std::time::Duration;

use clap::ArgMatches;
use explorer::job::Question;
use explorer::{Happening, Schedule, Settings, Spent};
use rehearsal::judge::{Budget, Counterexample, Judged, Judgement, Open, Standing, judge};
use rehearsal::lesson::{Lesson, Scene};
use rehearsal::player::{Play, told};
use rehearsal::possible::{Ordered, Output, Possible};
use rehearsal::repertoire;
use serde::Serialize;
use serde_json::Value;

use super::document::{self, Shown};
use super::progress::Progress;
use super::{INTERRUPTED, Outcome, Request, judged};
use crate::cli::Call;
use crate::failure::Failure;
use crate::parameters;

/// The rules may be judged for so much longer than the budget.
const AFTERWARDS: Duration = Duration::from_secs(5);
/// Options that say something about programs only.
const FOR_PROGRAMS: [&str; 4] = ["ask", "equal", "cell", "edition"];

/// The exercise that is asked for, if it is one: a file of that name goes first.
pub fn asked(request: &Request) -> Option<&'static exercises::lesson::Lesson> {
    let [path] = request.files.as_slice() else {
        return None;
    };
    let named = path.to_str().and_then(exercises::catalogue::find);
    named.filter(|_| !path.exists())
}

/// An option that only exercises have, given for a program.
pub fn misplaced(matches: &ArgMatches) -> Option<Failure> {
    let option = if matches.contains_id("scenario") {
        "--scenario".to_owned()
    } else {
        format!("--{}", parameters::given(matches)?)
    };
    Some(Failure::usage("error-contract-only-exercises").with("option", option))
}

/// Explores an exercise.
pub fn explore(
    call: &Call<'_>,
    request: &Request,
    named: &exercises::lesson::Lesson,
) -> Result<(), Outcome> {
    let scene = scene(call).map_err(Outcome::Failed)?;
    if let (true, Err(lacks)) = (request.json, repertoire::find(named.id)) {
        let lacks = NotPlayed {
            exercise: named.id,
            scenario: scene.number(),
            not_modelled: [lacks],
        };
        document::print(&lacks)?;
    }
    let play = read(call, named, scene).map_err(Outcome::Failed)?;
    if let Question::Replay(schedule) | Question::Play(schedule) = &request.question {
        return replay(call, request, &play, schedule);
    }
    let mut progress = Progress::new(call, request.progress.as_deref());
    let budget = Budget {
        time: request.budget,
        afterwards: AFTERWARDS,
        bytes: request.memory_bytes,
        // Bounded pre-emptions run in this process, and tearing one of them down can abort it.
        fallback: false,
        list: (request.list > 0).then_some(request.list),
        classes: request.classes.unwrap_or(Budget::default().classes),
        workers: student::cores(),
        ..Budget::default()
    };
    let judgement = judge(&play, &budget, &mut |standing| {
        progress.tell(standing.classes, standing.elapsed);
        !INTERRUPTED.load(Ordering::Relaxed)
    });
    progress.end();
    if request.json {
        document::print(&Document::new(&play, &judgement))?;
    } else {
        judged::told(call, &play, &judgement)?;
    }
    if judgement.is_refuted() || judgement.not_modelled.is_some() {
        return Err(Outcome::Found);
    }
    Ok(())
}

/// `--json` of an exercise that cannot be played in the model.
#[derive(Serialize)]
struct NotPlayed<'a> {
    exercise: &'a str,
    scenario: u32,
    not_modelled: [&'a str; 1],
}

fn scene(call: &Call<'_>) -> Result<Scene, Failure> {
    let Some(value) = call.matches.get_one::<String>("scenario") else {
        return Ok(Scene::First);
    };
    let number = value.parse().ok().and_then(Scene::from_number);
    number.ok_or_else(|| Failure::usage("error-contract-scenario").with("value", value.clone()))
}

fn read(call: &Call<'_>, named: &exercises::lesson::Lesson, scene: Scene) -> Result<Play, Failure> {
    let given = |name: &&str| match call.matches.value_source(name) {
        Some(source) => source != clap::parser::ValueSource::DefaultValue,
        None => false,
    };
    if let Some(option) = FOR_PROGRAMS.iter().find(|name| given(name)) {
        return Err(
            Failure::usage("error-contract-only-files").with("option", format!("--{option}"))
        );
    }
    let chosen = parameters::read(call.matches, named, call.language)?;
    let lesson: &'static Lesson = match repertoire::find(named.id) {
        Ok(lesson) => lesson,
        Err(lacks) => {
            return Err(Failure::usage("error-contract-not-played")
                .with("id", named.id)
                .with("lacks", judged::lacking(call, lacks)));
        }
    };
    let mut params = repertoire::reduced(lesson, scene);
    params.extend(
        chosen
            .into_iter()
            .filter_map(|(name, value)| Some((name, u32::try_from(value).ok()?))),
    );
    Ok(Play::new(lesson, scene, &params))
}

fn replay(call: &Call<'_>, request: &Request, play: &Play, schedule: &str) -> Result<(), Outcome> {
    let misfit = |reason: String| {
        Outcome::Failed(Failure::usage("error-explore-misfit").with("reason", reason))
    };
    let schedule: Schedule = schedule
        .parse()
        .map_err(|error: explorer::schedule::InvalidSchedule| misfit(error.to_string()))?;
    let replayed =
        explorer::replay(&play.program(), &Settings::default(), &schedule).map_err(|error| {
            match request.no_turn() {
                Some(failure) => Outcome::Failed(failure),
                None => misfit(error.to_string()),
            }
        })?;
    let happenings: Vec<Happening> = replayed.happenings.into_iter().map(in_words).collect();
    let shown = Shown { call, remarks: &[] };
    if request.json {
        document::print(&shown.replayed(&happenings, &replayed.failures, &replayed.turns))?;
    } else {
        request.steps(&shown, &happenings, &replayed.failures, &replayed.turns)?;
    }
    request
        .draw(call, &happenings, &replayed.turns)
        .map_err(Outcome::Failed)
}

/// What the lesson printed, as people read it.
fn in_words(happening: Happening) -> Happening {
    match happening {
        Happening::Print {
            thread,
            text,
            stderr,
        } => Happening::Print {
            thread,
            text: format!("{}\n", told(&text)),
            stderr,
        },
        other => other,
    }
}

/// `--json`.
#[derive(Serialize)]
struct Document<'a> {
    exercise: &'a str,
    scenario: u32,
    params: &'a std::collections::BTreeMap<String, u32>,
    seed: u64,
    verdict: &'static str,
    bound: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    executions: Option<u64>,
    classes: u64,
    elapsed_ms: f64,
    guaranteed: Vec<RuleShown<'a>>,
    likely: Vec<RuleShown<'a>>,
    #[serde(flatten)]
    possible: Option<PossibleShown<'a>>,
    unfinished: Option<Witness<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_open: Option<&'static str>,
    failures: Vec<FailureShown<'a>>,
    assumptions: &'a [explorer::Assumption],
    not_modelled: Vec<&'a str>,
}

/// What was asked for by `--list`.
#[derive(Serialize)]
struct PossibleShown<'a> {
    outputs: &'a str,
    outputs_list: Vec<OutputShown<'a>>,
    orders: Vec<OrderShown<'a>>,
    more_orders: usize,
    luck: Vec<LuckShown<'a>>,
    more_luck: usize,
}

#[derive(Serialize)]
struct OutputShown<'a> {
    lines: &'a [Value],
    ending: String,
}

#[derive(Serialize)]
struct OrderShown<'a> {
    before: &'a Value,
    after: &'a Value,
    by: Option<explorer::By>,
}

/// Two lines of which now one comes first, now the other.
#[derive(Serialize)]
struct LuckShown<'a> {
    one: &'a Value,
    other: &'a Value,
}

#[derive(Serialize)]
struct RuleShown<'a> {
    rule: String,
    standing: &'static str,
    #[serde(flatten)]
    witness: Option<Witness<'a>>,
}

#[derive(Serialize)]
struct Witness<'a> {
    witness: &'a [String],
    schedule: Option<&'a str>,
}

#[derive(Serialize)]
struct FailureShown<'a> {
    kind: explorer::FailureKind,
    schedule: &'a str,
}

impl<'a> Document<'a> {
    fn new(play: &'a Play, judgement: &'a Judgement) -> Document<'a> {
        let rules = |judged: &'a [Judged]| judged.iter().map(RuleShown::new).collect();
        Document {
            exercise: play.lesson.id,
            scenario: play.scene.number(),
            params: &play.params,
            seed: play.seed,
            verdict: match judgement.not_modelled {
                // Whatever was gone through, nothing was proved.
                Some(_) => "sampled",
                None => document::verdict(judgement.verdict),
            },
            bound: match judgement.verdict {
                explorer::Verdict::Bounded { bound } => bound,
                _ => None,
            },
            executions: match judgement.verdict {
                explorer::Verdict::Sampled { executions } => Some(executions),
                _ => None,
            },
            classes: judgement.classes,
            elapsed_ms: judgement.elapsed.as_secs_f64() * 1e3,
            guaranteed: rules(&judgement.guaranteed),
            likely: rules(&judgement.likely),
            possible: judgement.possible.as_ref().map(PossibleShown::new),
            unfinished: judgement.unfinished.as_ref().map(Witness::new),
            end_open: judgement.end_open.map(why_open),
            failures: judgement
                .failures
                .iter()
                .map(|failure| FailureShown {
                    kind: failure.kind,
                    schedule: &failure.schedule,
                })
                .collect(),
            assumptions: &judgement.assumptions,
            not_modelled: judgement
                .not_modelled
                .iter()
                .map(|lack| lack.id())
                .collect(),
        }
    }
}

impl<'a> PossibleShown<'a> {
    fn new(possible: &'a Possible) -> PossibleShown<'a> {
        let output = |output: &'a Output| OutputShown {
            lines: &output.lines,
            ending: document::ending(output.ending),
        };
        let order = |order: &'a Ordered| OrderShown {
            before: &order.before,
            after: &order.after,
            by: order.by,
        };
        PossibleShown {
            outputs: &possible.count,
            outputs_list: possible.list.iter().map(output).collect(),
            orders: possible.orders.iter().map(order).collect(),
            more_orders: possible.more_orders,
            luck: possible
                .open
                .iter()
                .map(|[one, other]| LuckShown { one, other })
                .collect(),
            more_luck: possible.more_open,
        }
    }
}

impl<'a> RuleShown<'a> {
    fn new(judged: &'a Judged) -> RuleShown<'a> {
        let (standing, witness) = match &judged.standing {
            Standing::Holds => ("holds", None),
            Standing::Broken(counterexample) => ("broken", Some(Witness::new(counterexample))),
            Standing::Open(open) => (why_open(*open), None),
        };
        RuleShown {
            rule: judged.rule.to_string(),
            standing,
            witness,
        }
    }
}

/// Why something is not judged.
fn why_open(open: Open) -> &'static str {
    match open {
        Open::Time => "time",
        Open::TooManyOutputs => "too-many-outputs",
        Open::Spent(Spent::Time) => "no-time-left",
        Open::Spent(Spent::Memory) => "no-memory-left",
        Open::Spent(Spent::Interrupted) => "interrupted",
    }
}

impl<'a> Witness<'a> {
    fn new(counterexample: &'a Counterexample) -> Witness<'a> {
        Witness {
            witness: &counterexample.printed,
            schedule: counterexample.schedule.as_deref(),
        }
    }
}
