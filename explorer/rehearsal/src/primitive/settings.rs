//! Nothing to set: every order is tried, and time is virtual.

pub fn shake() {}

pub const OFTEN: u32 = 1;
