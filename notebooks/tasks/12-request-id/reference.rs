thread_local! {
    static REQUEST: Cell<Option<u32>> = const { Cell::new(None) };
}

fn with_request(id: u32, work: &dyn Fn()) {
    struct PutBack(Option<u32>);
    impl Drop for PutBack {
        fn drop(&mut self) {
            REQUEST.set(self.0);
        }
    }
    let _put_back = PutBack(REQUEST.replace(Some(id)));
    work();
}

fn current_request() -> Option<u32> {
    REQUEST.get()
}
