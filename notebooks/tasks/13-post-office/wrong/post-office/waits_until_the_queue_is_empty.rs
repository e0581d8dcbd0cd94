// kind: luck
// Empty does not mean handled: the last letters are still in the clerks' hands when it returns.
fn post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
    let counter = Queue::unbounded();
    let torn = Arc::new(AtomicUsize::new(0));
    for _ in 0..clerks {
        let (counter, desk, torn) = (counter.clone(), desk.clone(), torn.clone());
        thread::spawn(move || {
            for letter in &counter {
                if catch_unwind(AssertUnwindSafe(|| desk.handle(letter))).is_err() {
                    torn.fetch_add(1, Ordering::SeqCst);
                }
            }
        });
    }
    for letter in bags.concat() {
        counter.put(letter).unwrap();
    }
    while !counter.is_empty() {
        thread::yield_now();
    }
    counter.close();
    torn.load(Ordering::SeqCst)
}
