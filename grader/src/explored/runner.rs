//! The process that explores, in a box: it is given a job and programs, and what it says last is read.

use super::model::PARTS;
use super::{ExploreSpec, Open};
use crate::build::{BuildError, STD, Toolchain};
use crate::run::supervise::{Bounds, Breach, Ending, supervise};
use crate::sandbox::orders::Start;
use crate::sandbox::{Calls, Plan, ProcessLimits, Sandbox, View};
use explorer::Spent;
use explorer::job::{Done, Job, Line, Question};
use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;
use student::Parts;

/// After its budget the process may count what it found for so long.
const GRACE_MS: u64 = 10_000;
/// What it may say: its answer, and how far it is five times a second.
const SAYS: u64 = 16 << 20;
/// Room for the programs and the job; nobody in the box can write there.
const SCRATCH: u64 = 256 << 20;
/// What the process takes before it has explored anything, and the programs in its box.
const BASE_MB: u64 = 192;

/// What came back.
#[derive(Debug)]
pub(crate) enum Came {
    /// An answer.
    Done(Done),
    /// None.
    Open(Open),
}

/// Explores these programs; of two, the first is the reference.
pub(crate) fn explore(
    sandbox: &Sandbox,
    toolchain: &Toolchain,
    parts: &Parts,
    spec: &ExploreSpec,
    programs: &[&OwnedFd],
) -> Result<(Came, Ending), BuildError> {
    let wall_ms = spec.budget_ms + GRACE_MS;
    let memory_mb = spec.memory_mb + BASE_MB;
    let plan = Plan {
        view: View {
            readable: vec![
                (toolchain.std.clone(), STD.into()),
                (parts.folder.clone(), PARTS.into()),
            ],
            scratch: Some(SCRATCH),
            proc: false,
        },
        calls: Calls {
            anonymous_files: false,
            sleep: true,
        },
        limits: ProcessLimits {
            cpu_s: wall_ms.div_ceil(1000) + 1,
            // Stacks of virtual threads count as far as they could grow.
            memory: (memory_mb << 20) * 3,
            file: 0,
            threads: 4,
            descriptors: 64,
        },
        memory: memory_mb << 20,
        files: 100,
    };
    let std = sandbox.place(&plan.view, &toolchain.std);
    let inside = parts.moved(&sandbox.place(&plan.view, &parts.folder));
    let mut chamber = sandbox.open(&plan)?;
    let folder = chamber.scratch().to_owned();
    let mut libraries = Vec::new();
    for (place, program) in programs.iter().enumerate() {
        let path = format!("{folder}/{place}.so");
        chamber.put(&path, program.as_fd())?;
        libraries.push(path.into());
    }
    let job = Job {
        libraries,
        budget: Duration::from_millis(spec.budget_ms),
        memory_bytes: spec.memory_mb << 20,
        classes: None,
        question: Question::Explore,
        list: 0,
        ask: None,
        // A box has room for no more: its processor time and its memory are counted together, and a program that could
        // start processes there would be ended for it. Several answers are judged at the same time instead.
        workers: 1,
        disturb: spec.spurious_wakeups,
        seal: Vec::new(),
    };
    let text = serde_json::to_string(&job).map_err(|error| BuildError::System(error.into()))?;
    let path = format!("{folder}/job.json");
    chamber.write(&path, &text)?;
    let search = [&std, &inside.folder, &inside.crates].map(|folder| folder.display().to_string());
    let start = Start {
        program: Some(inside.runner.display().to_string()),
        arguments: vec!["weft-explorer".to_owned(), path],
        environment: vec![("LD_LIBRARY_PATH".to_owned(), search.join(":"))],
        folder: "/".to_owned(),
        channel: false,
    };
    let bounds = Bounds {
        wall: Duration::from_millis(wall_ms),
        cpu_ms: wall_ms,
        memory_kb: memory_mb * 1024,
        threads: 4,
        output: SAYS,
        kept: SAYS as usize,
    };
    let ending = supervise(&mut chamber, start, None, None, &bounds)?;
    Ok((came(&ending, spec, programs.len()), ending))
}

fn came(ending: &Ending, spec: &ExploreSpec, programs: usize) -> Came {
    let text = ending.stdout.text();
    // What it has said it has said, also where a bound was passed on its way out.
    if let Some(Ok(Line::Done(done))) = text.lines().last().map(serde_json::from_str) {
        return Came::Done(*done);
    }
    let time = Open::Time {
        budget_ms: spec.budget_ms,
    };
    let memory = Open::Memory {
        limit_mb: spec.memory_mb,
    };
    let broke = |what: String| Open::Broke { what };
    let said = ending.stderr.text();
    let open = match (ending.breach, ending.ended) {
        (Some(Breach::Time | Breach::Processor), _) => time,
        (Some(Breach::Memory), _) => memory,
        (Some(breach), _) => broke(format!("{breach:?}")),
        _ if said.contains("memory allocation of") => memory,
        (None, Some(ended)) if ended.signal == Some(libc::SIGXCPU) => time,
        (None, Some(ended)) => broke(format!("{ended:?} {}", said.trim())),
        (None, None) => broke(said.trim().to_owned()),
    };
    // Whatever a spurious wake-up did to it, what was found without one stays found.
    let calm = text
        .lines()
        .rev()
        .find_map(|line| match serde_json::from_str(line) {
            Ok(Line::Calm(done)) => Some(*done),
            _ => None,
        });
    if let Some(calm) = calm {
        return Came::Done(calm);
    }
    // What the search had found stays found.
    let why = match open {
        Open::Time { .. } => Spent::Time,
        Open::Memory { .. } => Spent::Memory,
        _ => return Came::Open(open),
    };
    let found = text
        .lines()
        .filter_map(|line| match serde_json::from_str(line) {
            Ok(Line::Found(explored)) => Some(*explored),
            _ => None,
        });
    Done::cut_short(found.collect(), programs, why).map_or(Came::Open(open), Came::Done)
}
