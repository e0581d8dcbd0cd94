// kind: racy
// The count is read under one lock and written under another: two clerks can read the same number.
fn post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
    let counter = Queue::unbounded();
    let torn = Mutex::new(0);
    bags.concat().into_iter().for_each(|letter| counter.put(letter).unwrap());
    counter.close();
    thread::scope(|s| {
        for _ in 0..clerks {
            s.spawn(|| {
                for letter in &counter {
                    if catch_unwind(AssertUnwindSafe(|| desk.handle(letter))).is_err() {
                        let before = *torn.lock().unwrap();
                        *torn.lock().unwrap() = before + 1;
                    }
                }
            });
        }
    });
    torn.into_inner().unwrap()
}
