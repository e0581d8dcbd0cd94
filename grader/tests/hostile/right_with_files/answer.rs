fn square(n: u64) -> u64 {
    std::fs::create_dir("/tmp/work").unwrap();
    std::fs::write("/tmp/work/n", n.to_string()).unwrap();
    let n: u64 = std::fs::read_to_string("/tmp/work/n").unwrap().parse().unwrap();
    std::fs::remove_dir_all("/tmp/work").unwrap();
    n * n
}
