// kind: other
// Keeps the variable borrowed while the work is done: who looks into it panics.
thread_local! {
    static REQUEST: RefCell<Option<u32>> = const { RefCell::new(None) };
}

fn with_request(id: u32, work: &dyn Fn()) {
    REQUEST.with_borrow_mut(|request| {
        let before = request.replace(id);
        work();
        *request = before;
    });
}

fn current_request() -> Option<u32> {
    REQUEST.with_borrow(|request| *request)
}
