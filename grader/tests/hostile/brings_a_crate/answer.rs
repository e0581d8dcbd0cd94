:dep rand = "0.9"

fn square(n: u64) -> u64 {
    n * n
}
