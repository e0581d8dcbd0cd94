//! What a contract is worth, in words.

use explorer::Spent;
use messages::grouped;
use rehearsal::judge::{Counterexample, Judged, Judgement, Open, Standing};
use rehearsal::player::{Play, spoken_in_words};
use rehearsal::possible::Possible;

use super::document::goes_without_saying;
use super::report::{Page, assumption, effort, ending, worth};
use crate::cli::Call;

/// Tells it.
pub fn told(call: &Call<'_>, play: &Play, judgement: &Judgement) -> std::io::Result<()> {
    let mut page = Page::open(call);
    let effort = effort(call, judgement.classes, judgement.elapsed);
    let worth = match judgement.not_modelled {
        // Whatever was gone through, nothing was proved.
        Some(_) => String::new(),
        None => worth(call, judgement.verdict),
    };
    page.line(&worth, &effort)?;
    let params: Vec<String> = play
        .params
        .iter()
        .map(|(name, value)| format!("--{name} {value}"))
        .collect();
    if params.is_empty() {
        page.said("", "contract-played-plain", &[])?;
    } else {
        page.said(
            "",
            "contract-played",
            &[("params", params.join(" ").into())],
        )?;
    }
    if let Some(lack) = judgement.not_modelled {
        let args = [("what", lacking(call, lack.id()).into())];
        return page.said("contract-word-lacks", "contract-lacks", &args);
    }
    if let Some(counterexample) = &judgement.unfinished {
        page.said("contract-word-unfinished", "contract-unfinished", &[])?;
        witness(&mut page, counterexample)?;
    }
    let proved = judgement.verdict == explorer::Verdict::Proved;
    let holds = if proved {
        "contract-word-holds"
    } else {
        "explore-word-held"
    };
    if judgement.end_open.is_some() {
        page.said("contract-word-open", "contract-open-end", &[])?;
    }
    rules(
        &mut page,
        "explore-word-guaranteed",
        &judgement.guaranteed,
        [holds, "contract-word-broken"],
    )?;
    let never_fails = if proved {
        "contract-word-never-fails"
    } else {
        "explore-word-held"
    };
    rules(
        &mut page,
        "explore-word-likely",
        &judgement.likely,
        [never_fails, "contract-word-can-fail"],
    )?;
    if let Some(possible) = &judgement.possible {
        outputs(&mut page, possible)?;
    }
    let said = judgement
        .assumptions
        .iter()
        .filter(|one| !goes_without_saying(one));
    for (index, one) in said.enumerate() {
        let word = if index == 0 {
            call.text("explore-word-assumed")
        } else {
            String::new()
        };
        page.line(&word, &assumption(call, one))?;
    }
    Ok(())
}

/// What the model does not have, in words; names of code are the same in all languages.
pub fn lacking(call: &Call<'_>, id: &str) -> String {
    if id.contains("::") {
        return format!("`{id}`");
    }
    call.text(&format!("contract-lacks-{id}"))
}

/// What can be printed, as far as it was asked for.
fn outputs(page: &mut OnStdout<'_>, possible: &Possible) -> std::io::Result<()> {
    page.line("", "")?;
    let count = [("count", grouped(&possible.count).into())];
    page.said("", "explore-outcomes", &count)?;
    for output in &possible.list {
        let lines: Vec<String> = output.lines.iter().map(spoken_in_words).collect();
        let ending = ending(page.call, output.ending);
        page.line("", &format!("{}   {ending}", lines.join(" | ")))?;
    }
    Ok(())
}

type OnStdout<'a> = Page<'a, std::io::StdoutLock<'static>>;

fn rules(
    page: &mut OnStdout<'_>,
    heading: &str,
    all: &[Judged],
    [holds, broken]: [&str; 2],
) -> std::io::Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    page.line("", "")?;
    let heading = page.call.text(heading);
    page.line(&heading, "")?;
    for judged in all {
        let args = [("rule", judged.rule.to_string().into())];
        match &judged.standing {
            Standing::Holds => page.said(holds, "contract-rule", &args)?,
            Standing::Open(open) => page.said("contract-word-open", why_open(*open), &args)?,
            Standing::Broken(counterexample) => {
                page.said(broken, "contract-rule", &args)?;
                witness(page, counterexample)?;
            }
        }
    }
    Ok(())
}

/// Why a rule is not judged.
fn why_open(open: Open) -> &'static str {
    match open {
        Open::Time => "contract-open-time",
        Open::TooManyOutputs => "contract-open-outputs",
        Open::Spent(Spent::Time) => "contract-open-no-time",
        Open::Spent(Spent::Memory) => "contract-open-no-memory",
        Open::Spent(Spent::Interrupted) => "contract-open-interrupted",
    }
}

fn witness(page: &mut OnStdout<'_>, counterexample: &Counterexample) -> std::io::Result<()> {
    page.line("", &counterexample.printed.join(" | "))?;
    match &counterexample.schedule {
        Some(schedule) => {
            let args = [("schedule", schedule.as_str().into())];
            page.said("", "explore-replay-with", &args)
        }
        None => page.said("", "contract-no-schedule", &[]),
    }
}
