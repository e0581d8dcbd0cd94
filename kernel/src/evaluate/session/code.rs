//! One piece of code: compiled, run, and what became of it.

use std::time::{Duration, Instant};

use messages::format;
use serde_json::Value;

use super::{Session, Times};
use crate::evaluate::compiler::CELL_SOURCE;
use crate::evaluate::{
    awaits, completeness, consumed, diagnostics, endings, statics, variable_types, warnings,
};
use crate::language::{CellOutcome, MimeBundle, StreamName};
use crate::output::pump::Report;

/// How evcxr begins its complaint about a variable whose type rust-analyzer does not know.
const UNKNOWN_TYPE: &str = "Couldn't automatically determine type of variable";
/// What the standard library says of a line that is not text (`BufRead::lines`).
const NO_TEXT: &str = "stream did not contain valid UTF-8";
/// A cell with variables of unknown type is annotated at most so often.
const ANNOTATIONS: usize = 3;

/// The phase in which evcxr runs a cell; all others get it ready.
const RUNNING: &str = "Execution";
/// Where source stands that is no file's.
const CELL: &str = "cell";
/// The crate whose presence makes evcxr's way with `.await` the right one.
const OWN_EXECUTOR: &str = "tokio";

impl Session {
    /// Runs code or one of evcxr's own commands. `Ok` holds the value of the last expression.
    pub(crate) fn evaluate(
        &mut self,
        cell: u32,
        code: &str,
    ) -> Result<Option<MimeBundle>, CellOutcome> {
        statics::begin(&self.process.build);
        let mut source = statics::keys_as_items(code);
        if self.library.is_some() && !self.added.contains(OWN_EXECUTOR) {
            source = source.then(awaits::driven);
        }
        self.ran_apart = Duration::ZERO;
        let began = Instant::now();
        let result = self.compile_and_run(&source.text);
        self.times = result.as_ref().ok().map(|outputs| {
            let phases = outputs.phases.iter();
            let running = phases
                .filter(|phase| phase.name == RUNNING)
                .map(|phase| phase.duration)
                .sum::<Duration>()
                + self.ran_apart;
            Times {
                compiling: began.elapsed().saturating_sub(running),
                running,
            }
        });
        let report = self.pump.fence(cell);
        let tongue = self.tongue;
        let ended = report.ended.as_ref();
        let worker_lives = ended.is_none_or(|ended| ended.kept)
            && !matches!(result, Err(evcxr::Error::SubprocessTerminated(_)));
        self.settle_statics(cell, result.is_ok(), worker_lives);
        let interrupted = self.was_interrupted(cell);
        if let Some(ended) = ended.filter(|ended| ended.kept && !ended.running) {
            let said = match interrupted {
                true => endings::interrupted_late(tongue, ended),
                false => Some(endings::died_between(tongue, ended)),
            };
            if let Some(said) = said {
                self.output
                    .stream(cell, StreamName::Stderr, &format!("{said}\n"));
            }
        }
        // An interrupt that came when evcxr knew of the end already undoes nothing.
        if interrupted && result.is_err() {
            return Err(endings::interrupted(tongue, ended));
        }
        match result {
            Ok(outputs) => {
                if let Some(panic) = &report.panic {
                    let file = self.loading.last().map(String::as_str);
                    return Err(endings::panicked(tongue, panic, file));
                }
                if let Some(said) = &report.returned_error {
                    return Err(endings::returned_early(tongue, said));
                }
                Ok(self.value(cell, code, report, &outputs))
            }
            Err(evcxr::Error::CompilationErrors(errors)) => {
                Err(diagnostics::outcome(&errors, &source, self.source_name()))
            }
            Err(evcxr::Error::SubprocessTerminated(_)) => Err(endings::died(tongue, ended)),
            Err(error) if was_undone(&error) => Err(endings::died(tongue, ended)),
            Err(error) => Err(endings::error("CompileError", error.to_string())),
        }
    }

    /// Remembers the statics of a cell that evcxr remembers, and says which names mean new ones.
    fn settle_statics(&self, cell: u32, is_remembered: bool, worker_lives: bool) {
        if !worker_lives {
            statics::forget(&self.process.build);
        } else if !is_remembered {
            statics::discard(&self.process.build);
        } else {
            let renewed = statics::commit(&self.process.build);
            if !renewed.is_empty() && !warnings::nobody_reads() {
                let names: Vec<String> = renewed.into_iter().collect();
                let said = format(
                    self.tongue,
                    "statics-renewed",
                    &[
                        ("names", names.join(", ").into()),
                        ("count", names.len().into()),
                    ],
                );
                self.output
                    .display_data(cell, &MimeBundle::plain(said), None);
            }
        }
    }

    /// evcxr's evaluation of a cell.
    fn compile_and_run(&mut self, code: &str) -> Result<evcxr::EvalOutputs, evcxr::Error> {
        if let Some(enclosed) = consumed::enclose(code) {
            match self.compile_with_types(&enclosed) {
                // Told again about the cell as it was written, with its own columns.
                Err(error @ evcxr::Error::Message(_)) if was_undone(&error) => return Err(error),
                Err(evcxr::Error::CompilationErrors(_) | evcxr::Error::Message(_)) => {}
                result => return result,
            }
        }
        self.compile_with_types(code)
    }

    /// evcxr's evaluation, with the compiler's help where rust-analyzer does not know a type.
    fn compile_with_types(&mut self, code: &str) -> Result<evcxr::EvalOutputs, evcxr::Error> {
        let _ = std::fs::write(self.process.build.join(CELL_SOURCE), code);
        let types = self.process.build.join(variable_types::FILE);
        let mut annotated = code.to_owned();
        for _ in 0..ANNOTATIONS {
            let _ = std::fs::remove_file(&types);
            let error = match self.tell_evcxr(&annotated) {
                Err(evcxr::Error::Message(message)) if message.starts_with(UNKNOWN_TYPE) => message,
                result => return result,
            };
            let known = std::fs::read_to_string(&types).unwrap_or_default();
            let known = serde_json::from_str(&known).unwrap_or_default();
            match variable_types::annotate(&annotated, &known) {
                Some(better) if better != annotated => annotated = better,
                _ => return Err(evcxr::Error::Message(error)),
            }
        }
        self.tell_evcxr(&annotated)
    }

    /// The value of the last expression, from wherever it was shown.
    fn value(
        &self,
        cell: u32,
        code: &str,
        report: Report,
        outputs: &evcxr::EvalOutputs,
    ) -> Option<MimeBundle> {
        if let Some(block) = report.last_block {
            if completeness::ends_in_expression(code) {
                return Some(block);
            }
            self.output.display_data(cell, &block, None);
        }
        if report.result.is_some() {
            return report.result;
        }
        let mut bundle = MimeBundle::default();
        for (mime, content) in &outputs.content_by_mime_type {
            bundle = bundle.with(mime, Value::String(content.clone()));
        }
        (!bundle.data.is_empty()).then_some(bundle)
    }

    /// Where the source that is being evaluated stands.
    pub(super) fn source_name(&self) -> &str {
        self.loading.last().map_or(CELL, String::as_str)
    }
}

/// Whether the supervisor answered that the cell was undone: a line that is no text.
pub(super) fn was_undone(error: &evcxr::Error) -> bool {
    matches!(error, evcxr::Error::Message(message) if message == NO_TEXT)
}
