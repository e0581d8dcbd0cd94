//! What could happen to an answer: it is explored in the model, every schedule of it, and compared with the reference.
//!
//! - [`ExploreSpec`]: what an assignment says of it; [`Finding`], [`Open`]: what comes of it;
//! - `source`: the answer and the program around it, as a crate and as one text to paste;
//! - `model`: compiled against the explorer's facade, in the box compilers get;
//! - `runner`: explored by the explorer's own process, in the box answers run in;
//! - `settle`: what was found becomes a finding, or stays open.
//!
//! The invariants: nothing of an answer is compiled or explored outside of a box. What is made outside is Weft's own
//! (the facade and the process that explores), and boxes only read it. What the model does not know, or what is too much
//! for it, is never held against an answer. Without `unsafe`, which no explored task allows, an answer reaches nothing
//! but the model: neither the descriptor on which findings are told, nor a file.

mod model;
mod runner;
mod settle;
mod source;
mod spec;

pub(crate) use model::{Modelled, Outcome as Built, compile};
pub(crate) use runner::{Came, explore};
pub(crate) use settle::{Ends, Settled, goes_wrong, is_woken, settle};
pub use source::whole;
pub(crate) use source::{ANSWER, around};
pub use spec::{ExploreSpec, Finding, Open, Otherwise};
pub(crate) use student::{Parts, Workshop};
