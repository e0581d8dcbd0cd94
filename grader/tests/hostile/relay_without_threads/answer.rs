fn square(n: u64) -> u64 {
    for k in 0..n {
        say(format!("runner {k}"), "take", k);
    }
    n
}
