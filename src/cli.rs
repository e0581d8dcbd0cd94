//! The command line: one table of subcommands, from which parsing, help, completions and the
//! explanation of mistakes come.
//!
//! Every word of the help comes from the catalogue, so the language has to be known before the
//! command line can be read; `--lang` is therefore looked for first.

use std::ffi::{OsStr, OsString};
use std::io::Write;

use clap::builder::{PossibleValue, StyledStr, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};
use messages::Language;

use crate::failure::Failure;
use crate::{
    authors, completions, doctor, explore, grading, install, kernel_command, lab, list, man,
    parameters, run, serve, trace, values,
};

/// A subcommand: its definition for clap and what it does.
pub struct Subcommand {
    /// The word on the command line.
    pub name: &'static str,
    /// Adds description and arguments to an empty command of that name.
    pub define: fn(Command, Words) -> Command,
    /// Does it.
    pub run: fn(&Call<'_>) -> Result<(), Failure>,
}

/// Every subcommand, in the order of the help.
pub const SUBCOMMANDS: &[Subcommand] = &[
    lab::SUBCOMMAND,
    list::SUBCOMMAND,
    run::SUBCOMMAND,
    explore::SUBCOMMAND,
    trace::SUBCOMMAND,
    grading::SUBMIT,
    grading::ASSIGNMENT,
    grading::GRADE,
    serve::SUBCOMMAND,
    doctor::SUBCOMMAND,
    install::INSTALL,
    install::UNINSTALL,
    kernel_command::SUBCOMMAND,
    authors::NOTEBOOKS,
    authors::I18N,
    completions::SUBCOMMAND,
    man::SUBCOMMAND,
];

/// One call of a subcommand.
pub struct Call<'a> {
    /// What was asked for.
    pub matches: &'a ArgMatches,
    /// The reader's language.
    pub language: Language,
}

impl Call<'_> {
    /// A text of the catalogue.
    pub fn text(&self, id: &str) -> String {
        messages::text(self.language, id)
    }

    /// A text with variables.
    pub fn format(&self, id: &str, args: &[(&str, messages::Value<'_>)]) -> String {
        messages::format(self.language, id, args)
    }
}

/// The words of the help, in the reader's language.
#[derive(Clone, Copy)]
pub struct Words(Language);

impl Words {
    /// A text of the catalogue.
    pub fn of(self, id: &str) -> String {
        messages::text(self.0, id)
    }

    /// A subcommand of a subcommand.
    pub fn subcommand(self, name: &'static str) -> Command {
        localised(Command::new(name), self)
    }

    /// A flag without a value.
    pub fn flag(self, name: &'static str, help: &str) -> Arg {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(self.of(help))
            .help_heading(self.of("help-heading-options"))
    }

    /// An option with a value.
    pub fn option(self, name: &'static str, value: &'static str, help: &str) -> Arg {
        Arg::new(name)
            .long(name)
            .value_name(value)
            .help(self.of(help))
            .help_heading(self.of("help-heading-options"))
            .hide_possible_values(true)
    }

    /// A value given by its place.
    pub fn positional(self, name: &'static str, value: &'static str, help: &str) -> Arg {
        Arg::new(name)
            .value_name(value)
            .help(self.of(help))
            .help_heading(self.of("help-heading-arguments"))
            .hide_possible_values(true)
    }
}

/// Reads the command line and does what it says.
pub fn run(args: Vec<OsString>) -> (Language, Result<(), Failure>) {
    let language = match wanted_language(&args) {
        Ok(language) => language,
        Err(failure) => return (Language::from_environment(), Err(failure)),
    };
    (language, perform(&args, language))
}

fn perform(args: &[OsString], language: Language) -> Result<(), Failure> {
    let matches = match command(language).try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => return explain(&error, args),
    };
    let Some((name, matches)) = matches.subcommand() else {
        return Err(Failure::Help(
            command(language).render_long_help().to_string(),
        ));
    };
    match SUBCOMMANDS.iter().find(|known| known.name == name) {
        Some(subcommand) => (subcommand.run)(&Call { matches, language }),
        None => Err(Failure::usage("error-unknown-command").with("name", name.to_owned())),
    }
}

/// The whole definition, in this language.
pub fn command(language: Language) -> Command {
    let words = Words(language);
    let mut root = localised(Command::new("weft"), words)
        .about(words.of("help-weft"))
        .after_help(words.of("help-weft-after"))
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(words.of("help-version"))
                .help_heading(words.of("help-heading-options")),
        )
        .arg(
            words
                .option("lang", "LANG", "help-lang")
                .help(messages::format(
                    language,
                    "help-lang",
                    &[("languages", codes(language).into())],
                ))
                .global(true)
                .value_parser(LanguageParser),
        )
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true);
    for subcommand in SUBCOMMANDS {
        let empty = localised(Command::new(subcommand.name), words);
        root = root.subcommand((subcommand.define)(empty, words));
    }
    root
}

/// Reads `--lang`: offers the codes, and understands names of locales as well.
#[derive(Clone)]
struct LanguageParser;

impl TypedValueParser for LanguageParser {
    type Value = Language;

    fn parse_ref(
        &self,
        command: &Command,
        _arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Language, clap::Error> {
        let unknown = || clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
        value
            .to_str()
            .and_then(|wish| wish.parse().ok())
            .ok_or_else(unknown)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let codes = Language::ALL.map(|language| PossibleValue::new(language.code()));
        Some(Box::new(codes.into_iter()))
    }
}

/// Help whose headings are in the reader's language too.
fn localised(command: Command, words: Words) -> Command {
    let usage = words.of("help-heading-usage");
    command
        .help_template(StyledStr::from(format!(
            "{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"
        )))
        .subcommand_help_heading(words.of("help-heading-commands"))
        .subcommand_value_name("COMMAND")
        .disable_help_flag(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(words.of("help-help"))
                .help_heading(words.of("help-heading-options")),
        )
}

/// The language asked for by `--lang`, else by the surroundings.
pub fn wanted_language(args: &[OsString]) -> Result<Language, Failure> {
    let mut rest = args.iter().skip(1).map(OsString::as_os_str);
    while let Some(arg) = rest.next() {
        if arg == OsStr::new("--") {
            break;
        }
        let Some(arg) = arg.to_str() else { continue };
        let wish = if arg == "--lang" {
            rest.next().map(|wish| wish.to_string_lossy().into_owned())
        } else {
            arg.strip_prefix("--lang=").map(str::to_owned)
        };
        if let Some(wish) = wish {
            return wish.parse().map_err(|_| {
                Failure::usage("error-unknown-language")
                    .with("name", wish)
                    .with("languages", codes(Language::from_environment()))
            });
        }
    }
    Ok(Language::from_environment())
}

/// The languages on offer, for a sentence in this one.
fn codes(language: Language) -> String {
    let separator = messages::text(language, "list-separator");
    Language::ALL.map(Language::code).join(&separator)
}

/// Says what is wrong with a command line, in our own words.
fn explain(error: &clap::Error, args: &[OsString]) -> Result<(), Failure> {
    let given = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let argument = given(ContextKind::InvalidArg).unwrap_or_default();
    let value = given(ContextKind::InvalidValue).unwrap_or_default();
    Err(match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            write!(std::io::stdout(), "{}", error.render())?;
            return Ok(());
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Failure::Help(error.render().to_string())
        }
        ErrorKind::UnknownArgument => {
            if let Some(failure) = parameters::unknown(&argument, args) {
                failure
            } else if let Some(near) = given(ContextKind::SuggestedArg) {
                Failure::usage("error-unknown-option-near")
                    .with("option", argument)
                    .with("near", near)
            } else {
                Failure::usage("error-unknown-option").with("option", argument)
            }
        }
        ErrorKind::InvalidSubcommand => {
            let name = given(ContextKind::InvalidSubcommand).unwrap_or_default();
            let parent = parent(args);
            // Of several, the last one is the nearest.
            let near = given(ContextKind::SuggestedSubcommand)
                .and_then(|near| near.rsplit(", ").next().map(str::to_owned));
            match near {
                Some(near) => Failure::usage("error-unknown-command-near")
                    .with("name", format!("{parent}{name}"))
                    .with("near", format!("{parent}{near}")),
                None if !parent.is_empty() => Failure::usage("error-unknown-step")
                    .with("name", format!("{parent}{name}"))
                    .with("parent", parent.trim_end().to_owned()),
                None => Failure::usage("error-unknown-command").with("name", name),
            }
        }
        ErrorKind::MissingRequiredArgument => {
            // What may be given several times has dots behind it.
            let argument = argument.trim_end_matches("...").to_owned();
            Failure::usage("error-missing-argument").with("argument", argument)
        }
        // The list of all exercises is no help: `weft list` says what they are.
        ErrorKind::InvalidValue if argument == "<ID>" => {
            Failure::usage("error-unknown-exercise").with("id", value)
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            Failure::usage("error-missing-value").with("option", argument)
        }
        ErrorKind::InvalidValue => match given(ContextKind::ValidValue) {
            Some(valid) => Failure::usage("error-value-not-offered")
                .with("option", argument)
                .with("value", value)
                .with("valid", valid),
            None => Failure::usage("error-value")
                .with("option", argument)
                .with("value", value),
        },
        ErrorKind::ValueValidation => values::refused(error)
            .unwrap_or_else(|| Failure::usage("error-value"))
            .with("option", argument)
            .with("value", value),
        ErrorKind::ArgumentConflict => match given(ContextKind::PriorArg) {
            Some(prior) if prior != argument => Failure::usage("error-conflict")
                .with("option", argument)
                .with("other", prior),
            _ => Failure::usage("error-given-twice").with("option", argument),
        },
        // The only ones whose values are counted take none.
        ErrorKind::TooManyValues => Failure::usage("error-takes-no-value")
            .with("option", argument)
            .with("value", value),
        _ => Failure::usage("error-command-line").with("reason", error.to_string()),
    })
}

/// `assignment `, where the mistake is in the words of `weft assignment`; else nothing.
fn parent(args: &[OsString]) -> String {
    let words = args.iter().skip(1).filter_map(|word| word.to_str());
    for word in words {
        let known = SUBCOMMANDS.iter().find(|known| known.name == word);
        if let Some(known) = known {
            let defined = (known.define)(Command::new(known.name), Words(Language::En));
            let has_steps = defined.get_subcommands().next().is_some();
            return if has_steps {
                format!("{} ", known.name)
            } else {
                String::new()
            };
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(words: &[&str]) -> Vec<OsString> {
        std::iter::once("weft")
            .chain(words.iter().copied())
            .map(OsString::from)
            .collect()
    }

    #[test]
    fn the_definition_holds_in_every_language() {
        for language in Language::ALL {
            command(language).debug_assert();
        }
    }

    fn check_help(command: &mut Command, language: Language) {
        let help = command.render_long_help().to_string();
        assert!(!help.contains("help-"), "{help}");
        assert!(
            !help.contains("Usage:") || language == Language::En,
            "{help}"
        );
        for subcommand in command.get_subcommands_mut() {
            check_help(subcommand, language);
        }
    }

    #[test]
    fn every_help_text_is_in_the_catalogue() {
        for language in Language::ALL {
            let mut root = command(language);
            root.build();
            check_help(&mut root, language);
        }
    }

    #[test]
    fn lang_is_found_before_anything_else_is_read() {
        let wanted = |words: &[&str]| wanted_language(&args(words)).ok();
        assert_eq!(wanted(&["--lang", "fa", "nonsense"]), Some(Language::Fa));
        assert_eq!(wanted(&["list", "--lang=zh_TW"]), Some(Language::ZhTw));
        assert_eq!(wanted(&["list", "--lang", "xx"]), None);
        assert!(
            command(Language::En)
                .try_get_matches_from(args(&["list", "--lang", "zh_TW.UTF-8"]))
                .is_ok()
        );
    }

    #[test]
    fn mistakes_are_explained_by_name() {
        for (words, id) in [
            (&["lsit"][..], "error-unknown-command-near"),
            (&["frobnicate"], "error-unknown-command"),
            (&["list", "--jsn"], "error-unknown-option-near"),
            (&["run"], "error-missing-argument"),
            (&["run", "s9e9"], "error-unknown-exercise"),
            (&["run", "s1e1", "--scenario", "4"], "error-scenario"),
            (&["run", "s1e1", "--scenario", "two"], "error-scenario"),
            (
                &["run", "s1e1", "--n_threads", "65"],
                "error-parameter-range",
            ),
            (
                &["run", "s1e1", "--n_threads", "-1"],
                "error-parameter-range",
            ),
            (
                &["run", "s1e1", "--n_process", "3"],
                "error-not-a-parameter",
            ),
            (&["run", "s1e1", "--n_cats", "3"], "error-not-a-parameter"),
            (&["run", "s1e2", "--n_threads", "3"], "error-no-parameters"),
            (&["run", "s1e1", "--seed", "-1"], "error-seed"),
            (&["run", "s1e1", "--shake", "1.5"], "error-shake"),
            (&["run", "s1e1", "--time-scale", "nan"], "error-time-scale"),
            (&["run", "s1e1", "--scenario"], "error-missing-value"),
            (&["install", "--user", "--sys-prefix"], "error-conflict"),
            (&["completions", "tcl"], "error-value-not-offered"),
            (&["serve", "--behind-proxy=x"], "error-takes-no-value"),
            (&["serve", "--runs", "0"], "error-value-whole"),
            (&["lab", "--port", "99999"], "error-value-whole"),
            (&["lab", "--ip", "300.1.1.1"], "error-value-address"),
            (
                &["serve", "--addr", "localhost"],
                "error-value-address-with-port",
            ),
            (&["explore", "s1e6", "--list", "-3"], "error-value-whole"),
            (&["explore", "s1e6", "--budget", "x"], "error-value-whole"),
            (&["list", "--json", "--json"], "error-given-twice"),
            (&["assignment", "chek", "x"], "error-unknown-command-near"),
            (&["assignment", "frobnicate"], "error-unknown-step"),
            (&["assignment", "new"], "error-missing-argument"),
            (&["grade"], "error-missing-argument"),
            (&["grade", "forget"], "error-missing-argument"),
            (&["submit"], "error-missing-argument"),
            (&["i18n", "new"], "error-missing-argument"),
            (&["i18n", "reprot"], "error-unknown-command-near"),
        ] {
            let outcome = perform(&args(words), Language::En);
            match outcome {
                Err(Failure::Said { id: said, .. }) => assert_eq!(said, id, "{words:?}"),
                other => panic!("{words:?}: {other:?}"),
            }
        }
    }
}
