fn square(_: u64) -> u64 {
    todo!()
}
