fn square(n: u64) -> u64 {
    let runners: Vec<_> =
        (0..n).map(|k| thread::spawn(move || say(format!("runner {k}"), "take", k))).collect();
    runners.into_iter().for_each(|runner| runner.join().unwrap());
    n
}
