//! A panic ends the call: of the others' lines any may be missing, from some moment on.
use exercises::process::{Pool, PoolError};

pub fn main() {
    let answer = Pool::map(2, &[1, 0, 2], |n: &u32| {
        println!("{n}");
        assert_ne!(*n, 0);
        println!("{n} again");
        100 / n
    });
    match answer {
        Err(PoolError::Panicked { input, .. }) => println!("input {input} panicked"),
        other => println!("{other:?}"),
    }
}
