//! From bytes to messages: what cells write becomes text, pictures and questions in the notebook.
//!
//! [`channels`] makes the pipes between kernel and worker, [`pump`] reads them on a thread of its
//! own, [`text`] decodes, [`content`] finds what evcxr-aware crates print to be shown, [`flood`] bounds it;
//! [`events`] tells the language's thread that a cell it does not wait for has ended.
//!
//! Invariant: when [`pump::Pump::fence`] has returned, everything a cell had written before the
//! fence was asked for has been given to [`crate::language::Output`].

pub(crate) mod channels;
pub(crate) mod content;
pub(crate) mod events;
pub(crate) mod flood;
pub(crate) mod pump;
pub(crate) mod text;
