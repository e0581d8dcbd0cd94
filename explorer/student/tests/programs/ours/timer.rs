use exercises::sync::Timer;
use std::time::Duration;

pub fn main() {
    let timer = Timer::start(Duration::ZERO, || println!("tick"));
    println!("cancelled: {}", timer.cancel());
    println!("{:?}", timer.join());
}
