// verdict: TimeLimit
// kind: deadlock
// One end mark is taken by one clerk; the others wait for ever.
fn post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
    let counter = Queue::unbounded();
    let torn = AtomicUsize::new(0);
    thread::scope(|s| {
        for _ in 0..clerks {
            s.spawn(|| {
                while let Some(Some(letter)) = counter.get() {
                    if catch_unwind(AssertUnwindSafe(|| desk.handle(letter))).is_err() {
                        torn.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
        }
        for letter in bags.concat() {
            counter.put(Some(letter)).unwrap();
        }
        counter.put(None).unwrap();
    });
    torn.into_inner()
}
