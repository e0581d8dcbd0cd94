fn main() { loop { std::thread::spawn(|| {}); } }
