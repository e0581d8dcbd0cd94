// `RefCell::swap` with a value on the stack of the caller, and a guard with a closure.
thread_local! {
    static REQUEST: RefCell<Option<u32>> = RefCell::default();
}

struct Finally<F: FnMut()>(F);

impl<F: FnMut()> Drop for Finally<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

fn with_request(id: u32, work: &dyn Fn()) {
    let mine = RefCell::new(Some(id));
    REQUEST.with(|current| {
        current.swap(&mine);
        let _finally = Finally(|| current.swap(&mine));
        work();
    });
}

fn current_request() -> Option<u32> {
    REQUEST.with(|current| *current.borrow())
}
