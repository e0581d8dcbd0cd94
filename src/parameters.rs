//! The parameters of exercises as flags: `--n_threads 5`.
//!
//! They come from the catalogue of exercises, so the help, the completions and the messages about
//! mistakes name exactly what exists.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, ArgMatches};
use exercises::catalogue;
use exercises::lesson::{Lesson, Parameter};
use messages::Language;

use crate::cli::Words;
use crate::failure::{self, Failure};

/// The file that is a list of sites.
const SITES: &str = "sites";

/// One flag for every parameter name the catalogue knows.
pub fn flags(words: Words) -> Vec<Arg> {
    let mut flags: Vec<Arg> = Vec::new();
    for name in names() {
        // Written with a hyphen too, as flags usually are.
        let hyphenated = name.replace('_', "-");
        let mut flag = words
            .option(name, "N", &format!("parameter-{name}"))
            .allow_negative_numbers(true)
            .help_heading(words.of("help-heading-parameters"));
        let described = format!(
            "{} ({})",
            words.of(&format!("parameter-{name}")),
            used_by(name)
        );
        flag = flag.help(described);
        if hyphenated != name {
            flag = flag.alias(hyphenated);
        }
        flags.push(flag);
    }
    for name in file_names() {
        let users: Vec<&str> = catalogue::all()
            .iter()
            .filter(|lesson| lesson.file(name).is_some())
            .map(|lesson| lesson.id)
            .collect();
        let described = format!(
            "{} ({})",
            words.of(&format!("parameter-{name}")),
            users.join(", ")
        );
        flags.push(
            words
                .option(name, "FILE", &format!("parameter-{name}"))
                .value_parser(clap::value_parser!(PathBuf))
                .value_hint(clap::ValueHint::FilePath)
                .help(described)
                .help_heading(words.of("help-heading-parameters")),
        );
    }
    flags
}

/// The first parameter of exercises that is given.
pub fn given(matches: &ArgMatches) -> Option<&'static str> {
    let all = names().into_iter().chain(file_names());
    all.into_iter().find(|name| matches.contains_id(name))
}

fn names() -> Vec<&'static str> {
    let mut names = Vec::new();
    for lesson in catalogue::all() {
        for parameter in lesson.parameters {
            if !names.contains(&parameter.name) {
                names.push(parameter.name);
            }
        }
    }
    names
}

fn file_names() -> Vec<&'static str> {
    let mut names = Vec::new();
    for file in catalogue::all().iter().flat_map(|lesson| lesson.files) {
        if !names.contains(&file.name) {
            names.push(file.name);
        }
    }
    names
}

/// "s1e1, s1e3: 0..=64 [10]", grouped by range and default.
fn used_by(name: &str) -> String {
    let mut groups: Vec<(&Parameter, Vec<&str>)> = Vec::new();
    for lesson in catalogue::all() {
        for parameter in lesson.parameters.iter().filter(|p| p.name == name) {
            let same = |known: &Parameter| {
                (known.min, known.max, known.default)
                    == (parameter.min, parameter.max, parameter.default)
            };
            match groups.iter_mut().find(|(known, _)| same(known)) {
                Some((_, ids)) => ids.push(lesson.id),
                None => groups.push((parameter, vec![lesson.id])),
            }
        }
    }
    let described: Vec<String> = groups
        .iter()
        .map(|(parameter, ids)| {
            format!(
                "{}: {}..={} [{}]",
                ids.join(", "),
                parameter.min,
                parameter.max,
                parameter.default
            )
        })
        .collect();
    described.join("; ")
}

/// The parameters given for `lesson`, checked against its ranges.
pub fn read(
    matches: &ArgMatches,
    lesson: &Lesson,
    language: Language,
) -> Result<BTreeMap<String, i64>, Failure> {
    let mut given = BTreeMap::new();
    for name in names() {
        let Some(value) = matches.get_one::<String>(name) else {
            continue;
        };
        let Some(parameter) = lesson.parameters.iter().find(|p| p.name == name) else {
            return Err(not_a_parameter(name, lesson, language));
        };
        given.insert(
            parameter.name.to_owned(),
            in_range(value, parameter, lesson)?.into(),
        );
    }
    Ok(given)
}

/// The files given for `lesson`. A list that is wrong is refused here, before anything is played.
pub fn files(
    matches: &ArgMatches,
    lesson: &Lesson,
    language: Language,
) -> Result<BTreeMap<String, PathBuf>, Failure> {
    let mut given = BTreeMap::new();
    for name in file_names() {
        let Some(path) = matches.get_one::<PathBuf>(name) else {
            continue;
        };
        if lesson.file(name).is_none() {
            return Err(not_a_parameter(name, lesson, language));
        }
        if name == SITES {
            exercises::squirrel::read_list(path).map_err(|error| {
                Failure::usage("error-sites")
                    .with("option", format!("--{name}"))
                    .with("path", path.display().to_string())
                    .with("reason", failure::reason(&error))
            })?;
        }
        given.insert(name.to_owned(), path.clone());
    }
    Ok(given)
}

fn in_range(value: &str, parameter: &Parameter, lesson: &Lesson) -> Result<u32, Failure> {
    value
        .parse()
        .ok()
        .filter(|number| (parameter.min..=parameter.max).contains(number))
        .ok_or_else(|| {
            Failure::usage("error-parameter-range")
                .with("id", lesson.id)
                .with("option", format!("--{}", parameter.name))
                .with("value", value.to_owned())
                .with("min", parameter.min)
                .with("max", parameter.max)
                .with("default", parameter.default)
        })
}

fn not_a_parameter(name: &str, lesson: &Lesson, language: Language) -> Failure {
    let option = format!("--{name}");
    if lesson.parameters.is_empty() && lesson.files.is_empty() {
        return Failure::usage("error-no-parameters")
            .with("id", lesson.id)
            .with("option", option);
    }
    Failure::usage("error-not-a-parameter")
        .with("id", lesson.id)
        .with("option", option)
        .with("allowed", allowed(lesson, language))
}

fn allowed(lesson: &Lesson, language: Language) -> String {
    let described: Vec<String> = lesson
        .parameters
        .iter()
        .map(|parameter| {
            messages::format(
                language,
                "parameter-allowed",
                &[
                    ("option", format!("--{}", parameter.name).into()),
                    ("min", parameter.min.into()),
                    ("max", parameter.max.into()),
                ],
            )
        })
        .chain(
            lesson
                .files
                .iter()
                .map(|file| format!("--{} FILE", file.name)),
        )
        .collect();
    described.join(", ")
}

/// The failure for an unknown option of `weft run ID`: names the parameters of that exercise.
pub fn unknown(option: &str, args: &[OsString]) -> Option<Failure> {
    let mut words = args.iter().skip(1).filter_map(|arg| arg.to_str());
    words.by_ref().find(|word| *word == "run")?;
    let lesson = words.find_map(catalogue::find)?;
    let name = option.trim_start_matches('-');
    let name = name.split('=').next().unwrap_or(name);
    // The language was checked before the command line was read.
    let language = wanted(args);
    Some(not_a_parameter(name, lesson, language))
}

fn wanted(args: &[OsString]) -> Language {
    crate::cli::wanted_language(args).unwrap_or_default()
}
