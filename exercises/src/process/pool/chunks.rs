//! How the inputs of a pool are cut.

use super::Pool;

impl Pool {
    /// How many inputs a worker takes at a time: about four turns for each worker, as Python does.
    pub fn chunk_size(workers: usize, inputs: usize) -> usize {
        inputs.div_ceil(workers.max(1).saturating_mul(4)).max(1)
    }
}
