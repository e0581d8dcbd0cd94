// kind: racy
// Each bringer closes the queue when its own bag is empty; what the others still bring is lost.
fn post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
    let counter = Queue::unbounded();
    let torn = AtomicUsize::new(0);
    if bags.is_empty() {
        return 0;
    }
    thread::scope(|s| {
        for bag in bags {
            let counter = &counter;
            s.spawn(move || {
                for letter in bag {
                    let _ = counter.put(letter);
                }
                counter.close();
            });
        }
        for _ in 0..clerks {
            s.spawn(|| {
                for letter in &counter {
                    if catch_unwind(AssertUnwindSafe(|| desk.handle(letter))).is_err() {
                        torn.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
        }
    });
    torn.into_inner()
}
