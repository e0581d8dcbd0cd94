fn post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
    let counter = Queue::unbounded();
    let torn = AtomicUsize::new(0);
    thread::scope(|s| {
        for _ in 0..clerks {
            s.spawn(|| {
                for letter in &counter {
                    let handle = AssertUnwindSafe(|| desk.handle(letter));
                    if catch_unwind(handle).is_err() {
                        torn.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
        }
        thread::scope(|s| {
            for bag in bags {
                let counter = &counter;
                s.spawn(move || bag.into_iter().for_each(|l| counter.put(l).unwrap()));
            }
        });
        counter.close();
    });
    torn.into_inner()
}
