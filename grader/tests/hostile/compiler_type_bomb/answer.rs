fn bomb<T>(depth: u64, value: &T) -> u64 {
    if depth == 0 { 0 } else { bomb(depth - 1, &(value, value)) }
}

fn square(n: u64) -> u64 {
    n * n + bomb(n, &())
}
