//! The exercises keep what they promise, in all three scenarios, whatever the size, the seed and the
//! delays. What is looked at here is the document of a run, the same that `weft run --json` prints; the counts and
//! the vocabulary are written down a second time, so that the rules of the lessons are not their own judge.

#[path = "../alone/mod.rs"]
mod alone;
mod leftovers;
mod often;
mod played;
mod promises;
mod series;
mod threads;
mod vocabulary;
mod ways;
