//! What a submission of five tasks costs: one crate, values, a shaken order contract twenty times, child processes, a
//! forbidden sleep, threads whose outputs are compared with the teacher's in every schedule. Beside it nbgrader on five Python cells (1.06 s of processor, 1.5 s on the clock).

use grader::build::Toolchain;
use grader::check::BoxJudge;
use grader::judge::{Judge, TaskSpec};
use grader::sandbox::{Helper, Policy, Sandbox};
use grader::verdict::Verdict;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const TASKS: &str = include_str!("five_tasks.toml");

#[derive(serde::Deserialize)]
struct Assignment {
    tasks: Vec<TaskSpec>,
}

/// Of this process, and of the boxes.
fn processor_time() -> [Duration; 2] {
    [UsageWho::RUSAGE_SELF, UsageWho::RUSAGE_CHILDREN].map(|who| {
        let usage = getrusage(who).expect("usage");
        let time =
            |time: TimeVal| Duration::new(time.tv_sec() as u64, time.tv_usec() as u32 * 1000);
        time(usage.user_time()) + time(usage.system_time())
    })
}

fn main() {
    let submissions: usize =
        std::env::var("SUBMISSIONS").map_or(20, |text| text.parse().expect("a number"));
    let jobs: usize = std::env::var("JOBS").map_or(2, |text| text.parse().expect("a number"));
    let helper = Helper {
        program: env!("CARGO_BIN_EXE_weft-box").into(),
        arguments: Vec::new(),
    };
    let sandbox = Sandbox::new(helper, Policy::Strict).expect("a sandbox");
    let toolchain = Toolchain::find(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("a toolchain");
    let judge = BoxJudge::new(sandbox, toolchain);
    let assignment: Assignment = toml::from_str(TASKS).expect("an assignment");
    let answers: Vec<(&TaskSpec, &str)> = assignment
        .tasks
        .iter()
        .map(|task| (task, task.reference.as_deref().expect("a reference")))
        .collect();
    let in_runs = Mutex::new(0.0);
    let grade = || {
        for (judgement, (task, _)) in judge.judge_all(&answers).iter().zip(&answers) {
            let runs = judgement.runs.iter().map(|run| run.cpu_ms);
            *in_runs.lock().expect("a sum") += runs.sum::<f64>();
            assert_eq!(
                judgement.verdict,
                Verdict::Accepted,
                "{}: {:?}",
                task.id,
                judgement.why
            );
        }
    };
    // The references are built once.
    grade();
    *in_runs.lock().expect("a sum") = 0.0;
    let (begin, before, next) = (Instant::now(), processor_time(), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                while next.fetch_add(1, Ordering::Relaxed) < submissions {
                    grade();
                }
            });
        }
    });
    let each = |time: Duration| time.as_secs_f64() / submissions as f64;
    let after = processor_time();
    let [own, boxes] = [0, 1].map(|place| each(after[place] - before[place]));
    println!(
        "{submissions} submissions of {} tasks, {jobs} jobs: {:.3} CPU s ({own:.3} own, {boxes:.3} in boxes, \
         {:.3} of it in runs) and {:.3} s a submission",
        answers.len(),
        own + boxes,
        in_runs.into_inner().expect("a sum") / submissions as f64 / 1000.0,
        each(begin.elapsed()),
    );
}
