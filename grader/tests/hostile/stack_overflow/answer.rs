#[allow(unconditional_recursion)]
fn deeper(n: u64) -> u64 {
    std::hint::black_box([n; 64]).iter().sum::<u64>() + deeper(n + 1)
}

fn square(n: u64) -> u64 {
    n * n + deeper(n)
}
