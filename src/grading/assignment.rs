//! `weft assignment new | check | release | collect`: what a teacher makes, proves and hands out.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Command, value_parser};
use grader::assignment::{self, CheckOptions, Claim, NewOptions, Proof};
use grader::collect::{CollectOptions, Collected};
use grader::judge::Judgement;
use grader::report::mark;
use grader::{Assignment, collect};

use super::grade::warn_of_passed_over;
use super::{
    chapter_tasks, harmless, is_path, judge, path, policy, progress, proven, refused, shown, trust,
};
use crate::cli::{Call, Subcommand, Words};
use crate::failure::{Exit, Failure};

/// The subcommand.
pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "assignment",
    define,
    run,
};

/// A reference is right often enough only when it was right every time of at most so many.
const MAX_REPEATS: u32 = 1_000;

fn define(command: Command, words: Words) -> Command {
    let folder = || is_path(words.positional("dir", "DIR", "help-assignment-dir")).required(true);
    command
        .about(words.of("help-assignment"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(
            words
                .subcommand("new")
                .about(words.of("help-assignment-new"))
                .arg(
                    is_path(words.positional("dir", "DIR", "help-assignment-new-dir"))
                        .required(true),
                )
                .arg(words.option("name", "NAME", "help-assignment-name"))
                .arg(
                    words
                        .option("chapter", "N", "help-assignment-chapter")
                        .value_parser(value_parser!(u32)),
                ),
        )
        .subcommand(
            words
                .subcommand("check")
                .about(words.of("help-assignment-check"))
                .arg(folder())
                .arg(
                    words
                        .option("repeats", "N", "help-assignment-repeats")
                        .allow_negative_numbers(true),
                )
                .arg(trust(words)),
        )
        .subcommand(
            words
                .subcommand("release")
                .about(words.of("help-assignment-release"))
                .arg(folder()),
        )
        .subcommand(
            words
                .subcommand("collect")
                .about(words.of("help-assignment-collect"))
                .arg(folder())
                .arg(is_path(words.option("from", "WHERE", "help-assignment-from")).required(true))
                .arg(words.flag("replace", "help-assignment-replace")),
        )
}

fn run(call: &Call<'_>) -> Result<(), Failure> {
    let Some((step, matches)) = call.matches.subcommand() else {
        // clap has asked for one.
        return Err(Failure::usage("error-unknown-step"));
    };
    let call = Call {
        matches,
        language: call.language,
    };
    match step {
        "new" => new(&call),
        "check" => check(&call),
        "release" => release(&call),
        _ => collect_all(&call),
    }
}

fn load(call: &Call<'_>) -> Result<Assignment, Failure> {
    Assignment::load(path(call.matches, "dir")).map_err(|error| refused::assignment(&error))
}

fn new(call: &Call<'_>) -> Result<(), Failure> {
    // `weft assignment new .` is called after the folder it is.
    let given = path(call.matches, "dir");
    let folder = std::path::absolute(given).map_err(|error| Failure::file(given, &error))?;
    let made = assignment::new(&NewOptions {
        folder: folder.components().collect::<PathBuf>(),
        name: call.matches.get_one::<String>("name").cloned(),
        language: call.language,
        chapter: call
            .matches
            .get_one("chapter")
            .map(|&chapter| chapter_tasks::of_chapter(chapter, call.language))
            .transpose()?,
    })
    .map_err(|error| refused::assignment(&error))?;
    let mut out = std::io::stdout();
    let say = |id: &str, path: &Path| call.format(id, &[("path", shown(path).into())]);
    let notebook = Path::new("source")
        .join(&made.name)
        .join(format!("{}.ipynb", made.name));
    writeln!(out, "{}", say("assignment-made", given))?;
    for (id, file) in [
        ("assignment-made-notebook", notebook.as_path()),
        ("assignment-made-manifest", Path::new("assignment.toml")),
        ("assignment-made-wrong", Path::new("wrong")),
        ("assignment-made-right", Path::new("right")),
    ] {
        writeln!(out, "  {}", say(id, &given.join(file)))?;
    }
    writeln!(out, "{}", say("assignment-made-next", given))?;
    Ok(())
}

fn check(call: &Call<'_>) -> Result<(), Failure> {
    let repeats = match call.matches.get_one::<String>("repeats") {
        None => CheckOptions::default().repeats,
        Some(given) => given
            .parse()
            .ok()
            .filter(|repeats| (1..=MAX_REPEATS).contains(repeats))
            .ok_or_else(|| {
                Failure::usage("error-assignment-repeats")
                    .with("value", harmless(given))
                    .with("max", MAX_REPEATS)
            })?,
    };
    let assignment = load(call)?;
    progress::say(&call.text("grade-preparing"));
    let judge = judge(
        call,
        policy(call.matches),
        &assignment.folder,
        assignment.asks_for_library(),
    )?;
    proven(call, &judge)?;
    let mut out = std::io::stdout();
    // A reader who leaves in the middle ends the telling; what was proved decides all the same.
    let mut told = Ok(());
    let proofs = assignment::check(&assignment, &judge, &CheckOptions { repeats }, |proof| {
        if told.is_ok() {
            told = tell(&mut out, call, &assignment, proof);
        }
    })
    .map_err(|error| refused::assignment(&error))?;
    told?;
    let by_hand = assignment.tasks.len() - judged(&proofs);
    if by_hand > 0 {
        let count = [("count", by_hand.into())];
        writeln!(out, "{}", call.format("assignment-by-hand", &count))?;
    }
    match proofs.iter().filter(|proof| !proof.holds).count() {
        0 => {
            let count = [("count", proofs.len().into())];
            Ok(writeln!(
                out,
                "{}",
                call.format("assignment-proved", &count)
            )?)
        }
        count => Err(Failure::new(Exit::Failed, "error-assignment-proofs").with("count", count)),
    }
}

/// How many tasks the proofs are about.
fn judged(proofs: &[Proof]) -> usize {
    let mut tasks: Vec<&str> = proofs.iter().map(|proof| proof.task.as_str()).collect();
    tasks.retain(|task| !task.is_empty());
    tasks.dedup();
    tasks.len()
}

/// `[ok] doubled: a wrong solution is rejected: wrong/doubled/adds-one.rs`, and what was found where it says something.
fn tell(
    out: &mut impl Write,
    call: &Call<'_>,
    assignment: &Assignment,
    proof: &Proof,
) -> Result<(), Failure> {
    let status = if proof.holds {
        "doctor-status-ok"
    } else {
        "doctor-status-failed"
    };
    let mut line = format!("[{}] ", call.text(status));
    if !proof.task.is_empty() {
        line.push_str(&format!("{}: ", proof.task));
    }
    line.push_str(&call.text(proof.claim.text_id()));
    if let Some(file) = &proof.file {
        let file = file.strip_prefix(&assignment.folder).unwrap_or(file);
        line.push_str(&format!(": {}", shown(file)));
    }
    if proof.claim == Claim::ReferenceAccepted && proof.holds {
        let times = [("times", proof.times.into())];
        line.push_str(&format!(" ({})", call.format("assignment-times", &times)));
    }
    if let (Claim::WrongRejected, Some(found), true) = (proof.claim, &proof.found, proof.holds) {
        line.push_str(&format!(" ({})", verdict(call, found)));
    }
    writeln!(out, "{line}")?;
    if proof.holds {
        return Ok(());
    }
    if let Some(found) = &proof.found {
        let (said, details) = mark::told(&found.why, call.language);
        let times = [
            ("times", proof.times.into()),
            ("verdict", verdict(call, found).into()),
        ];
        writeln!(out, "    {}", call.format("assignment-found", &times))?;
        writeln!(out, "    {said}")?;
        for detail in details {
            let text = detail.text.lines().map(harmless).collect::<Vec<_>>();
            let text = text.join("\n        ");
            writeln!(out, "    {}: {text}", call.text(detail.label))?;
        }
    }
    let next = match proof.claim {
        Claim::ReferenceAccepted => "assignment-next-reference",
        Claim::StubEarnsNothing => "assignment-next-stub",
        Claim::WrongRejected => "assignment-next-wrong",
        Claim::RightAccepted => "assignment-next-right",
        Claim::WrongExists => "assignment-next-wrong-exists",
        Claim::AllRead => "assignment-next-all-read",
    };
    let tasks: Vec<&str> = assignment
        .judged()
        .map(|(task, _)| task.id.as_str())
        .collect();
    let place = [
        ("task", proof.task.clone().into()),
        ("tasks", tasks.join(", ").into()),
    ];
    writeln!(out, "    {}", call.format(next, &place))?;
    out.flush()?;
    Ok(())
}

fn verdict(call: &Call<'_>, found: &Judgement) -> String {
    call.text(&format!("grading-verdict-{}", found.verdict.name()))
}

fn release(call: &Call<'_>) -> Result<(), Failure> {
    let assignment = load(call)?;
    let path = assignment
        .release()
        .map_err(|error| refused::assignment(&error))?;
    let place = [("path", shown(&path).into())];
    writeln!(
        std::io::stdout(),
        "{}",
        call.format("assignment-released", &place)
    )?;
    Ok(())
}

fn collect_all(call: &Call<'_>) -> Result<(), Failure> {
    let assignment = load(call)?;
    let options = CollectOptions {
        from: path(call.matches, "from").to_owned(),
        replace: call.matches.get_flag("replace"),
    };
    let collected = collect(&assignment, &options).map_err(|error| refused::collect(&error))?;
    let mut out = std::io::stdout();
    let mut refused = 0;
    for (id, what) in &collected.students {
        let said = match what {
            Collected::New => call.text("collected-new"),
            Collected::Same => call.text("collected-same"),
            Collected::Kept => call.text("collected-kept"),
            Collected::Replaced => call.text("collected-replaced"),
            Collected::Refused(problem) => {
                refused += 1;
                mark::problem_said(problem, call.language)
            }
        };
        writeln!(out, "{}: {said}", harmless(id))?;
    }
    let place = [
        ("count", (collected.students.len() - refused).into()),
        ("path", shown(&assignment.folder.join("submitted")).into()),
    ];
    writeln!(out, "{}", call.format("collected", &place))?;
    warn_of_passed_over(call, &collected.passed_over);
    match refused {
        0 => Ok(()),
        count => Err(Failure::new(Exit::Failed, "error-collect").with("count", count)),
    }
}
