// found: leaves 6
use std::sync::Arc;

fn report(say: Arc<dyn Fn(&str) + Send + Sync>) {
    say("right");
    std::process::exit(0);
}
