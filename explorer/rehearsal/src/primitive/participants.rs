//! Who takes part in a shared object: nobody asks, because nobody is killed here.

pub(crate) fn enter_child_everywhere(_pid: i32) {}
