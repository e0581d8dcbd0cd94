use std::thread;

static mut COUNT: u32 = 0;

fn main() {
    let threads: Vec<_> = (0..2)
        .map(|_| {
            thread::spawn(|| unsafe {
                COUNT += 1;
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    let count = unsafe { COUNT };
    println!("{count}");
}
