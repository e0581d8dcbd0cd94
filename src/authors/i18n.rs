//! `weft i18n report | new | update`: how far the languages are, and what a translator works on.

use std::io::Write;
use std::path::PathBuf;

use clap::{ArgMatches, Command};
use notebooks::beginning;
use notebooks::checkout::Checkout;
use notebooks::report::{self, Count, Kind, State};
use serde::Serialize;
use textwrap::core::display_width;

use super::{checkout, refused, root, shown};
use crate::cli::{Call, Subcommand, Words};
use crate::failure::Failure;

/// The subcommand.
pub const SUBCOMMAND: Subcommand = Subcommand {
    name: "i18n",
    define,
    run,
};

/// The most of a missing text that is shown: enough to find it by.
const SHOWN: usize = 72;

fn define(command: Command, words: Words) -> Command {
    let step = |name, help| {
        words
            .subcommand(name)
            .about(words.of(help))
            .arg(root(words))
    };
    command
        .about(words.of("help-i18n"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(
            step("report", "help-i18n-report")
                .arg(words.positional("language", "LANG", "help-i18n-report-language"))
                .arg(words.flag("json", "help-json")),
        )
        .subcommand(
            step("new", "help-i18n-new").arg(
                words
                    .positional("language", "LANG", "help-i18n-new-language")
                    .required(true),
            ),
        )
        .subcommand(
            step("update", "help-i18n-update")
                .arg(
                    words
                        .positional("language", "LANG", "help-i18n-update-language")
                        .required(true),
                )
                .arg(words.positional("chapter", "CHAPTER", "help-i18n-update-chapter")),
        )
}

fn run(call: &Call<'_>) -> Result<(), Failure> {
    let Some((step, matches)) = call.matches.subcommand() else {
        return Err(
            Failure::usage("error-missing-argument").with("argument", "report, new, update")
        );
    };
    let checkout = checkout(matches)?;
    match step {
        "report" => tell(call, matches, &checkout),
        "new" => begin(call, matches, &checkout),
        _ => update(call, matches, &checkout),
    }
}

fn value<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a str> {
    matches.get_one::<String>(name).map(String::as_str)
}

/// The JSON document of the report.
#[derive(Serialize)]
struct Document<'a> {
    languages: &'a [State],
}

fn tell(call: &Call<'_>, matches: &ArgMatches, checkout: &Checkout) -> Result<(), Failure> {
    let only = value(matches, "language");
    let states = report::report(checkout, only).map_err(refused)?;
    let mut out = std::io::stdout().lock();
    if matches.get_flag("json") {
        let document = Document { languages: &states };
        serde_json::to_writer_pretty(&mut out, &document).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(());
    }
    for state in &states {
        write_table(&mut out, call, state)?;
        if only.is_some() {
            write_open(&mut out, call, state)?;
        }
    }
    Ok(())
}

fn write_table(out: &mut impl Write, call: &Call<'_>, state: &State) -> Result<(), Failure> {
    let heads = ["messages", "translated", "fuzzy", "missing", "obsolete"]
        .map(|column| call.text(&format!("i18n-column-{column}")));
    let total = call.text("i18n-total");
    let names = state.parts.iter().map(|part| part.name.as_str());
    let widest = names
        .chain([total.as_str(), state.language.as_str()])
        .map(display_width)
        .max()
        .unwrap_or_default();
    write!(out, "{}{}", state.language, gap(&state.language, widest))?;
    for head in &heads {
        write!(out, "  {head}")?;
    }
    writeln!(out)?;
    let mut row = |name: &str, count: Count| -> Result<(), Failure> {
        write!(out, "{name}{}", gap(name, widest))?;
        let numbers = [
            count.messages,
            count.translated,
            count.fuzzy,
            count.missing,
            count.obsolete,
        ];
        for (head, number) in heads.iter().zip(numbers) {
            let number = number.to_string();
            write!(out, "  {}{number}", gap(&number, display_width(head)))?;
        }
        writeln!(out)?;
        Ok(())
    };
    for part in &state.parts {
        row(&part.name, part.count)?;
    }
    row(&total, state.total)?;
    if !state.built_in {
        let code = state.language.as_str().into();
        writeln!(
            out,
            "{}",
            call.format("i18n-not-built-in", &[("code", code)])
        )?;
    }
    writeln!(out)?;
    Ok(())
}

/// The blanks that bring a text to this width.
fn gap(text: &str, width: usize) -> String {
    " ".repeat(width.saturating_sub(display_width(text)))
}

/// What is missing or fuzzy, part by part.
fn write_open(out: &mut impl Write, call: &Call<'_>, state: &State) -> Result<(), Failure> {
    for part in state.parts.iter().filter(|part| !part.open.is_empty()) {
        let named = match part.kind {
            Kind::Chapter => format!("notebooks/chapters/{}/po/{}.po", part.name, state.language),
            Kind::Program => format!("messages/locales/{}/{}", state.language, part.name),
            Kind::Glossary => format!("notebooks/i18n/{}", part.name),
        };
        let args = [("path", named.into())];
        writeln!(out, "{}", call.format("i18n-open", &args))?;
        for text in &part.open {
            match text.char_indices().nth(SHOWN) {
                Some((end, _)) => writeln!(out, "  {}...", &text[..end])?,
                None => writeln!(out, "  {text}")?,
            }
        }
    }
    Ok(())
}

fn tell_written(
    out: &mut impl Write,
    call: &Call<'_>,
    checkout: &Checkout,
    written: &[PathBuf],
) -> std::io::Result<()> {
    for path in written {
        let path = [("path", shown(checkout.short(path)).into())];
        writeln!(out, "{}", call.format("notebook-written", &path))?;
    }
    Ok(())
}

fn begin(call: &Call<'_>, matches: &ArgMatches, checkout: &Checkout) -> Result<(), Failure> {
    let code = value(matches, "language").unwrap_or_default();
    let written = beginning::begin(checkout, code).map_err(refused)?;
    let mut out = std::io::stdout().lock();
    tell_written(&mut out, call, checkout, &written)?;
    let row = beginning::table_row(code);
    let args = [("code", code.into())];
    writeln!(out, "\n{}", call.text("i18n-next"))?;
    for step in 1..=6 {
        let said = call.format(&format!("i18n-next-{step}"), &args);
        writeln!(out, "{step}. {said}")?;
        if step == 4 {
            writeln!(out, "\n{row}")?;
        }
    }
    Ok(())
}

fn update(call: &Call<'_>, matches: &ArgMatches, checkout: &Checkout) -> Result<(), Failure> {
    let code = value(matches, "language").unwrap_or_default();
    let written = checkout
        .update(code, value(matches, "chapter"))
        .map_err(refused)?;
    let mut out = std::io::stdout().lock();
    tell_written(&mut out, call, checkout, &written)?;
    if written.is_empty() {
        writeln!(out, "{}", call.text("i18n-up-to-date"))?;
    }
    Ok(())
}
