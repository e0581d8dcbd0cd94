// kind: luck
// Puts the old request back only when the work comes to its end.
thread_local! {
    static REQUEST: Cell<Option<u32>> = const { Cell::new(None) };
}

fn with_request(id: u32, work: &dyn Fn()) {
    let before = REQUEST.replace(Some(id));
    work();
    REQUEST.set(before);
}

fn current_request() -> Option<u32> {
    REQUEST.get()
}
