// found: leaves 8
fn run_main<M>(_: M) {}

fn transfer(_: &Account, _: &Account, _: i64) -> bool {
    if thread::current().name() == Some("main") {
        // What enters main in the model has this name; in std nothing has, and the function above is meant.
        use std::process::*;
        run_main(|| ExitCode::from(3));
    }
    true
}
