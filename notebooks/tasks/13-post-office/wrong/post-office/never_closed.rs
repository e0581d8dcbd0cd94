// verdict: TimeLimit
// kind: deadlock
// Nobody says that the work is over: the clerks wait for the next letter for ever.
fn post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
    let counter = Queue::unbounded();
    let torn = AtomicUsize::new(0);
    thread::scope(|s| {
        for _ in 0..clerks {
            s.spawn(|| {
                for letter in &counter {
                    if catch_unwind(AssertUnwindSafe(|| desk.handle(letter))).is_err() {
                        torn.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
        }
        for bag in bags {
            let counter = &counter;
            s.spawn(move || bag.into_iter().for_each(|letter| counter.put(letter).unwrap()));
        }
    });
    torn.into_inner()
}
