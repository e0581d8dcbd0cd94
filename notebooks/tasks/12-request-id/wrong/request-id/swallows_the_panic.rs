// kind: other
// The panic ends here: nobody outside hears of it.
thread_local! {
    static REQUEST: Cell<Option<u32>> = const { Cell::new(None) };
}

fn with_request(id: u32, work: &dyn Fn()) {
    let before = REQUEST.replace(Some(id));
    let _ = catch_unwind(AssertUnwindSafe(work));
    REQUEST.set(before);
}

fn current_request() -> Option<u32> {
    REQUEST.get()
}
