// found: prints
use std::sync::Arc;
use std::thread;

fn report(say: Arc<dyn Fn(&str) + Send + Sync>) {
    let other = Arc::clone(&say);
    thread::spawn(move || other("left"));
    say("right");
}
