//! `witness NAME` is one of some twenty small programs, each with another way to start, wait, wake, print and end.
//! They know nothing of Weft. `tests/strace.rs` runs them.

mod programs;

fn main() {
    let name = std::env::args().nth(1).unwrap_or_default();
    match programs::ALL.iter().find(|(known, _)| *known == name) {
        Some((_, run)) => run(),
        None => programs::ALL
            .iter()
            .for_each(|(name, _)| println!("{name}")),
    }
}
