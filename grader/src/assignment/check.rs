//! The proofs an assignment owes its students: right answers pass every time, wrong ones never.

use std::path::{Path, PathBuf};

use super::{Assignment, AssignmentError, Decides, Task};
use crate::judge::{Judge, Judgement, TaskSpec};
use crate::verdict::Verdict;

/// At most this many solutions of one kind for one task.
pub const MAX_SOLUTIONS: usize = 200;

/// How an assignment is checked.
#[derive(Clone, Debug)]
pub struct CheckOptions {
    /// How many times the reference has to get full marks.
    pub repeats: u32,
}

impl Default for CheckOptions {
    fn default() -> Self {
        CheckOptions { repeats: 20 }
    }
}

/// What is to be proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The reference gets full marks, every time.
    ReferenceAccepted,
    /// What students are given gets nothing.
    StubEarnsNothing,
    /// A solution in `wrong/` is rejected.
    WrongRejected,
    /// A solution in `right/` is accepted.
    RightAccepted,
    /// There is at least one solution in `wrong/`: a check nobody ever failed proves nothing.
    WrongExists,
    /// What lies in `wrong/` and `right/` is a solution of a task: what is not read proves nothing either.
    AllRead,
}

impl Claim {
    /// The id of its text in the catalogue.
    pub fn text_id(self) -> &'static str {
        match self {
            Claim::ReferenceAccepted => "grading-claim-reference",
            Claim::StubEarnsNothing => "grading-claim-stub",
            Claim::WrongRejected => "grading-claim-wrong",
            Claim::RightAccepted => "grading-claim-right",
            Claim::WrongExists => "grading-claim-wrong-exists",
            Claim::AllRead => "grading-claim-all-read",
        }
    }
}

/// One claim, tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// About which task; of what belongs to none, nothing.
    pub task: String,
    /// What was to be proved.
    pub claim: Claim,
    /// Of which file, where it is about one.
    pub file: Option<PathBuf>,
    /// Whether it holds.
    pub holds: bool,
    /// How many times it was tried.
    pub times: u32,
    /// What was found last: of a claim that does not hold, what refutes it.
    pub found: Option<Judgement>,
}

/// Tries every claim; `progress` hears of each proof as it is done.
pub fn check(
    assignment: &Assignment,
    judge: &dyn Judge,
    options: &CheckOptions,
    mut progress: impl FnMut(&Proof),
) -> Result<Vec<Proof>, AssignmentError> {
    let mut proofs = Vec::new();
    // Releasing is part of what has to work.
    assignment.released()?;
    for task in &assignment.tasks {
        let Decides::Judge { spec, .. } = &task.decides else {
            continue;
        };
        let found = prove_task(assignment, task, spec, judge, options, &mut progress)?;
        proofs.extend(found);
    }
    for file in unread(assignment)? {
        let proof = Proof {
            task: String::new(),
            claim: Claim::AllRead,
            file: Some(file),
            holds: false,
            times: 0,
            found: None,
        };
        progress(&proof);
        proofs.push(proof);
    }
    Ok(proofs)
}

/// What lies among the solutions and is none: in the folder of no task that a judge decides, or with an ending nobody
/// reads. A misspelled name must not look like a proof.
fn unread(assignment: &Assignment) -> Result<Vec<PathBuf>, AssignmentError> {
    let mut unread = Vec::new();
    for kind in ["right", "wrong"] {
        for path in entries(&assignment.folder.join(kind))? {
            let is_of = |(task, _): (&Task, _)| path.file_name() == Some(task.id.as_ref());
            if path.is_dir() && assignment.judged().any(is_of) {
                let inside = entries(&path)?.into_iter();
                unread.extend(inside.filter(|path| path.is_dir() || !is_solution(path)));
            } else {
                unread.push(path);
            }
        }
    }
    Ok(unread)
}

fn prove_task(
    assignment: &Assignment,
    task: &Task,
    spec: &TaskSpec,
    judge: &dyn Judge,
    options: &CheckOptions,
    progress: &mut impl FnMut(&Proof),
) -> Result<Vec<Proof>, AssignmentError> {
    let mut proofs = Vec::new();
    let mut tried = |claim,
                     file: Option<PathBuf>,
                     answer: &str,
                     repeats,
                     holds: &dyn Fn(&Judgement) -> bool| {
        let mut proof = Proof {
            task: task.id.clone(),
            claim,
            file,
            holds: repeats > 0,
            times: 0,
            found: None,
        };
        while proof.holds && proof.times < repeats {
            let judgement = judge.judge(spec, answer);
            proof.holds = holds(&judgement);
            proof.times += 1;
            proof.found = Some(judgement);
        }
        progress(&proof);
        proofs.push(proof);
    };
    let reference = spec.reference.as_deref().unwrap_or_default();
    tried(
        Claim::ReferenceAccepted,
        None,
        reference,
        options.repeats,
        &is_full,
    );
    tried(Claim::StubEarnsNothing, None, &task.stub, 1, &|judgement| {
        !judgement.verdict.is_ours() && judgement.verdict.share(judgement.share) == 0.0
    });
    for (file, text) in solutions(&assignment.folder.join("right").join(&task.id))? {
        tried(Claim::RightAccepted, Some(file), &text, 1, &is_full);
    }
    let wrong = solutions(&assignment.folder.join("wrong").join(&task.id))?;
    let none = wrong.is_empty();
    for (file, text) in wrong {
        let wanted = wanted_verdict(&text);
        tried(Claim::WrongRejected, Some(file), &text, 1, &|judgement| {
            is_rejection(judgement.verdict, wanted)
        });
    }
    if none {
        let proof = Proof {
            task: task.id.clone(),
            claim: Claim::WrongExists,
            file: None,
            holds: false,
            times: 0,
            found: None,
        };
        progress(&proof);
        proofs.push(proof);
    }
    Ok(proofs)
}

fn is_full(judgement: &Judgement) -> bool {
    judgement.verdict == Verdict::Accepted
}

/// A solution may say in its first line how it fails: `// verdict: TimeLimit`.
fn wanted_verdict(text: &str) -> Option<Verdict> {
    let line = text.lines().next()?;
    let name = line
        .trim()
        .strip_prefix("//")?
        .trim()
        .strip_prefix("verdict:")?;
    Verdict::from_name(name.trim(), 0.5)
}

/// A solution that does not even compile, or is never compiled to the end, proves nothing about a check, unless it is
/// meant to.
fn is_rejection(found: Verdict, wanted: Option<Verdict>) -> bool {
    match wanted {
        Some(wanted) => found.name() == wanted.name(),
        None => !matches!(
            found,
            Verdict::Accepted
                | Verdict::Internal
                | Verdict::CompileError
                | Verdict::CompileLimit
                | Verdict::Invalid
        ),
    }
}

fn solutions(folder: &Path) -> Result<Vec<(PathBuf, String)>, AssignmentError> {
    let mut paths = entries(folder)?;
    paths.retain(|path| is_solution(path) && !path.is_dir());
    if paths.len() > MAX_SOLUTIONS {
        return Err(AssignmentError::TooManySolutions {
            path: folder.to_owned(),
        });
    }
    paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).map_err(AssignmentError::file(&path))?;
            Ok((path, text))
        })
        .collect()
}

fn is_solution(path: &Path) -> bool {
    path.extension()
        .is_some_and(|end| end == "rs" || end == "md")
}

/// What is in a folder, sorted; nothing where there is none. What editors and systems hide is not looked at.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, AssignmentError> {
    let all = match std::fs::read_dir(folder) {
        Ok(all) => all,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(AssignmentError::file(folder)(error)),
    };
    let mut paths = Vec::new();
    for entry in all {
        let entry = entry.map_err(AssignmentError::file(folder))?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}
