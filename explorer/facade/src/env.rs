//! The surroundings of a program: the same in every execution, and nobody gave it arguments.
pub use std::env::{
    JoinPathsError, SplitPaths, VarError, Vars, VarsOs, consts, join_paths, split_paths, var,
    var_os, vars, vars_os,
};

/// The arguments: the program's name alone.
pub type Args = std::array::IntoIter<String, 1>;

/// The arguments: the program's name alone.
pub fn args() -> Args {
    ["main".to_owned()].into_iter()
}
