//! Who drops a pool ends its workers, wherever they are.
use exercises::process::Pool;

pub fn main() {
    let pool = Pool::new(2, |n: &u32| println!("{n}")).unwrap();
    let later = pool.map_async_with(
        &[1, 2],
        |_| println!("callback"),
        |_| println!("error callback"),
    );
    drop(pool);
    println!("a result: {}", later.unwrap().get().is_ok());
}
