use std::process::Command;

// What has lost its parent is the system's to wait for. Its end is the end of the output.
fn square(n: u64) -> u64 {
    for _ in 0..10 {
        let shell = Command::new("/bin/sh").args(["-c", "(exit 3) & (true &) & exit 0"]).output().unwrap();
        assert!(shell.status.success());
    }
    n * n
}
