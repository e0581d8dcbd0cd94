// kind: other
// A stack, not a queue: the letter that came last is taken first.
fn post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
    let stack = Mutex::new(bags.concat());
    let torn = AtomicUsize::new(0);
    thread::scope(|s| {
        for _ in 0..clerks {
            s.spawn(|| {
                loop {
                    let next = stack.lock().unwrap().pop();
                    let Some(letter) = next else { return };
                    if catch_unwind(AssertUnwindSafe(|| desk.handle(letter))).is_err() {
                        torn.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
        }
    });
    torn.into_inner()
}
