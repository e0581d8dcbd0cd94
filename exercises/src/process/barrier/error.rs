use crate::primitive::robust::Abandoned;

/// Why nobody passes a [`Barrier`](super::Barrier) any more. Stays so until [`Barrier::reset`](super::Barrier::reset).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BarrierError {
    /// A process that takes part died.
    #[error(transparent)]
    Abandoned(#[from] Abandoned),
    /// Not all arrived in time.
    #[error("not all arrived in time")]
    TimedOut,
    /// Too few take part any more: the others have ended.
    #[error("too few processes are left to open the barrier")]
    TooFew,
    /// It was broken before: by a time-out of another process, or by [`Barrier::abort`](super::Barrier::abort).
    #[error("the barrier was broken by another process")]
    ByAnother,
}
