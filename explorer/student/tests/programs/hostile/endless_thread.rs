fn main() { let h = std::thread::spawn(|| { let mut x = 0u64; loop { x = std::hint::black_box(x.wrapping_add(1)); } }); println!("x"); h.join().unwrap(); }
