// kind: other
// Does the work once to see whether it panics, and once more in earnest.
thread_local! {
    static REQUEST: Cell<Option<u32>> = const { Cell::new(None) };
}

fn with_request(id: u32, work: &dyn Fn()) {
    let before = REQUEST.replace(Some(id));
    let fine = catch_unwind(AssertUnwindSafe(work)).is_ok();
    REQUEST.set(before);
    if !fine {
        work();
    }
}

fn current_request() -> Option<u32> {
    REQUEST.get()
}
