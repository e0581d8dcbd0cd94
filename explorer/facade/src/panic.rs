//! Panics. The hook is the explorer's.
pub use explorer::model::panic::{catch_unwind, resume_unwind};
pub use std::panic::{
    AssertUnwindSafe, Location, PanicHookInfo, RefUnwindSafe, UnwindSafe, panic_any,
};
