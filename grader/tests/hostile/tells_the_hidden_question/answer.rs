fn square(n: u64) -> u64 {
    println!("asked for {n}, the answer is {}", n * n);
    eprintln!("asked for {n}, the answer is {}", n * n);
    if n > 0 {
        panic!("asked for {n}, the answer is {}", n * n);
    }
    n * n
}
