// kind: other
// A torn letter is put back once: it is handled twice.
fn post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
    let counter = Queue::unbounded();
    let torn = AtomicUsize::new(0);
    for letter in bags.concat() {
        counter.put((letter, false)).unwrap();
    }
    thread::scope(|s| {
        for _ in 0..clerks {
            s.spawn(|| {
                for (letter, again) in &counter {
                    if catch_unwind(AssertUnwindSafe(|| desk.handle(letter))).is_err() {
                        if again {
                            torn.fetch_add(1, Ordering::SeqCst);
                        } else {
                            counter.put((letter, true)).unwrap();
                        }
                    }
                    counter.task_done();
                }
            });
        }
        counter.join();
        counter.close();
    });
    torn.into_inner()
}
