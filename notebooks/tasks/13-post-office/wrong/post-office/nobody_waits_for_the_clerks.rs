// kind: leaks
// It returns while the clerks are still at work.
fn post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
    let counter = Queue::unbounded();
    let letters = bags.concat();
    let torn = letters.iter().filter(|letter| letter.torn).count();
    letters.into_iter().for_each(|letter| counter.put(letter).unwrap());
    counter.close();
    for _ in 0..clerks {
        let (counter, desk) = (counter.clone(), desk.clone());
        thread::spawn(move || {
            for letter in &counter {
                let _ = catch_unwind(AssertUnwindSafe(|| desk.handle(letter)));
            }
        });
    }
    torn
}
