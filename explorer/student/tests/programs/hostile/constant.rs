const fn spin() -> u64 { let mut n = 0; loop { n += 1; if n == u64::MAX { return n; } } }
const FOREVER: u64 = spin();
fn main() { println!("{FOREVER}"); }
