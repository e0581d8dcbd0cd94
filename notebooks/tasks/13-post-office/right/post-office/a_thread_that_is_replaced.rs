// A panic may end a clerk's thread, as long as another takes its place at once.
fn post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
    let counter = Queue::unbounded();
    thread::scope(|s| {
        let bringers: Vec<_> = bags
            .into_iter()
            .map(|bag| {
                let counter = &counter;
                s.spawn(move || bag.into_iter().for_each(|letter| counter.put(letter).unwrap()))
            })
            .collect();
        let posts: Vec<_> = (0..clerks)
            .map(|_| {
                s.spawn(|| {
                    let mut torn = 0;
                    thread::scope(|post| {
                        while post.spawn(|| counter.iter().for_each(|letter| desk.handle(letter))).join().is_err() {
                            torn += 1;
                        }
                    });
                    torn
                })
            })
            .collect();
        bringers.into_iter().for_each(|bringer| bringer.join().unwrap());
        counter.close();
        posts.into_iter().map(|post| post.join().unwrap()).sum()
    })
}
