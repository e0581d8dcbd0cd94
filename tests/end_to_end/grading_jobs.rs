//! A class graded in parts by the jobs of `docs/jobs`, as they stand there.

use std::fs;
use std::path::Path;

use crate::grading::Class;
use crate::support::{Finished, MINUTE, repository, weft};

/// A class whose assignment has the name that stands in the jobs, and what one grading finds.
fn class(name: &str) -> (Class, serde_json::Value) {
    let class = Class::new(name);
    class.archive();
    class.grade("whole", &[]).exits(0);
    let whole = class.grades("whole");
    let folder = class.scratch.path();
    fs::rename(folder.join("first"), folder.join("relay")).expect("another name");
    (class, whole)
}

/// What a machine of theirs would do: `weft` is in its `PATH`, and what it is told in its environment.
fn play(class: &Class, script: &str, told: &[(&str, &str)]) -> Finished {
    let path = std::env::var("PATH").expect("a path");
    let program = Path::new(weft()).parent().expect("a folder");
    let words = ["-ec", script];
    let mut step = class.scratch.program("sh", &words).within(10 * MINUTE);
    step = step.env("PATH", format!("{}:{path}", program.display()));
    for (name, value) in told {
        step = step.env(name, value);
    }
    step.run()
}

fn job(name: &str) -> String {
    let path = repository().join("docs/jobs").join(name);
    fs::read_to_string(path).expect("a job")
}

/// The only line of the job that has these words, without what stands before them.
fn words_after<'a>(job: &'a str, before: &str) -> &'a str {
    let mut lines = job.lines().filter_map(|line| line.split_once(before));
    let (_, after) = lines.next().expect("a line");
    assert_eq!(lines.next(), None, "{before}");
    after
}

#[test]
fn the_job_for_slurm_grades_a_class_in_parts_that_can_be_merged() {
    let (class, whole) = class("slurm");
    let script = job("slurm.sh");
    let last = words_after(&script, "#SBATCH --array=1-");
    for number in 1..=last.parse().expect("a number") {
        let number: u32 = number;
        let told = [
            ("SLURM_ARRAY_TASK_ID", number.to_string()),
            ("SLURM_ARRAY_TASK_COUNT", last.to_owned()),
            ("SLURM_CPUS_PER_TASK", "2".to_owned()),
        ];
        let told = told.each_ref().map(|(name, value)| (*name, value.as_str()));
        play(&class, &script, &told).exits(0);
    }
    let merge = words_after(&script, "--wrap '").trim_end_matches('\'');
    play(&class, merge, &[]).exits(0);
    assert_eq!(class.grades("grades")["submissions"], whole["submissions"]);
}

#[test]
fn the_job_for_kubernetes_grades_a_class_in_parts_that_can_be_merged() {
    let (class, whole) = class("kubernetes");
    let job = job("kubernetes.yaml");
    // A folded text of YAML: its lines are one line. The volume is this folder.
    let text = job.lines().skip_while(|line| line.trim() != "- >-").skip(1);
    let depth = |line: &str| line.len() - line.trim_start().len();
    let lines: Vec<&str> = text.clone().take_while(|line| depth(line) > 12).collect();
    let here = format!("{}/", class.scratch.path().display());
    let script = lines.join(" ").replace("/class/", &here);
    let parts = words_after(&job, "completions: ");
    for index in 0..parts.parse::<u32>().expect("a number") {
        let index = index.to_string();
        play(&class, &script, &[("JOB_COMPLETION_INDEX", &index)]).exits(0);
    }
    let merge = words_after(&job, "#   weft grade merge ").replace("/class/", &here);
    play(&class, &format!("weft grade merge {merge}"), &[]).exits(0);
    assert_eq!(class.grades("grades")["submissions"], whole["submissions"]);
}
