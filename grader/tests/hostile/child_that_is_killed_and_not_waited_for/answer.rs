fn square(n: u64) -> u64 {
    let mut child = std::process::Command::new("/bin/sleep").arg("1000").spawn().unwrap();
    child.kill().unwrap();
    n * n
}
