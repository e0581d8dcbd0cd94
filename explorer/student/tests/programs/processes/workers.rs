//! A pool that lasts.
use exercises::process::Pool;

pub fn main() {
    let pool = Pool::of_arguments(2, |a: &u32, b: &u32| {
        println!("{a}, {b}");
        a + b
    });
    let pool = pool.unwrap();
    let later = pool.starmap_async_with(
        &[(1, 2), (3, 4)],
        |results| println!("callback: {} results", results.len()),
        |error| println!("error callback: {error}"),
    );
    println!("main goes on");
    println!("get returned {:?}", later.unwrap().get().unwrap());
}
