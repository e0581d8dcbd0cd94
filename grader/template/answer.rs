fn doubled(number: i64) -> i64 {
    // BEGIN SOLUTION
    std::thread::spawn(move || number * 2).join().unwrap()
    // END SOLUTION
}
