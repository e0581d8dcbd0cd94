#![allow(dead_code)]
#![warn(missing_docs)]

use std::collections::HashMap;

fn Unused() {}

fn square(n: u64) -> u64 {
    let mut x = 1;
    return n * n;
    x = 2;
}
