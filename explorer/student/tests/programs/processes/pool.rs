//! A pool for one call: whoever is free takes the next input.
use exercises::process::{self, Pool};

pub fn main() {
    let squares = Pool::map(2, &[1, 2, 3], |x| {
        println!("{x} by {}", process::current_name());
        x * x
    });
    println!("{:?}", squares.unwrap());
}
