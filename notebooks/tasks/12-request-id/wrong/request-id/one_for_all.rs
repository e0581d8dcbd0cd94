// kind: racy
// One variable for all threads: the last one who came is the request of everybody.
static ALL: std::sync::Mutex<Option<u32>> = std::sync::Mutex::new(None);

fn with_request(id: u32, work: &dyn Fn()) {
    let before = ALL.lock().unwrap().replace(id);
    struct PutBack(Option<u32>);
    impl Drop for PutBack {
        fn drop(&mut self) {
            *ALL.lock().unwrap() = self.0;
        }
    }
    let _put_back = PutBack(before);
    work();
}

fn current_request() -> Option<u32> {
    *ALL.lock().unwrap()
}
