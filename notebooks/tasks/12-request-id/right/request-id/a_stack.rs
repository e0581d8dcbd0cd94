// A stack of requests for each thread; the guard takes the last one off.
thread_local! {
    static REQUESTS: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

struct Level;

impl Drop for Level {
    fn drop(&mut self) {
        REQUESTS.with_borrow_mut(|requests| requests.pop());
    }
}

fn with_request(id: u32, work: &dyn Fn()) {
    REQUESTS.with_borrow_mut(|requests| requests.push(id));
    let _level = Level;
    work();
}

fn current_request() -> Option<u32> {
    REQUESTS.with_borrow(|requests| requests.last().copied())
}
