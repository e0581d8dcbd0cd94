use std::process::{Command, Stdio};

fn square(n: u64) -> u64 {
    Command::new("/bin/sh")
        .args(["-c", "setsid sleep 1000 &"])
        .stdout(Stdio::null())
        .status()
        .unwrap();
    n * n
}
