//! Other processes that explore with this one.
use crate::program::Program;
use crate::{seal, stall};
use explorer::job::{Job, Question};
use explorer::model::io::lock_stdout;
use explorer::{Part, WorkerPool};

/// Makes helpers ready where the job allows them, and then forbids this process to start any more. Where the system
/// gives none, this process explores alone.
pub fn prepare(job: &Job) -> std::io::Result<Option<WorkerPool>> {
    let helps = job.workers > 1 && matches!(job.question, Question::Explore);
    let pool = helps.then(|| pool(job)).and_then(Result::ok);
    seal::close(&job.seal)?;
    Ok(pool)
}

/// By which number helpers know a program: which one it is, and whether stdout has a lock that is seen.
pub fn part(program: usize, stdout_is_locked: bool) -> u32 {
    program as u32 * 2 + u32::from(stdout_is_locked)
}

fn pool(job: &Job) -> std::io::Result<WorkerPool> {
    let (libraries, filter) = (job.libraries.clone(), job.seal.clone());
    WorkerPool::new(
        job.workers,
        Box::new(move || {
            let sealed = seal::close(&filter).is_ok();
            stall::watch();
            let mut programs: Vec<Option<Program>> = libraries.iter().map(|_| None).collect();
            Box::new(move |part| {
                let program = part as usize / 2;
                let loaded = programs.get_mut(program).filter(|_| sealed)?;
                if loaded.is_none() {
                    *loaded = Program::load(&libraries[program]).ok();
                }
                lock_stdout(part % 2 == 1);
                loaded.as_ref().map(|program| Part::new(program.runs()))
            })
        }),
    )
}
