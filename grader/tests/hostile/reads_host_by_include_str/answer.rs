const SECRET: &str = include_str!("/etc/passwd");

fn square(n: u64) -> u64 {
    println!("{SECRET}");
    n * n
}
