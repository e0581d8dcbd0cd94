//! From answers to a program, in a box of its own.
//!
//! The compiler runs with nothing to read but itself, the system's libraries, the crates that answers may use, and the
//! answers; its environment is empty; what it makes is copied into memory and has never been a file of this machine.
//! Invariant: an answer decides only about itself: what does not compile is found again alone.

mod diagnostics;
pub mod forbidden;
mod library;
mod paths;
pub mod source;
pub mod tokens;
mod toolchain;

pub use library::Library;
pub(crate) use toolchain::STD;
pub use toolchain::Toolchain;

use crate::judge::{Limits, TaskSpec, Why};
use crate::run::supervise::{Bounds, Breach, supervise};
use crate::sandbox::orders::{Ended, Order, Report, Start};
use crate::sandbox::{Calls, Plan, ProcessLimits, Sandbox, SandboxError, View, random};
use crate::verdict::Verdict;
use nix::sys::memfd::{MFdFlags, memfd_create};
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::time::Duration;
use toolchain::{LIBRARY, SYSROOT, TASK_LIBRARY};

/// Why nothing could be compiled.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The compiler is not as it should be.
    #[error("the Rust toolchain: {0}")]
    Toolchain(String),
    /// A program of the toolchain does not start.
    #[error("{} does not start", program.display())]
    Start {
        /// Which.
        program: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There is no C compiler to link with.
    #[error("there is no C compiler to link with")]
    NoLinker,
    /// The box failed.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    /// The system refused something.
    #[error("building")]
    System(#[source] io::Error),
}

/// A program made of answers.
#[derive(Debug)]
pub struct Program {
    /// The program itself.
    pub image: OwnedFd,
    /// For each task: the number of its first probe.
    pub probes: Vec<u32>,
    /// For each task: the line before its answer's first one.
    pub offsets: Vec<u32>,
    /// Whether it was compiled without `unsafe`.
    pub safe: bool,
}

/// What compiling led to.
#[derive(Debug)]
pub enum Compiled {
    /// A program.
    Program(Program),
    /// None.
    Refused(Verdict, Why),
}

/// How much longer than on an idle machine a compiler may take by the clock.
const BUSY: u64 = 8;

/// The largest program, and the largest of the compiler's files.
const FILES: u64 = 512 << 20;
/// What the compiler may say.
const SAYS: u64 = 1 << 20;
/// No answer is longer.
pub const LONGEST: usize = 60_000;

/// Compiles answers into one program. All of them allow `unsafe`, or none does; all are given the library, or none is.
///
/// An answer that does not compile as it stands is compiled once more with the recorded threads and locks wherever it
/// names std's: what the task's prelude hands out fits only those. What is said of it is said of how it stands.
pub fn compile(
    sandbox: &Sandbox,
    toolchain: &Toolchain,
    answers: &[(&TaskSpec, &str)],
) -> Result<Compiled, BuildError> {
    let compiled = compile_as_it_stands(sandbox, toolchain, answers)?;
    if let Compiled::Refused(_, Why::Compiler { .. }) = compiled
        && let [(task, answer)] = answers
        && let Some(answer) = source::recorded(task, answer)
    {
        let again = compile_as_it_stands(sandbox, toolchain, &[(task, &answer)])?;
        if let Compiled::Program(_) = again {
            return Ok(again);
        }
    }
    Ok(compiled)
}

fn compile_as_it_stands(
    sandbox: &Sandbox,
    toolchain: &Toolchain,
    answers: &[(&TaskSpec, &str)],
) -> Result<Compiled, BuildError> {
    let safe = !answers.iter().any(|(task, _)| task.allows_unsafe);
    let library = if answers.iter().any(|(task, _)| task.library) {
        let missing =
            || BuildError::Toolchain("a task asks for a library: there is none".to_owned());
        Some(toolchain.library.as_ref().ok_or_else(missing)?)
    } else {
        None
    };
    let limits = answers
        .iter()
        .map(|(task, _)| task.limits)
        .reduce(|a, b| Limits {
            compile_ms: a.compile_ms.max(b.compile_ms),
            compile_memory_mb: a.compile_memory_mb.max(b.compile_memory_mb),
            ..a
        })
        .unwrap_or_default();
    let mut word = [0; 8];
    random(&mut word).map_err(BuildError::System)?;
    let source = source::write(answers, &format!("asked_{:016x}", u64::from_le_bytes(word)));
    let seen = library.map(|library| (library.folder.clone(), LIBRARY.into()));
    let view = view(toolchain, seen.into_iter().collect());
    let sysroot = sandbox.place(&view, &toolchain.sysroot);
    let task_library = sandbox.place(&view, &toolchain.task_library);
    let mut crates = vec![format!("--extern=weft_task={}", task_library.display())];
    if let Some(library) = library {
        crates.extend(library.arguments(&sandbox.place(&view, &library.folder)));
    }
    let made = make(
        sandbox,
        Making {
            program: sysroot.join("bin/rustc"),
            arguments: arguments(toolchain, &sysroot, crates, safe),
            files: &source.files,
            product: "answers",
            view,
            limits,
        },
    )?;
    let image = match made {
        Made::Image(image) => image,
        Made::Limit(why) => return Ok(Compiled::Refused(Verdict::CompileLimit, why)),
        Made::Refused { ended, said } => {
            let notes = diagnostics::notes(&said, &source.offsets);
            // 101 is the compiler's own panic; a stack that is too small ends it by a signal.
            let why = if ended.code != Some(1) || notes.is_empty() {
                let signal = ended.signal;
                Why::CompilerCrashed { signal }
            } else {
                Why::Compiler { notes }
            };
            return Ok(Compiled::Refused(Verdict::CompileError, why));
        }
    };
    Ok(Compiled::Program(Program {
        image,
        probes: source.probes,
        offsets: source.offsets,
        safe,
    }))
}

/// What a compiler sees: itself, the task library, and what else it is to read.
pub(crate) fn view(toolchain: &Toolchain, others: Vec<(PathBuf, PathBuf)>) -> View {
    let mut readable = vec![
        (toolchain.sysroot.clone(), SYSROOT.into()),
        (toolchain.task_library.clone(), TASK_LIBRARY.into()),
    ];
    readable.extend(others);
    View {
        readable,
        scratch: Some(FILES),
        proc: true,
    }
}

/// What is to be made in a box.
pub(crate) struct Making<'a> {
    /// The compiler, where it is in the box.
    pub program: PathBuf,
    /// Its arguments, the name first.
    pub arguments: Vec<String>,
    /// What it reads: names and contents.
    pub files: &'a [(String, String)],
    /// The name of what it makes.
    pub product: &'a str,
    /// What it sees besides.
    pub view: View,
    /// Its bounds.
    pub limits: Limits,
}

/// What came of it.
pub(crate) enum Made {
    /// What was to be made.
    Image(OwnedFd),
    /// It passed a bound.
    Limit(Why),
    /// The compiler ended without making it.
    Refused {
        /// How.
        ended: Ended,
        /// What it said.
        said: String,
    },
}

/// Compiles in a box of its own, and copies what comes of it into memory.
pub(crate) fn make(sandbox: &Sandbox, making: Making<'_>) -> Result<Made, BuildError> {
    let Making { limits, .. } = making;
    let plan = Plan {
        view: making.view,
        calls: Calls {
            anonymous_files: true,
            sleep: true,
        },
        limits: ProcessLimits {
            cpu_s: limits.compile_ms.div_ceil(1000) + 1,
            memory: (limits.compile_memory_mb << 20) * 2,
            file: FILES,
            threads: 64,
            descriptors: 512,
        },
        memory: limits.compile_memory_mb << 20,
        files: 10_000,
    };
    let mut chamber = sandbox.open(&plan)?;
    let folder = chamber.scratch().to_owned();
    for (name, text) in making.files {
        chamber.write(&format!("{folder}/{name}"), text)?;
    }
    let start = Start {
        program: Some(making.program.display().to_string()),
        arguments: making.arguments,
        environment: vec![
            ("PATH".to_owned(), "/usr/bin:/bin".to_owned()),
            ("TMPDIR".to_owned(), folder.clone()),
        ],
        folder: folder.clone(),
        channel: false,
    };
    let bounds = Bounds {
        // The processor's time decides: on a busy machine the clock would blame an answer for the others.
        wall: Duration::from_millis(limits.compile_ms.saturating_mul(BUSY)),
        cpu_ms: limits.compile_ms,
        memory_kb: limits.compile_memory_mb * 1024,
        threads: u64::MAX,
        output: SAYS,
        kept: SAYS as usize,
    };
    let ending = supervise(&mut chamber, start, None, None, &bounds)?;
    let limit_mb = limits.compile_memory_mb;
    match ending.breach {
        Some(Breach::Time | Breach::Processor) => {
            let limit_ms = limits.compile_ms;
            return Ok(Made::Limit(Why::CompileTime { limit_ms }));
        }
        Some(Breach::Memory) => return Ok(Made::Limit(Why::CompileMemory { limit_mb })),
        Some(_) => {
            let limit_kb = SAYS / 1024;
            return Ok(Made::Limit(Why::CompileOutput { limit_kb }));
        }
        None => {}
    }
    let ended = ending.ended.ok_or(SandboxError::Gone)?;
    if ended.code != Some(0) {
        let said = ending.stderr.text();
        if said.contains("memory allocation of") {
            return Ok(Made::Limit(Why::CompileMemory { limit_mb }));
        }
        return Ok(Made::Refused { ended, said });
    }
    let image = memfd_create(c"answers", MFdFlags::MFD_CLOEXEC)
        .map_err(|error| BuildError::System(error.into()))?;
    chamber.bring(
        &Order::Fetch(format!("{folder}/{}", making.product)),
        &[image.as_raw_fd()],
    )?;
    let bytes = chamber.answer(|report| match report {
        Report::Fetched { bytes } => Some(bytes),
        _ => None,
    })?;
    if bytes.is_none_or(|bytes| bytes == 0) {
        return Err(BuildError::Toolchain("it made no program".to_owned()));
    }
    Ok(Made::Image(image))
}

fn arguments(
    toolchain: &Toolchain,
    sysroot: &Path,
    crates: Vec<String>,
    safe: bool,
) -> Vec<String> {
    let mut arguments: Vec<String> = [
        "rustc",
        "--edition=2024",
        "--crate-name=answers",
        "--crate-type=bin",
        "--error-format=json",
        // A warning is no error, and nobody reads it here.
        "-Awarnings",
        "-Copt-level=0",
        "-Cdebuginfo=0",
        "-Cprefer-dynamic",
        "-Ccodegen-units=1",
        "-oanswers",
    ]
    .map(str::to_owned)
    .into();
    arguments.push(format!("--sysroot={}", sysroot.display()));
    arguments.extend(crates);
    arguments.push(format!("-Clinker={}", toolchain.linker.display()));
    arguments.push(format!("-Clink-arg=-Wl,-rpath,{STD}"));
    if safe {
        arguments.push("-Funsafe_code".to_owned());
    }
    arguments.push(source::MAIN.to_owned());
    arguments
}
