fn square(n: u64) -> u64 {
    for (place, secret) in ["/etc/passwd", "/root", "/proc/1/root/etc/passwd", "/weft/first/.."].iter().enumerate() {
        let link = format!("/tmp/link{place}");
        let _ = std::os::unix::fs::symlink(secret, &link);
        if std::fs::read(&link).is_ok() || std::fs::hard_link(secret, format!("/tmp/hard{place}")).is_ok() {
            return 0;
        }
    }
    let _ = std::process::Command::new("/usr/bin/mkfifo").arg("/tmp/fifo").status();
    n * n
}
