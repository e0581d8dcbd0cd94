//! `weft list`: the catalogue of exercises.

use std::io::{BufWriter, Write};

use clap::Command;
use exercises::catalogue;
use exercises::lesson::Lesson;
use messages::lesson as lesson_text;
use showcase::api::listing::Listed;

use crate::cli::{Call, Subcommand, Words};
use crate::failure::Failure;

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
        let listed = Listed::all(call.language);
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
    let title = lesson_text::title(call.language, lesson.id);
    writeln!(out, "{}  {title}", lesson.id)?;
    for (number, _) in (1..).zip(&lesson.scenarios) {
        let scenario = lesson_text::scenario(call.language, lesson.id, number);
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
    for file in lesson.files {
        let described = call.text(&format!("parameter-{}", file.name));
        writeln!(out, "        --{} FILE  {described}", file.name)?;
    }
    Ok(())
}
