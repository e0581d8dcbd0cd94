//! How well a box holds here, found out by trying.

use super::escape::{self, Attempt};
use super::orders::{Order, Report, Start};
use super::{Calls, Layer, Plan, Policy, ProcessLimits, Sandbox, SandboxError, View, bubblewrap};
use serde::{Deserialize, Serialize};
use std::io::Read;
use std::os::fd::AsRawFd;

/// How well a box holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// `strict`, or `trusted` where a layer is missing or an attempt succeeded.
    pub level: String,
    /// The layers that are missing.
    pub missing: Vec<Layer>,
    /// Whether memory is measured from time to time instead of counted.
    pub approximate: bool,
    /// What was said about missing layers.
    pub policy: Policy,
    /// What was tried.
    pub attempts: Vec<Attempt>,
}

impl Level {
    /// The attempts that succeeded.
    pub fn holes(&self) -> impl Iterator<Item = &Attempt> {
        self.attempts.iter().filter(|attempt| !attempt.held)
    }
}

impl Sandbox {
    /// Opens a box and tries to get out of it.
    pub fn level(&self) -> Result<Level, SandboxError> {
        let mut chamber = self.open(&Plan {
            view: View::default(),
            calls: Calls {
                anonymous_files: false,
                sleep: true,
            },
            limits: ProcessLimits {
                cpu_s: 10,
                memory: 1 << 30,
                file: 1 << 20,
                threads: 100,
                descriptors: 256,
            },
            memory: 1 << 30,
            files: 0,
        })?;
        let (mut output, to_output) = std::io::pipe()?;
        let errors = to_output.try_clone()?;
        let program = if self.bubblewrap.is_some() {
            bubblewrap::FIRST.to_owned()
        } else {
            self.helper.program.display().to_string()
        };
        let mut arguments = vec![program.clone()];
        arguments.extend(self.helper.arguments.iter().cloned());
        arguments.push(escape::ATTEMPT.to_owned());
        chamber.bring(
            &Order::Start(Start {
                program: Some(program),
                arguments,
                environment: Vec::new(),
                folder: "/".to_owned(),
                channel: false,
            }),
            &[to_output.as_raw_fd(), errors.as_raw_fd()],
        )?;
        drop((to_output, errors));
        chamber.answer(|report| matches!(report, Report::Ended(_)).then_some(()))?;
        let mut told = String::new();
        chamber.kill()?;
        output.read_to_string(&mut told)?;
        let attempts: Vec<Attempt> =
            serde_json::from_str(&told).map_err(|_| SandboxError::Begin {
                stage: "attempts to get out",
                told,
            })?;
        let missing = self.missing();
        let holds = attempts.iter().all(|attempt| attempt.held)
            && missing.iter().all(|layer| *layer == Layer::Cgroup);
        Ok(Level {
            level: if holds { "strict" } else { "trusted" }.to_owned(),
            approximate: missing.contains(&Layer::Cgroup),
            missing,
            policy: self.policy,
            attempts,
        })
    }
}
