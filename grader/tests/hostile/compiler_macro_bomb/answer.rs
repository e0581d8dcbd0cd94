macro_rules! bomb {
    ($($t:tt)*) => { bomb!($($t)* $($t)*) };
}

fn square(n: u64) -> u64 {
    bomb!(n n n n);
    n * n
}
