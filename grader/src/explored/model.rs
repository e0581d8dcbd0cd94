//! The answer compiled against the explorer's facade, in a box.

use super::source::{self, MAIN};
use super::{ExploreSpec, Open};
use crate::build::{self, BuildError, Made, Making, Toolchain, tokens};
use crate::judge::{TaskSpec, Why};
use crate::sandbox::{Sandbox, random};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use student::{Edition, Error, Parts, Source};

/// Where the parts are in a box.
pub(super) const PARTS: &str = "/weft/explorer";
/// What the compiler makes.
const PRODUCT: &str = "program.so";

/// An answer that can be explored.
#[derive(Debug)]
pub(crate) struct Modelled {
    /// The shared object.
    pub image: OwnedFd,
    /// The line before the answer's first one.
    pub before: u32,
    /// What the model does not see in it, as it names it: with any of these nothing is proved.
    pub unseen: Vec<String>,
}

/// What came of compiling.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It can be explored.
    Modelled(Modelled),
    /// It cannot.
    Open(Open),
    /// The compiler passed a bound.
    Limit(Why),
}

/// Compiles an answer that was compiled with the real std before: what is refused now is not modelled.
pub(crate) fn compile(
    sandbox: &Sandbox,
    toolchain: &Toolchain,
    parts: &Parts,
    (task, spec): (&TaskSpec, &ExploreSpec),
    answer: &str,
) -> Result<Outcome, BuildError> {
    let open = |what: Vec<String>| Ok(Outcome::Open(Open::NotModelled { what }));
    // Through `core` an answer reaches the real atomics, past the model, and by more ways than can be told apart.
    if tokens::tokens(answer)
        .iter()
        .any(|token| token.text == "core")
    {
        return open(vec!["core".to_owned()]);
    }
    let mut bytes = [0; 8];
    random(&mut bytes).map_err(BuildError::System)?;
    let number = u64::from_le_bytes(bytes);
    let source = source::write(
        &task.prelude,
        answer,
        spec,
        &format!("around_{number:016x}"),
    );
    let view = build::view(toolchain, vec![(parts.folder.clone(), PARTS.into())]);
    let sysroot = sandbox.place(&view, &toolchain.sysroot);
    let inside = parts.moved(&sandbox.place(&view, &parts.folder));
    let made = build::make(
        sandbox,
        Making {
            program: sysroot.join("bin/rustc"),
            arguments: arguments(toolchain, &sysroot, (&inside, task.library), number),
            files: &source.files,
            product: PRODUCT,
            view,
            limits: task.limits,
        },
    )?;
    match made {
        Made::Image(image) => Ok(Outcome::Modelled(Modelled {
            image,
            before: source.before,
            unseen: unseen(&task.prelude, answer, spec),
        })),
        Made::Limit(why) => Ok(Outcome::Limit(why)),
        Made::Refused { said, .. } => match inside.refusal(&said) {
            Error::NotModelled { what } => open(what.into_iter().map(|one| one.what).collect()),
            error => {
                let what = error.to_string();
                Ok(Outcome::Open(Open::Broke { what }))
            }
        },
    }
}

/// What the model does not see in an answer and the program around it.
fn unseen(prelude: &str, answer: &str, spec: &ExploreSpec) -> Vec<String> {
    let program = Source {
        name: MAIN.to_owned(),
        text: source::whole(prelude, answer, spec),
        edition: Edition::E2024,
        folder: None,
    };
    let remarks = program.remarks().into_iter();
    remarks.map(|one| one.what).collect()
}

fn arguments(
    toolchain: &Toolchain,
    sysroot: &Path,
    (parts, with_ours): (&Parts, bool),
    number: u64,
) -> Vec<String> {
    let mut arguments: Vec<String> = [
        "rustc",
        "--edition=2024",
        "--crate-name=main",
        "-Awarnings",
        // Everything that is told of an exploration rests on it.
        "-Funsafe_code",
        "-Copt-level=0",
        "-Ccodegen-units=1",
    ]
    .map(str::to_owned)
    .into();
    let ours = parts.with_ours().into_iter().filter(|_| with_ours);
    arguments.extend(
        parts
            .arguments()
            .into_iter()
            .chain(ours)
            .map(|argument| PathBuf::from(argument).display().to_string()),
    );
    // Two programs are loaded side by side: nothing of one may be taken for the other's.
    arguments.push(format!("-Cmetadata={number:016x}"));
    arguments.push(format!("--sysroot={}", sysroot.display()));
    arguments.push(format!("-Clinker={}", toolchain.linker.display()));
    arguments.push(format!("-o{PRODUCT}"));
    arguments.push(MAIN.to_owned());
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_answer_does_unseen_is_named_and_sharing_is_not() {
        let spec: ExploreSpec = toml::from_str("main = 'fn main() { f(Arc::new(1)); }'").unwrap();
        let named = |answer: &str| unseen("use std::sync::Arc;", answer, &spec);
        assert_eq!(
            named("fn f(a: Arc<u8>) { println!(\"{}\", Arc::strong_count(&a)); }"),
            ["Arc::strong_count"]
        );
        assert_eq!(named("fn f(a: Arc<u8>) { drop(Arc::clone(&a)); }"), [""; 0]);
    }
}
