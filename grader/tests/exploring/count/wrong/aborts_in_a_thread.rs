// found: leaves 4
fn count(_: u64, _: u64) -> u64 {
    // Whether it comes before the end of the program around is luck.
    thread::spawn(|| std::process::abort());
    0
}
