//! From a job to its answer.
use crate::program::Program;
use crate::{helpers, interrupt, not_loaded, tell};
use explorer::job::{Compared, Done, Explored, Job, Line, Question};
use explorer::model::io::{lock_stdout, stdout_lock_was_missed};
use explorer::{
    Automaton, Ending, Exploration, Helpers, Limit, Misfit, Outcome, Replayed, Schedule,
    WorkerPool, compare, explore, loaded,
};
use std::time::{Duration, Instant};

/// Simulated runs that tell what is usual, always the same ones.
const SIMULATIONS: u32 = 100;
const SEED: u64 = 7;

/// Progress is told so often at most.
const TELL: Duration = Duration::from_millis(200);

/// Does what is asked.
pub fn answer(job: &Job) -> Done {
    // Before any program is loaded: what follows may not start processes.
    let mut pool = match helpers::prepare(job) {
        Ok(pool) => pool,
        Err(error) => return not_loaded(error.to_string()),
    };
    let mut programs = Vec::new();
    for library in &job.libraries {
        match Program::load(library) {
            Ok(program) => programs.push(program),
            Err(reason) => return not_loaded(reason),
        }
    }
    let Some(program) = programs.first() else {
        return not_loaded("no program was given".to_owned());
    };
    match &job.question {
        Question::Replay(schedule) | Question::Play(schedule) => replayed(program, job, schedule),
        Question::Explore => {
            let begun = Instant::now();
            let (explored, reference) = explored(program, 0, job, begun, &mut pool);
            let comparison = programs.get(1).map(|second| {
                let (explored, found) = self::explored(second, 1, job, begun, &mut pool);
                let both = reference
                    .outputs
                    .as_ref()
                    .ok()
                    .zip(found.outputs.as_ref().ok());
                let comparison = both.map(|(reference, program)| compare(reference, program));
                let only_program = comparison
                    .as_ref()
                    .and_then(|comparison| comparison.only_program.as_ref());
                let schedule =
                    only_program.and_then(|outcome| shown_by(second, job, begun, &found, outcome));
                Box::new(Compared {
                    explored,
                    comparison,
                    schedule,
                })
            });
            Done::Explored {
                explored: Box::new(explored),
                comparison,
            }
        }
    }
}

/// Above this, looking for one class among them takes longer than anybody waits.
const SEARCHED: u64 = 20_000;
/// So long it is looked for at least, also where the budget is spent.
const SEARCH: Duration = Duration::from_secs(1);

/// A schedule that leads to an output of the program that was explored last.
fn shown_by(
    program: &Program,
    job: &Job,
    begun: Instant,
    found: &Exploration,
    outcome: &Outcome,
) -> Option<String> {
    if found.classes > SEARCHED {
        return None;
    }
    let mut settings = job.settings();
    settings.time = job.budget.saturating_sub(begun.elapsed()).max(SEARCH);
    let schedule = loaded::schedule_of(&program.runs(), &settings, found, outcome);
    schedule.map(|schedule| schedule.to_string())
}

fn explored(
    program: &Program,
    number: usize,
    job: &Job,
    begun: Instant,
    pool: &mut Option<WorkerPool>,
) -> (Explored, Exploration) {
    let mut once = |stdout_is_locked: bool| {
        lock_stdout(stdout_is_locked);
        let part = helpers::part(number, stdout_is_locked);
        let helpers = pool.as_mut().map(|pool| Helpers { pool, part });
        let exploration = explore_once(program, job, begun, helpers);
        if exploration.limit == Some(Limit::WorkerLost)
            && let Some(signal) = pool.as_mut().and_then(WorkerPool::killed_by)
        {
            // What the program did there it would have done here.
            explore::die_of(signal);
        }
        exploration
    };
    let mut exploration = once(false);
    if stdout_lock_was_missed() {
        exploration = once(true);
    }
    let simulated = loaded::timing(
        &program.runs(),
        &job.settings(),
        &exploration,
        SIMULATIONS,
        SEED,
    );
    let outputs = exploration.outputs.as_ref().ok();
    let explored = Explored {
        verdict: exploration.verdict,
        assumptions: exploration.assumptions.clone(),
        classes: exploration.classes,
        executions: exploration.executions,
        elapsed: exploration.elapsed,
        outputs: outputs.map(|outputs| outputs.count().to_string()),
        list: outputs.map_or_else(Vec::new, |outputs| outputs.list(job.list)),
        endings: outputs.map_or_else(Vec::new, endings),
        guaranteed: exploration.guarantees().unwrap_or_default(),
        timing: simulated.unwrap_or_default(),
        limit: exploration.limit,
        estimate: exploration.estimate,
        failures: exploration.failures.clone(),
        departures: exploration.departures.clone(),
        completes: exploration.completes,
        ask: outputs
            .zip(job.ask.as_ref())
            .map(|(outputs, lines)| ask(outputs, lines)),
    };
    (explored, exploration)
}

fn explore_once(
    program: &Program,
    job: &Job,
    begun: Instant,
    helpers: Option<Helpers<'_>>,
) -> Exploration {
    let mut settings = job.settings();
    settings.time = job.budget.saturating_sub(begun.elapsed());
    let mut told = Instant::now();
    loaded::explore(&program.runs(), &settings, helpers, &mut |standing| {
        if told.elapsed() > TELL {
            told = Instant::now();
            tell(&Line::Progress {
                classes: standing.classes,
                elapsed: standing.elapsed,
            });
        }
        let bytes = explore::resident_bytes() + standing.helpers_bytes;
        !interrupt::interrupted() && bytes <= job.memory_bytes
    })
}

/// Can exactly these lines be printed? Whether the last one ends its line is not asked.
fn ask(outputs: &Automaton, lines: &[String]) -> explorer::Answer {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    match outputs.ask(&text) {
        explorer::Answer::Impossible { .. } if !lines.is_empty() => {
            let open = outputs.ask(text.trim_end_matches('\n'));
            match open {
                explorer::Answer::Possible { .. } => open,
                explorer::Answer::Impossible { .. } => outputs.ask(&text),
            }
        }
        answer => answer,
    }
}

/// The ways the program can end, as far as a short list of outputs shows them.
fn endings(outputs: &Automaton) -> Vec<Ending> {
    const LOOKED_AT: usize = 1000;
    let mut endings: Vec<Ending> = outputs
        .list(LOOKED_AT)
        .into_iter()
        .map(|outcome| outcome.ending)
        .collect();
    endings.sort_unstable();
    endings.dedup();
    endings
}

fn replayed(program: &Program, job: &Job, schedule: &str) -> Done {
    let schedule: Schedule = match schedule.parse() {
        Ok(schedule) => schedule,
        Err(error) => {
            let error: explorer::schedule::InvalidSchedule = error;
            return Done::Misfit {
                reason: error.to_string(),
            };
        }
    };
    let once = || -> Result<Replayed, Misfit> {
        loaded::replay(&program.runs(), &job.settings(), &schedule)
    };
    lock_stdout(false);
    let mut outcome = once();
    let found = matches!(job.question, Question::Replay(_));
    if found && (outcome.is_err() || stdout_lock_was_missed()) {
        // A schedule found with the lock of stdout has steps for it.
        lock_stdout(true);
        outcome = once().or(outcome);
    }
    match outcome {
        Ok(Replayed {
            happenings,
            failures,
            turns,
        }) => Done::Replayed {
            happenings,
            failures,
            turns,
        },
        Err(misfit) => Done::Misfit {
            reason: misfit.to_string(),
        },
    }
}
