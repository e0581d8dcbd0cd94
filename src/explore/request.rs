//! What `weft explore` can be asked.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Arg, ArgGroup, ArgMatches, Command, value_parser};
use explorer::job::Question;
use explorer::{Happening, Turn};
use student::{Edition, Error, Source};

use super::{document, picture, steps};
use crate::cli::{Call, Words};
use crate::failure::Failure;
use crate::parameters;
use crate::timeline;
use crate::values;

/// The time an exploration may take where nothing is said.
const BUDGET_SECONDS: u64 = 10;
/// The longest one that may be asked for.
const BUDGET_LIMIT: u64 = 24 * 60 * 60;
/// As many outputs as anybody looks at.
const LIST_LIMIT: u64 = 100_000;
/// The exploration ends when it has filled so much memory, where nothing is said.
const MEMORY_MEGABYTES: u64 = 1024;
/// With less there is no room for a program; more has no machine.
const MEMORY_RANGE: std::ops::RangeInclusive<u64> = 64..=1 << 20;
/// More than can be gone through in the longest time.
const CLASSES_LIMIT: u64 = 1_000_000_000_000;

/// The command line.
pub fn define(command: Command, words: Words) -> Command {
    command
        .about(words.of("help-explore"))
        .after_help(words.of("help-explore-after"))
        .arg(
            words
                .positional("file", "FILE.rs", "help-explore-file")
                .value_parser(value_parser!(PathBuf))
                .required_unless_present("equal"),
        )
        .arg(words.option("scenario", "N", "help-explore-scenario"))
        .args(parameters::flags(words))
        .arg(words.flag("json", "help-json"))
        .arg(values::whole::<u64>(
            words.option("budget", "SECONDS", "help-explore-budget"),
            1..=BUDGET_LIMIT,
        ))
        .arg(words.option("replay", "SCHEDULE", "help-explore-replay"))
        .arg(
            words
                .option(timeline::OPTION, "FILE", "help-explore-timeline")
                .value_parser(value_parser!(PathBuf))
                .requires("steps"),
        )
        .arg(
            words
                .option("play", "STEPS", "help-explore-play")
                .num_args(0..=1)
                .default_missing_value("")
                .conflicts_with_all(["replay", "ask", "list", "equal"]),
        )
        .arg(words.option("ask", "LINES", "help-explore-ask"))
        .arg(values::whole::<u64>(
            words.option("list", "N", "help-explore-list"),
            1..=LIST_LIMIT,
        ))
        .arg(values::whole::<u64>(
            words.option("classes", "N", "help-explore-classes"),
            1..=CLASSES_LIMIT,
        ))
        .arg(values::whole::<u64>(
            words.option("memory", "MEGABYTES", "help-explore-memory"),
            MEMORY_RANGE,
        ))
        .arg(
            words
                .option("equal", "A.rs B.rs", "help-explore-equal")
                .num_args(2)
                .value_names(["A.rs", "B.rs"])
                .value_parser(value_parser!(PathBuf))
                .conflicts_with_all(["file", "replay", "ask", "list"]),
        )
        .arg(
            words
                .option("edition", "YEAR", "help-explore-edition")
                .value_parser(Edition::ALL.map(Edition::name))
                .default_value(Edition::default().name())
                .hide_default_value(true),
        )
        .arg(
            // For the kernel: the file holds a cell, which may be statements without a `main`.
            words.flag("cell", "help-explore-cell").hide(true),
        )
        .arg(
            // The same: what `--play` shows is written there, in words and in parts.
            words
                .option("save", "FILE", "help-run-save")
                .value_parser(value_parser!(PathBuf))
                .requires("steps")
                .requires("cell")
                .hide(true),
        )
        .arg(
            // The same: how far it is is written there.
            Arg::new("progress")
                .long("progress")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .hide(true),
        )
        .group(ArgGroup::new("steps").args(["replay", "play"]))
}

/// What was asked for.
pub struct Request {
    pub files: Vec<PathBuf>,
    pub edition: Edition,
    pub cell: bool,
    pub json: bool,
    pub budget: Duration,
    pub question: Question,
    pub list: usize,
    /// No more classes than this.
    pub classes: Option<u64>,
    /// No more memory than this.
    pub memory_bytes: u64,
    pub ask: Option<Vec<String>>,
    pub save: Option<PathBuf>,
    /// Where it is told how far it is.
    pub progress: Option<PathBuf>,
    /// Where a schedule is drawn.
    pub picture: Option<timeline::Place>,
}

impl Request {
    pub fn read(matches: &ArgMatches) -> Result<Self, Failure> {
        let files: Vec<PathBuf> = match matches.get_many::<PathBuf>("equal") {
            Some(files) => files.cloned().collect(),
            None => matches
                .get_one::<PathBuf>("file")
                .cloned()
                .into_iter()
                .collect(),
        };
        let text = |name: &str| matches.get_one::<String>(name);
        let number = |name: &str| matches.get_one::<u64>(name).copied();
        Ok(Self {
            files,
            edition: text("edition")
                .and_then(|year| year.parse().ok())
                .unwrap_or_default(),
            cell: matches.get_flag("cell"),
            json: matches.get_flag("json"),
            budget: Duration::from_secs(number("budget").unwrap_or(BUDGET_SECONDS)),
            question: match (text("replay"), text("play")) {
                (Some(schedule), _) => Question::Replay(schedule.clone()),
                (None, Some(chosen)) => Question::Play(chosen.clone()),
                (None, None) => Question::Explore,
            },
            list: number("list").map_or(0, |count| usize::try_from(count).unwrap_or(usize::MAX)),
            classes: number("classes"),
            memory_bytes: number("memory").unwrap_or(MEMORY_MEGABYTES) << 20,
            ask: text("ask").map(|lines| asked(lines)),
            save: matches.get_one::<PathBuf>("save").cloned(),
            progress: matches.get_one::<PathBuf>("progress").cloned(),
            picture: timeline::Place::asked(matches)?,
        })
    }

    /// A schedule, in words.
    pub fn steps(
        &self,
        shown: &document::Shown<'_>,
        happenings: &[Happening],
        failures: &[explorer::Failure],
        turns: &[Turn],
    ) -> std::io::Result<()> {
        let Question::Play(chosen) = &self.question else {
            let drawn = self.picture.is_some() || self.save.is_some();
            steps::replayed(shown, happenings, failures, drawn)?;
            return match &self.save {
                Some(place) => {
                    let document = picture::document(shown.call, happenings, turns);
                    std::fs::write(place, serde_json::to_vec(&document)?)
                }
                None => Ok(()),
            };
        };
        let step = |name: &str| match (self.cell, chosen.as_str()) {
            (true, _) => format!(":play {name}"),
            (false, "") => format!("--play {name}"),
            (false, before) => format!("--play {before}.{name}"),
        };
        let Some(place) = &self.save else {
            return steps::played(shown, happenings, failures, turns, &step);
        };
        let game = steps::game(shown, happenings, failures, turns, &step)?;
        std::fs::write(place, serde_json::to_vec(&game)?)
    }

    /// A schedule, as a picture, where one was asked for.
    pub fn draw(
        &self,
        call: &Call<'_>,
        happenings: &[Happening],
        turns: &[Turn],
    ) -> Result<(), Failure> {
        match &self.picture {
            Some(place) => {
                let document = picture::document(call, happenings, turns);
                place.draw(&mut std::io::stdout().lock(), call, &document)
            }
            None => Ok(()),
        }
    }

    /// What is wrong with the last step the user chose.
    pub fn no_turn(&self) -> Option<Failure> {
        let Question::Play(chosen) = &self.question else {
            return None;
        };
        let step = chosen.rsplit('.').next().unwrap_or_default();
        Some(Failure::usage("error-explore-turn").with("step", step.to_owned()))
    }

    pub fn source(&self, path: &Path) -> Result<Source, Error> {
        let source = Source::read(path, self.edition)?;
        Ok(if self.cell {
            Source::cell(&source.text, self.edition)
        } else {
            source
        })
    }
}

/// "a|b" is two lines. Spaces around the bar belong to nobody.
fn asked(lines: &str) -> Vec<String> {
    if lines.trim().is_empty() {
        return Vec::new();
    }
    lines
        .split('|')
        .map(|line| line.trim().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_lines_between_bars() {
        assert_eq!(
            asked("start A | exit A|main"),
            ["start A", "exit A", "main"]
        );
        assert_eq!(asked(" "), Vec::<String>::new());
    }
}
