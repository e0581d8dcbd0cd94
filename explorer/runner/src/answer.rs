//! From a job to its answer.
use crate::program::Program;
use crate::{helpers, interrupt, not_loaded, tell};
use explorer::job::{Compared, Done, Explored, Job, Line, Question, Spurious, Untried};
use explorer::model::io::{lock_stdout, stdout_lock_was_missed};
use explorer::{
    Allowance, Automaton, Exploration, Guarantees, Helpers, Limit, Misfit, NotCounted, Outcome,
    Relation, Replayed, Schedule, Settings, Spent, Standing, Timing, Verdict, WorkerPool,
    compare_within, explore, loaded,
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
        Question::Explore => match programs.get(1) {
            None => alone(program, job, &mut pool),
            Some(second) => compared(program, second, job, &mut pool),
        },
    }
}

/// One program, and what a spurious wake-up does to it.
fn alone(program: &Program, job: &Job, pool: &mut Option<WorkerPool>) -> Done {
    let begun = Instant::now();
    let mut searched = match Searched::whole(program, 0, job, job.budget, pool) {
        Ok(searched) => searched,
        Err(done) => return *done,
    };
    let answer = |explored: &Explored| Done::Explored {
        explored: Box::new(explored.clone()),
        comparison: None,
    };
    searched.tried(program, job, begun, &answer);
    answer(&searched.explored)
}

/// Above this, looking for one class among them takes longer than anybody waits.
const SEARCHED: u64 = 20_000;
/// So long it is looked for at least, also where the budget is spent.
const SEARCH: Duration = Duration::from_secs(1);
/// What is made of the classes may take so much longer than the budget.
const AFTERWARDS: Duration = Duration::from_secs(3);

/// So much memory for it: some more than the search may have filled.
fn bytes_afterwards(job: &Job) -> u64 {
    job.memory_bytes.saturating_add(job.memory_bytes / 8)
}

/// Two programs: each has half of the budget, and what the first leaves of it besides is for the second. Where their
/// outputs are the same, it is tried what a spurious wake-up does to the second: the first is the reference.
fn compared(first: &Program, second: &Program, job: &Job, pool: &mut Option<WorkerPool>) -> Done {
    let begun = Instant::now();
    let half = job.budget / 2;
    let reference = match Searched::whole(first, 0, job, half, pool) {
        Ok(searched) => searched,
        Err(done) => return *done,
    };
    let rest = job.budget.saturating_sub(begun.elapsed()).max(half);
    let mut program = match Searched::whole(second, 1, job, rest, pool) {
        Ok(searched) => searched,
        Err(done) => return *done,
    };
    let left = job.budget.saturating_sub(begun.elapsed());
    let mut is_interrupted = interrupt::interrupted;
    let allowance = Allowance::new(left + SEARCH, bytes_afterwards(job), &mut is_interrupted);
    let (one, other) = (&reference.found.outputs, &program.found.outputs);
    let comparison = match (one, other) {
        (Ok(one), Ok(other)) => compare_within(one, other, &allowance).ok(),
        _ => None,
    };
    let only_program = comparison
        .as_ref()
        .and_then(|comparison| comparison.only_program.as_ref());
    let schedule =
        only_program.and_then(|outcome| shown_by(second, job, left, &program.found, outcome));
    let is_equal = comparison
        .as_ref()
        .is_some_and(|comparison| comparison.relation == Relation::Equal);
    let answer = |explored: &Explored| Done::Explored {
        explored: Box::new(reference.explored.clone()),
        comparison: Some(Box::new(Compared {
            explored: explored.clone(),
            comparison: comparison.clone(),
            schedule: schedule.clone(),
        })),
    };
    if is_equal {
        program.tried(second, job, begun, &answer);
    }
    answer(&program.explored)
}

/// A schedule that leads to an output of the program that was explored last.
fn shown_by(
    program: &Program,
    job: &Job,
    left: Duration,
    found: &Exploration,
    outcome: &Outcome,
) -> Option<String> {
    if found.classes > SEARCHED {
        return None;
    }
    let mut settings = job.settings();
    settings.time = left.max(SEARCH);
    let mut is_interrupted = interrupt::interrupted;
    let allowance = Allowance::new(settings.time, bytes_afterwards(job), &mut is_interrupted);
    let schedule = loaded::schedule_of(&program.runs(), &settings, found, outcome, &allowance);
    schedule.map(|schedule| schedule.to_string())
}

/// A program that was explored: what is told, and what it was made of.
struct Searched {
    explored: Explored,
    found: Exploration,
}

impl Searched {
    /// Explores a program, tells what was found, and works out what follows from it. Where it came to what has no
    /// model, that is the answer.
    fn whole(
        program: &Program,
        number: usize,
        job: &Job,
        budget: Duration,
        pool: &mut Option<WorkerPool>,
    ) -> Result<Self, Box<Done>> {
        let begun = Instant::now();
        let mut searched = Self::first(program, number, job, budget, pool);
        if let Some((line, what)) = searched.found.beyond {
            return Err(Box::new(Done::NotModelled { what, line }));
        }
        tell(&Line::Found(Box::new(searched.explored.clone())));
        let left = budget.saturating_sub(begun.elapsed());
        let mut is_interrupted = interrupt::interrupted;
        let allowance = Allowance::new(
            left + AFTERWARDS,
            bytes_afterwards(job),
            &mut is_interrupted,
        );
        searched.explored.cut_short = searched.work_out(program, job, &allowance).err();
        Ok(searched)
    }

    /// The search alone.
    fn first(
        program: &Program,
        number: usize,
        job: &Job,
        budget: Duration,
        pool: &mut Option<WorkerPool>,
    ) -> Self {
        let begun = Instant::now();
        let mut once = |stdout_is_locked: bool| {
            lock_stdout(stdout_is_locked);
            let part = helpers::part(number, stdout_is_locked);
            let helpers = pool.as_mut().map(|pool| Helpers { pool, part });
            let left = budget.saturating_sub(begun.elapsed());
            let found = explore_once(program, job, left, helpers);
            if found.limit == Some(Limit::WorkerLost)
                && let Some(signal) = pool.as_mut().and_then(WorkerPool::killed_by)
            {
                // What the program did there it would have done here.
                explore::die_of(signal);
            }
            found
        };
        let mut found = once(false);
        if stdout_lock_was_missed() {
            found = once(true);
        }
        let explored = Explored {
            verdict: found.verdict,
            assumptions: found.assumptions.clone(),
            classes: found.classes,
            executions: found.executions,
            elapsed: found.elapsed,
            outputs: None,
            list: Vec::new(),
            endings: Vec::new(),
            failures: found.failures.clone(),
            departures: found.departures.clone(),
            completes: found.completes,
            guaranteed: Guarantees::default(),
            timing: Timing::default(),
            limit: found.limit,
            estimate: found.estimate,
            ask: None,
            cut_short: None,
            spurious: None,
        };
        Self { explored, found }
    }

    /// Tries what a spurious wake-up does to it, where that is asked for and makes sense. The job has been worked at since
    /// `begun`.
    fn tried(
        &mut self,
        program: &Program,
        job: &Job,
        begun: Instant,
        answer: &impl Fn(&Explored) -> Done,
    ) {
        if job.disturb && self.is_worth_disturbing() {
            // What is tried now may crash, or come to no end.
            tell(&Line::Calm(Box::new(answer(&self.explored))));
            let left = job.budget.saturating_sub(begun.elapsed());
            self.disturb(program, job, left);
        }
    }

    /// It goes well, as far as notifications go, and waits for some.
    fn is_worth_disturbing(&self) -> bool {
        self.found.waits
            && self.explored.verdict == Verdict::Proved
            && self.explored.failures.is_empty()
            && self.explored.cut_short.is_none()
    }

    /// What a spurious wake-up does to it.
    fn disturb(&mut self, program: &Program, job: &Job, time: Duration) {
        let settings = Settings {
            time,
            ..job.settings()
        };
        let mut is_interrupted = interrupt::interrupted;
        let bytes = bytes_afterwards(job);
        let allowance = Allowance::new(time + AFTERWARDS, bytes, &mut is_interrupted);
        let once = || {
            let mut watch = watcher(job, self.explored.elapsed);
            let runs = program.runs();
            loaded::disturbed(&runs, &settings, &self.found, &allowance, &mut watch)
        };
        let mut disturbed = once();
        if stdout_lock_was_missed() {
            lock_stdout(true);
            disturbed = once();
        }
        self.explored.spurious = Some(Spurious {
            untried: disturbed.limit.map(Untried::from),
            woken: disturbed.woken,
        });
    }

    /// What follows from the classes, as far as there is an allowance for it.
    fn work_out(
        &mut self,
        program: &Program,
        job: &Job,
        allowance: &Allowance<'_>,
    ) -> Result<(), Spent> {
        let (explored, found) = (&mut self.explored, &mut self.found);
        found.find_outputs(job.settings().max_states, allowance);
        explored.elapsed = found.elapsed;
        let outputs = match &found.outputs {
            Ok(outputs) => outputs,
            Err(NotCounted::TooLarge(_)) => return Ok(()),
            Err(NotCounted::Spent(spent)) => return Err(*spent),
        };
        explored.outputs = Some(outputs.count().to_string());
        explored.list = outputs.list(job.list);
        explored.endings = outputs.all_endings().into_iter().collect();
        explored.ask = job.ask.as_ref().map(|lines| ask(outputs, lines));
        let Some(orders) = outputs.orders(allowance)? else {
            return Ok(());
        };
        let whole = |text: &str| Some(text.to_owned());
        explored.guaranteed = found.guarantees_of(&orders, whole, allowance)?;
        let (runs, settings) = (program.runs(), job.settings());
        explored.timing =
            loaded::timing_of(&runs, &settings, &orders, SIMULATIONS, SEED, allowance)?;
        Ok(())
    }
}

fn explore_once(
    program: &Program,
    job: &Job,
    time: Duration,
    helpers: Option<Helpers<'_>>,
) -> Exploration {
    let settings = Settings {
        time,
        // What was found is told before the outputs are worked out.
        max_states: 0,
        ..job.settings()
    };
    loaded::explore(
        &program.runs(),
        &settings,
        helpers,
        &mut watcher(job, Duration::ZERO),
    )
}

/// Tells how far it is, so long after the first search began, and whether to go on.
fn watcher(job: &Job, before: Duration) -> impl FnMut(&Standing) -> bool + use<'_> {
    let mut told = Instant::now();
    move |standing| {
        if told.elapsed() > TELL {
            told = Instant::now();
            tell(&Line::Progress {
                classes: standing.classes,
                elapsed: before + standing.elapsed,
            });
        }
        let bytes = explore::resident_bytes() + standing.helpers_bytes;
        !interrupt::interrupted() && bytes <= job.memory_bytes
    }
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
    let once = |settings: &Settings, stdout_is_locked: bool| -> Result<Replayed, Misfit> {
        lock_stdout(stdout_is_locked);
        loaded::replay(&program.runs(), settings, &schedule)
    };
    let calm = job.settings();
    let mut outcome = once(&calm, false);
    if matches!(job.question, Question::Replay(_)) {
        if outcome.is_err() || stdout_lock_was_missed() {
            // A schedule found with the lock of stdout has steps for it.
            outcome = once(&calm, true).or(outcome);
        }
        if outcome.is_err() {
            // One found with spurious wake-ups has steps that nothing else allows.
            let disturbed = calm.with_spurious_wakeups();
            let again = once(&disturbed, false).or_else(|_| once(&disturbed, true));
            outcome = again.or(outcome);
        }
    }
    match outcome {
        Ok(Replayed {
            beyond: Some((line, what)),
            ..
        }) => Done::NotModelled { what, line },
        Ok(Replayed {
            happenings,
            failures,
            turns,
            beyond: None,
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
