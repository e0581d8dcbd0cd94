// kind: over-synchronised
// The lock on the receiver is held while the letter is handled: only one clerk is ever at work.
fn post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
    let (counter, letters) = mpsc::channel::<Letter>();
    let letters = Mutex::new(letters);
    let torn = AtomicUsize::new(0);
    thread::scope(|s| {
        for bag in bags {
            let counter = counter.clone();
            s.spawn(move || bag.into_iter().for_each(|letter| counter.send(letter).unwrap()));
        }
        drop(counter);
        for _ in 0..clerks {
            s.spawn(|| {
                while let Ok(letter) = letters.lock().unwrap().recv() {
                    if catch_unwind(AssertUnwindSafe(|| desk.handle(letter))).is_err() {
                        torn.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
        }
    });
    torn.into_inner()
}
