fn main() { println!("{}", std::fs::read_to_string("/etc/hostname").unwrap()); }
