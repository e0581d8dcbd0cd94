//! What a lesson plays on: the chosen scenario, the parameters, the random numbers, the printed lines.

use std::collections::BTreeMap;

use recorder::current;
use serde_json::Value;

use crate::lesson::{Parameter, Scene};
use crate::primitive::{settings, thread, time};

/// Everything a lesson knows about its run.
#[derive(Clone, Debug)]
pub struct Stage {
    scene: Scene,
    params: BTreeMap<String, u32>,
    seed: u64,
}

impl Stage {
    /// A stage; parameters that are not named have their default.
    pub fn new(
        parameters: &[Parameter],
        scene: Scene,
        chosen: &BTreeMap<String, u32>,
        seed: u64,
    ) -> Stage {
        let params = parameters
            .iter()
            .map(|parameter| {
                let value = chosen
                    .get(parameter.name)
                    .copied()
                    .unwrap_or(parameter.default);
                (
                    parameter.name.to_owned(),
                    value.clamp(parameter.min, parameter.max),
                )
            })
            .collect();
        Stage {
            scene,
            params,
            seed,
        }
    }

    /// Which scenario is played.
    pub fn scene(&self) -> Scene {
        self.scene
    }

    /// The value of a parameter; 0 where the lesson does not declare it.
    pub fn count(&self, name: &str) -> u32 {
        debug_assert!(self.params.contains_key(name), "{name} is not declared");
        self.params.get(name).copied().unwrap_or(0)
    }

    /// All parameters.
    pub fn params(&self) -> &BTreeMap<String, u32> {
        &self.params
    }

    /// The random numbers of this run: the same for the same seed. A lesson takes them once, in its main thread,
    /// and draws before it starts anything, so that what is drawn does not depend on the schedule.
    pub fn random(&self) -> fastrand::Rng {
        fastrand::Rng::with_seed(self.seed)
    }

    /// Prints a line: a record in the journal with its place in the order of all threads and processes. Nothing is
    /// written to stdout; whoever follows the journal shows the line in the reader's language.
    pub fn print(&self, who: &str, what: &str, value: impl Into<Value>) {
        settings::shake();
        current::print(who, what, &value.into());
        settings::shake();
    }

    /// Sleeps this long, by the time scale.
    pub fn sleep(&self, milliseconds: u64) {
        thread::sleep(time::Duration::from_millis(milliseconds));
    }
}
