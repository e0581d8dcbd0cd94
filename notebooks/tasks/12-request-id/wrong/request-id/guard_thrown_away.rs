// kind: other
// `let _ =` keeps nothing: the guard puts the old request back before the work begins.
thread_local! {
    static REQUEST: Cell<Option<u32>> = const { Cell::new(None) };
}

struct PutBack(Option<u32>);

impl Drop for PutBack {
    fn drop(&mut self) {
        REQUEST.set(self.0);
    }
}

fn with_request(id: u32, work: &dyn Fn()) {
    let _ = PutBack(REQUEST.replace(Some(id)));
    work();
}

fn current_request() -> Option<u32> {
    REQUEST.get()
}
