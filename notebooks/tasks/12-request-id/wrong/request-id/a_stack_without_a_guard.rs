// kind: other
// A stack of requests; after a panic the one that panicked stays on it.
thread_local! {
    static REQUESTS: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

fn with_request(id: u32, work: &dyn Fn()) {
    REQUESTS.with_borrow_mut(|requests| requests.push(id));
    work();
    REQUESTS.with_borrow_mut(|requests| requests.pop());
}

fn current_request() -> Option<u32> {
    REQUESTS.with_borrow(|requests| requests.last().copied())
}
