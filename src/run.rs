//! `weft run ID`: one exercise, as text while it runs, or as one JSON document.

use std::io::{IsTerminal as _, Write};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::{ArgMatches, Command};
use exercises::catalogue;
use exercises::lesson::{Lesson, Scene};
use exercises::run::{LIMIT, Request, RunError};
use messages::lesson as lesson_text;
use recorder::Line;
use recorder::document::{Document, RuleReport, Status};

use crate::cli::{Call, Subcommand, Words};
use crate::direction::in_direction;
use crate::failure::{self, Exit, Failure};
use crate::{parameters, timeline};

/// The subcommand.
pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "run",
    define,
    run,
};

/// Columns a paragraph may take: a notebook breaks longer lines in the middle of a word.
const PARAGRAPH_WIDTH: usize = 96;
/// The most `--shake` may delay each library call by, in milliseconds.
const SHAKE_LIMIT: u64 = 1_000;
/// The most `--time-scale` may stretch sleeps by; every run is bounded anyway.
const TIME_SCALE_LIMIT: f64 = 100.0;
/// Removes what stands on the terminal's line (ECMA-48, EL).
const CLEAR_LINE: &str = "\x1b[K";
/// Stands in for `--time-scale` where no command line is written: in notebooks.
const TIME_SCALE_VARIABLE: &str = "WEFT_TIME_SCALE";

fn define(command: Command, words: Words) -> Command {
    let ids = catalogue::all().iter().map(|lesson| lesson.id);
    let number = |name, value, help| words.option(name, value, help).allow_negative_numbers(true);
    command
        .about(words.of("help-run"))
        .after_help(words.of("help-run-after"))
        .arg(
            words
                .positional("id", "ID", "help-run-id")
                .required(true)
                .value_parser(clap::builder::PossibleValuesParser::new(ids)),
        )
        .arg(number("scenario", "N", "help-run-scenario"))
        .args(parameters::flags(words))
        .arg(number("seed", "S", "help-run-seed"))
        .arg(number("shake", "MS", "help-run-shake"))
        .arg(number("time-scale", "X", "help-run-time-scale"))
        .arg(words.flag("json", "help-json"))
        .arg(
            words
                .option("save", "FILE", "help-run-save")
                .value_parser(clap::value_parser!(PathBuf)),
        )
        .arg(
            words
                .option(timeline::OPTION, "FILE", "help-run-timeline")
                .value_parser(clap::value_parser!(PathBuf)),
        )
}

fn run(call: &Call<'_>) -> Result<(), Failure> {
    let lesson = find(call.matches)?;
    let request = request(call, lesson)?;
    let picture = timeline::Place::asked(call.matches)?;
    let mut out = std::io::stdout().lock();
    let json = call.matches.get_flag("json");
    if !json {
        write_head(&mut out, call, lesson, &request)?;
    }
    // A reader who leaves in the middle (`weft run ... | head`) ends the telling, not the run.
    let mut told = Ok(());
    let mut document = perform(request, &mut |line| {
        if !json && told.is_ok() {
            told = write_line(&mut out, call, lesson, line);
        }
    })?;
    lesson_text::add_texts(&mut document, call.language);
    if let Some(path) = call.matches.get_one::<PathBuf>("save") {
        let content = serde_json::to_vec(&document).map_err(std::io::Error::from)?;
        std::fs::write(path, content).map_err(|error| Failure::file(path, &error))?;
    }
    told?;
    if json {
        let content = serde_json::to_vec_pretty(&document).map_err(std::io::Error::from)?;
        out.write_all(&content)?;
        writeln!(out)?;
    } else {
        write_order(&mut out, call, &document)?;
    }
    if let Some(picture) = picture {
        picture.draw(&mut out, call, &document)?;
    }
    verdict(&document)
}

fn find(matches: &ArgMatches) -> Result<&'static Lesson, Failure> {
    let id = matches.get_one::<String>("id").map_or("", String::as_str);
    catalogue::find(id)
        .ok_or_else(|| Failure::usage("error-unknown-exercise").with("id", id.to_owned()))
}

fn request(call: &Call<'_>, lesson: &'static Lesson) -> Result<Request, Failure> {
    let matches = call.matches;
    let shake = number(matches, "shake", |ms: &u64| *ms <= SHAKE_LIMIT).map_err(|value| {
        Failure::usage("error-shake")
            .with("value", value)
            .with("max", SHAKE_LIMIT)
    })?;
    Ok(Request {
        lesson,
        scene: scene(matches, lesson)?,
        params: parameters::read(matches, lesson, call.language)?,
        files: parameters::files(matches, lesson, call.language)?,
        seed: Some(seed(matches)?),
        shake_ms: shake.unwrap_or(0),
        time_scale: Some(time_scale(matches)?),
        limit: LIMIT,
        while_silent: (!matches.get_flag("json") && is_watched()).then_some(show_time),
    })
}

/// The value of an option, `None` if it was not given, or what was given instead of one.
fn number<T: FromStr>(
    matches: &ArgMatches,
    name: &str,
    allowed: impl Fn(&T) -> bool,
) -> Result<Option<T>, String> {
    let Some(value) = matches.get_one::<String>(name) else {
        return Ok(None);
    };
    match value.parse().ok().filter(allowed) {
        Some(number) => Ok(Some(number)),
        None => Err(value.clone()),
    }
}

fn scene(matches: &ArgMatches, lesson: &Lesson) -> Result<Scene, Failure> {
    let wrong = |value: String| {
        Failure::usage("error-scenario")
            .with("id", lesson.id)
            .with("value", value)
            .with("last", Scene::ALL.len())
    };
    let asked = number(matches, "scenario", |_: &i64| true).map_err(wrong)?;
    match asked {
        None => Ok(Scene::First),
        Some(number) => Scene::from_number(number).ok_or_else(|| wrong(number.to_string())),
    }
}

/// The seed given, else one that differs from run to run, short enough to be typed again.
fn seed(matches: &ArgMatches) -> Result<u64, Failure> {
    let given = number(matches, "seed", |_: &u64| true)
        .map_err(|value| Failure::usage("error-seed").with("value", value))?;
    Ok(given.unwrap_or_else(|| {
        let nanos = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |now| now.subsec_nanos());
        u64::from((nanos ^ std::process::id().rotate_left(16)) % 1_000_000)
    }))
}

fn time_scale(matches: &ArgMatches) -> Result<f64, Failure> {
    let allowed = |scale: &f64| (0.0..=TIME_SCALE_LIMIT).contains(scale);
    let wrong = |option: &str, value: String| {
        Failure::usage("error-time-scale")
            .with("option", option.to_owned())
            .with("value", value)
            .with("max", TIME_SCALE_LIMIT)
    };
    if let Some(scale) =
        number(matches, "time-scale", allowed).map_err(|value| wrong("--time-scale", value))?
    {
        return Ok(scale);
    }
    match std::env::var(TIME_SCALE_VARIABLE) {
        Ok(value) if !value.is_empty() => value
            .parse()
            .ok()
            .filter(allowed)
            .ok_or_else(|| wrong(TIME_SCALE_VARIABLE, value)),
        _ => Ok(1.0),
    }
}

/// Whether somebody looks at a terminal where lines appear.
fn is_watched() -> bool {
    std::io::stdout().is_terminal() && std::io::stderr().is_terminal()
}

/// "  ... 12 s" in the place where the next line will stand.
fn show_time(elapsed: Duration) {
    eprint!("\r{CLEAR_LINE}  ... {} s", elapsed.as_secs());
}

fn perform(request: Request, on_line: &mut dyn FnMut(&Line)) -> Result<Document, Failure> {
    exercises::run::run(request, on_line).map_err(|error| match error {
        RunError::Interrupted(_) => Failure::new(Exit::Failed, "error-run-interrupted"),
        other => Failure::new(Exit::Failed, "error-run").with("reason", failure::reason(&other)),
    })
}

fn write_head(
    out: &mut impl Write,
    call: &Call<'_>,
    lesson: &Lesson,
    request: &Request,
) -> Result<(), Failure> {
    writeln!(
        out,
        "{}  {}",
        lesson.id,
        lesson_text::title(call.language, lesson.id)
    )?;
    let number = request.scene.number();
    let scenario = lesson_text::scenario(call.language, lesson.id, number);
    let head = [("number", number.into()), ("title", scenario.into())];
    let said = call.format("run-scenario", &head);
    writeln!(out, "{}", in_direction(call.language, &said))?;
    for parameter in lesson.parameters {
        let value = request
            .params
            .get(parameter.name)
            .copied()
            .unwrap_or(parameter.default.into());
        writeln!(out, "{} = {value}", parameter.name)?;
    }
    for (name, path) in &request.files {
        writeln!(out, "{name} = {}", path.display())?;
    }
    if let Some(seed) = request.seed {
        writeln!(out, "seed = {seed}")?;
    }
    writeln!(out)?;
    out.flush()?;
    Ok(())
}

/// "  12.3 ms  #3  Function called by thread 2": when, which lane, what.
fn write_line(
    out: &mut impl Write,
    call: &Call<'_>,
    lesson: &Lesson,
    line: &Line,
) -> Result<(), Failure> {
    let text = lesson_text::line(call.language, lesson.id, line);
    let text = in_direction(call.language, &text);
    let lane = format!("#{}", line.lane);
    if is_watched() {
        write!(out, "\r{CLEAR_LINE}")?;
    }
    // Exact enough for a table, and the lossy conversion starts at centuries.
    let ms = line.at_us as f64 / 1000.0;
    writeln!(out, "{ms:>9.1} ms  {lane:<4} {:<12} {text}", line.who)?;
    out.flush()?;
    Ok(())
}

fn write_order(out: &mut impl Write, call: &Call<'_>, document: &Document) -> Result<(), Failure> {
    if is_watched() {
        write!(out, "\r{CLEAR_LINE}")?;
    }
    writeln!(out)?;
    let groups: [(&[RuleReport], &str, &str); 2] = [
        (
            &document.order.guaranteed,
            "run-guaranteed-held",
            "run-guaranteed-broken",
        ),
        (
            &document.order.likely,
            "run-likely-held",
            "run-likely-not-held",
        ),
    ];
    let judged = document.status != Status::Failed;
    for (rules, held, not_held) in groups.into_iter().filter(|_| judged) {
        for report in rules {
            let id = if report.holds { held } else { not_held };
            let rule = report.rule.as_str().into();
            let said = call.format(id, &[("rule", rule)]);
            writeln!(out, "{}", in_direction(call.language, &said))?;
        }
    }
    if !document.result.is_empty() {
        let result = serde_json::to_string(&document.result).map_err(std::io::Error::from)?;
        let args = [("result", result.into())];
        writeln!(out, "{}", call.format("run-result", &args))?;
    }
    if let Some(note) = &document.note {
        writeln!(out)?;
        for line in textwrap::wrap(note, PARAGRAPH_WIDTH) {
            writeln!(out, "{}", in_direction(call.language, &line))?;
        }
    }
    Ok(())
}

/// Whether the run ended as it must.
fn verdict(document: &Document) -> Result<(), Failure> {
    let id = document.exercise.clone();
    match document.status {
        Status::TimedOut => Err(Failure::new(Exit::Failed, "error-run-timed-out").with("id", id)),
        Status::Failed => Err(Failure::new(Exit::Failed, "error-run-failed")
            .with("id", id)
            .with("reason", document.error.clone().unwrap_or_default())),
        Status::Ok if document.keeps_its_contract() => Ok(()),
        Status::Ok => {
            let broken: Vec<&str> = document
                .order
                .guaranteed
                .iter()
                .filter(|report| !report.holds)
                .map(|report| report.rule.as_str())
                .collect();
            Err(Failure::new(Exit::Failed, "error-order-broken")
                .with("id", id)
                .with("rules", broken.join("; "))
                .with("seed", document.seed))
        }
    }
}
