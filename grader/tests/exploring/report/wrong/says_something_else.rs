// found: never-right
use std::sync::Arc;
use std::thread;

fn report(say: Arc<dyn Fn(&str) + Send + Sync>) {
    let other = Arc::clone(&say);
    let thread = thread::spawn(move || other("west"));
    say("east");
    thread.join().unwrap();
}
