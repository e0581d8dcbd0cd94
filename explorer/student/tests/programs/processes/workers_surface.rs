//! The calls of a pool that lasts, where only one thing can come.
use exercises::primitive::time::Duration;
use exercises::process::{self, Pool, PoolError};

pub fn main() {
    let pool = Pool::new(1, |n: &u64| {
        assert_eq!(process::current_name(), "Worker-1");
        println!("{n}");
        n * n
    });
    let pool = pool.unwrap();
    assert_eq!((pool.workers(), pool.pids().len()), (1, 1));
    println!("{:?}", pool.map(&[1, 2]).unwrap());
    println!("{:?}", pool.map(&[]).unwrap());
    println!("{}", pool.apply(3).unwrap());
    let squares = pool.imap(4..6).map(Result::unwrap);
    println!("{:?}", squares.collect::<Vec<_>>());
    let squares = pool.imap_unordered(6..8).map(Result::unwrap);
    println!("{:?}", squares.collect::<Vec<_>>());
    let later = pool.apply_async(8).unwrap();
    match later.get_timeout(Duration::from_secs(60)) {
        Ok(square) => println!("{}", square.unwrap()),
        Err(later) => println!("{}", later.get().unwrap()),
    }
    pool.terminate();
    pool.join().unwrap();
    assert!(pool.pids().is_empty());
    assert!(matches!(pool.apply(9), Err(PoolError::Terminated)));

    let texts = Pool::of_arguments(1, |a: &String, n: &usize| a.repeat(*n)).unwrap();
    let given = [("ab".to_owned(), 2), ("c".to_owned(), 3)];
    println!("{:?}", texts.starmap(&given).unwrap());
    assert!(matches!(
        Pool::new(65, |n: &u8| *n),
        Err(PoolError::TooMany(65))
    ));
}
