// std's channel: it is closed when the last bringer has dropped its sender. The lock is only held to take a letter.
fn post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
    let (counter, letters) = mpsc::channel::<Letter>();
    let letters = Mutex::new(letters);
    thread::scope(|s| {
        for bag in bags {
            let counter = counter.clone();
            s.spawn(move || {
                for letter in bag {
                    counter.send(letter).unwrap();
                }
            });
        }
        drop(counter);
        let work = || {
            let mut torn = 0;
            loop {
                let next = letters.lock().unwrap().recv();
                let Ok(letter) = next else { return torn };
                torn += usize::from(catch_unwind(AssertUnwindSafe(|| desk.handle(letter))).is_err());
            }
        };
        let clerks: Vec<_> = (0..clerks).map(|_| s.spawn(work)).collect();
        clerks.into_iter().map(|clerk| clerk.join().unwrap()).sum()
    })
}
