fn deep(n: u64) -> u64 { if n == 0 { 0 } else { std::hint::black_box(deep(n - 1)) + 1 } } fn main() { println!("{}", deep(1 << 40)); }
