//! `weft list`: the catalogue of exercises.

use std::io::{BufWriter, Write};

use clap::Command;
use exercises::catalogue;
use exercises::lesson::Lesson;
use messages::Language;
use serde::Serialize;

use crate::cli::{Call, Subcommand, Words};
use crate::failure::Failure;
use crate::lesson_text;

/// The subcommand.
pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "list",
    define,
    run,
};

fn define(command: Command, words: Words) -> Command {
    command
        .about(words.of("help-list"))
        .arg(words.flag("json", "help-json"))
}

fn run(call: &Call<'_>) -> Result<(), Failure> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    if call.matches.get_flag("json") {
        let listed = Listed {
            exercises: catalogue::all()
                .iter()
                .map(|lesson| Exercise::of(lesson, call.language))
                .collect(),
        };
        serde_json::to_writer_pretty(&mut out, &listed).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        for lesson in catalogue::all() {
            write_lesson(&mut out, lesson, call)?;
        }
        writeln!(out, "{}", call.text("list-how-to-run"))?;
    }
    out.flush()?;
    Ok(())
}

fn write_lesson(out: &mut impl Write, lesson: &Lesson, call: &Call<'_>) -> Result<(), Failure> {
    let title = lesson_text::title(call.language, lesson);
    writeln!(out, "{}  {title}", lesson.id)?;
    for (number, _) in (1..).zip(&lesson.scenarios) {
        let scenario = lesson_text::scenario(call.language, lesson, number);
        writeln!(out, "        {number}  {scenario}")?;
    }
    for parameter in lesson.parameters {
        let described = call.format(
            "list-parameter",
            &[
                ("option", format!("--{}", parameter.name).into()),
                ("min", parameter.min.into()),
                ("max", parameter.max.into()),
                ("default", parameter.default.into()),
            ],
        );
        writeln!(out, "        {described}")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Listed {
    exercises: Vec<Exercise>,
}

#[derive(Serialize)]
struct Exercise {
    id: &'static str,
    title: String,
    params: Vec<Param>,
    scenarios: Vec<Scenario>,
}

#[derive(Serialize)]
struct Param {
    name: &'static str,
    min: u32,
    max: u32,
    default: u32,
}

#[derive(Serialize)]
struct Scenario {
    number: u32,
    title: String,
    guaranteed: Vec<String>,
    likely: Vec<String>,
}

impl Exercise {
    fn of(lesson: &Lesson, language: Language) -> Exercise {
        let described = |rules: &[_]| rules.iter().map(ToString::to_string).collect();
        Exercise {
            id: lesson.id,
            title: lesson_text::title(language, lesson),
            params: lesson
                .parameters
                .iter()
                .map(|parameter| Param {
                    name: parameter.name,
                    min: parameter.min,
                    max: parameter.max,
                    default: parameter.default,
                })
                .collect(),
            scenarios: (1..)
                .zip(&lesson.scenarios)
                .map(|(number, scenario)| Scenario {
                    number,
                    title: lesson_text::scenario(language, lesson, number),
                    guaranteed: described(scenario.guaranteed),
                    likely: described(scenario.likely),
                })
                .collect(),
        }
    }
}
