use exercises::sync::ThreadPool;

pub fn main() {
    let pool = ThreadPool::new(2).unwrap();
    let one = pool.submit(|| {
        println!("one");
        1
    });
    let two = pool.submit(|| {
        println!("two");
        2
    });
    println!("{}", one.result().unwrap() + two.result().unwrap());
}
