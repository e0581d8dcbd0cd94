// found: leaves 10
use std::sync::Arc;
use std::thread;

fn report(say: Arc<dyn Fn(&str) + Send + Sync>) {
    let other = Arc::clone(&say);
    let thread = thread::spawn(move || other("left"));
    say("right");
    thread.join().unwrap();
    println!("sum"); std::process::exit(0);
}
