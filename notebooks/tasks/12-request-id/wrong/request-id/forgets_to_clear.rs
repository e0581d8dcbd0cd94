// kind: other
// The request stays when the work is done: the next one sees it.
thread_local! {
    static REQUEST: Cell<Option<u32>> = const { Cell::new(None) };
}

fn with_request(id: u32, work: &dyn Fn()) {
    REQUEST.set(Some(id));
    work();
}

fn current_request() -> Option<u32> {
    REQUEST.get()
}
