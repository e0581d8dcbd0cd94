//! A worker that exits ends the call.
use exercises::process::{Pool, PoolError};

pub fn main() {
    let answer = Pool::map(2, &[1, 0, 2], |n: &u32| {
        println!("{n}");
        if *n == 0 {
            std::process::exit(3);
        }
        100 / n
    });
    match answer {
        Err(PoolError::Died { status, .. }) => println!("{status:?}"),
        other => println!("{other:?}"),
    }
    let answer = Pool::map(1, &[1], |_: &u32| -> u32 { std::process::exit(0) });
    println!("{}", answer.is_err());
}
