const SECRET: &str = include_str!("@home@");

fn square(n: u64) -> u64 {
    println!("{SECRET}");
    n * n
}
