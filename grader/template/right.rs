fn doubled(number: i64) -> i64 {
    number + number
}
