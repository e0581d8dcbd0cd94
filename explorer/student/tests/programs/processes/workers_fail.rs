//! A task of a pool that lasts panics: callbacks are called one at a time, in any order.
use exercises::process::{Pool, PoolError};

pub fn main() {
    let pool = Pool::new(2, |task: &u32| {
        assert_ne!(*task, 1);
        println!("task {task}");
        *task
    });
    let pool = pool.unwrap();
    for task in 0..2 {
        let done = |value: &u32| println!("callback: {value}");
        let failed = move |_: &PoolError| println!("task {task} failed");
        _ = pool.apply_async_with(task, done, failed).unwrap();
    }
    assert!(matches!(pool.join(), Err(PoolError::StillOpen)));
    pool.close();
    assert!(matches!(pool.apply(2), Err(PoolError::Closed)));
    pool.join().unwrap();
    println!("joined");
}
