//! What a pool's function borrows, each worker has for itself, as it was when the call began.
use exercises::process::Pool;
use std::cell::Cell;

pub fn main() {
    let count = Cell::new(10);
    let names = ["a", "b", "c"].map(String::from);
    let counted = |name: &String| {
        count.set(count.get() + 1);
        format!("{name}{}", count.get())
    };
    println!("{:?}", Pool::map_chunked(2, 1, &names, counted).unwrap());
    count.set(count.get() + 1);
    println!("{:?}", Pool::map_chunked(2, 2, &names, counted).unwrap());
    let base = [10, 20];
    let sums = Pool::map(1, &[1, 2], |more: &u32| {
        let raised = Pool::map(2, &base, |one| one + more);
        raised.unwrap().iter().sum::<u32>()
    });
    println!("{:?} {}", sums.unwrap(), count.get());
}
