fn square(_: f64) -> f64 {
    f64::NAN
}
