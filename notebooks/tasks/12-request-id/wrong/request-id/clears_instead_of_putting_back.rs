// kind: other
// Afterwards there is no request, also where there was one before.
thread_local! {
    static REQUEST: Cell<Option<u32>> = const { Cell::new(None) };
}

struct Clear;

impl Drop for Clear {
    fn drop(&mut self) {
        REQUEST.set(None);
    }
}

fn with_request(id: u32, work: &dyn Fn()) {
    REQUEST.set(Some(id));
    let _clear = Clear;
    work();
}

fn current_request() -> Option<u32> {
    REQUEST.get()
}
