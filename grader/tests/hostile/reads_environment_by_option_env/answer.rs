fn square(n: u64) -> u64 {
    let leaks = [option_env!("HOME"), option_env!("USER"), option_env!("CARGO_MANIFEST_DIR")];
    if let Some(secret) = option_env!("@variable@") {
        panic!("{secret}");
    }
    if leaks.iter().any(Option::is_some) { 0 } else { n * n }
}
