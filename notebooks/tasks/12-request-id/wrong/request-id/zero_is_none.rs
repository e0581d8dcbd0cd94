// kind: luck
// Takes 0 for no request, but a request may have that number.
thread_local! {
    static REQUEST: Cell<u32> = const { Cell::new(0) };
}

fn with_request(id: u32, work: &dyn Fn()) {
    struct PutBack(u32);
    impl Drop for PutBack {
        fn drop(&mut self) {
            REQUEST.set(self.0);
        }
    }
    let _put_back = PutBack(REQUEST.replace(id));
    work();
}

fn current_request() -> Option<u32> {
    Some(REQUEST.get()).filter(|id| *id != 0)
}
