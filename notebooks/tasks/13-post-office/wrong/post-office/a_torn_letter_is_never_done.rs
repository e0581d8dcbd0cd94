// verdict: TimeLimit
// kind: deadlock
// After a panic nobody says task_done, so join waits for ever.
fn post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
    let counter = Queue::unbounded();
    let torn = AtomicUsize::new(0);
    thread::scope(|s| {
        for _ in 0..clerks {
            s.spawn(|| {
                for letter in &counter {
                    let handle = || {
                        desk.handle(letter);
                        counter.task_done();
                    };
                    if catch_unwind(AssertUnwindSafe(handle)).is_err() {
                        torn.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
        }
        for letter in bags.concat() {
            counter.put(letter).unwrap();
        }
        counter.join();
        counter.close();
    });
    torn.into_inner()
}
