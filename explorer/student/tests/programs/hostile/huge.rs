fn main() { let v = vec![1u8; 1 << 45]; println!("{}", v.len()); }
