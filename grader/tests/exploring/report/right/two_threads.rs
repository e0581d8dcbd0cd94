use std::sync::Arc;
use std::thread;

fn report(say: Arc<dyn Fn(&str) + Send + Sync>) {
    thread::scope(|scope| {
        scope.spawn(|| say("left"));
        scope.spawn(|| say("right"));
    });
}
