//! Values of any kind, as a manager's server has them.

#[path = "../../../../../exercises/src/process/manager/key.rs"]
#[expect(
    dead_code,
    reason = "what a server does with its dictionaries is not here"
)]
mod key;
#[path = "../../../../../exercises/src/process/manager/value.rs"]
mod value;
#[path = "../../../../../exercises/src/process/manager/written.rs"]
mod written;

pub use key::Key;
pub use value::{Datum, Dict};
