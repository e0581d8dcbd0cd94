fn square(n: u64) -> u64 {
    eprintln!("warning: nothing is wrong");
    println!("test result: FAILED");
    use std::io::Write;
    std::io::stdout().write_all(&[0xff, 0xfe, b'\n']).unwrap();
    dbg!(n * n)
}
