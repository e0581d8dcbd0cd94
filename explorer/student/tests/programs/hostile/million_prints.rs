fn main() { for n in 0..1_000_000 { println!("{n}"); } }
