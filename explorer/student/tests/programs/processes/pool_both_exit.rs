//! Whose end is noticed first is open where both workers exit.
use exercises::process::{Pool, PoolError};

pub fn main() {
    let answer = Pool::map(2, &[1, 2], |n: &i32| -> u32 { std::process::exit(*n) });
    match answer {
        Err(PoolError::Died { status, .. }) => println!("{status:?}"),
        other => println!("{other:?}"),
    }
}
