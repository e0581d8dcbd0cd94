//! A pool for one call: whoever is free takes the next chunk.

use crate::lack::Lack;
use explorer::model::fork::{Messages, in_shared_memory};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::staff::guarded;
use super::{Pool, PoolError};
use crate::primitive::atomic::{AtomicUsize, Ordering};
use crate::primitive::not_modelled;
use crate::primitive::process::{Bond, fork_with};

impl Pool {
    pub fn map<I, O>(workers: usize, inputs: &[I], f: impl Fn(&I) -> O) -> Result<Vec<O>, PoolError>
    where
        O: Serialize + DeserializeOwned,
    {
        Pool::map_chunked(workers, Pool::chunk_size(workers, inputs.len()), inputs, f)
    }

    pub fn map_chunked<I, O>(
        workers: usize,
        chunk: usize,
        inputs: &[I],
        f: impl Fn(&I) -> O,
    ) -> Result<Vec<O>, PoolError>
    where
        O: Serialize + DeserializeOwned,
    {
        if inputs.is_empty() {
            return Ok(Vec::new());
        }
        let chunks: Vec<(&[I], Messages<Vec<O>>)> = inputs
            .chunks(chunk.max(1))
            .map(|inputs| (inputs, Messages::new()))
            .collect();
        let next = AtomicUsize::new(0);
        let work = || {
            let take = || in_shared_memory(|| next.fetch_add(1, Ordering::Relaxed));
            while let Some((inputs, outputs)) = chunks.get(take()) {
                let done = inputs.iter().map(|input| guarded(|| f(input)));
                let Ok(done) = done.collect() else {
                    not_modelled(Lack::PanickingCall);
                };
                outputs.send(done);
            }
            0
        };
        let mut team = Vec::new();
        for number in 1..=workers.clamp(1, chunks.len()) {
            team.push(fork_with(&format!("Worker-{number}"), Bond::None, work)?);
        }
        let outputs = chunks.iter().filter_map(|(_, outputs)| outputs.recv());
        let outputs = outputs.flatten().collect();
        for worker in &team {
            worker.wait()?;
        }
        Ok(outputs)
    }
}
