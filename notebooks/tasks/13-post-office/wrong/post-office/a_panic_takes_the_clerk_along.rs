// kind: other
// A torn letter ends its clerk: when all clerks are gone, nobody takes the rest.
fn post_office(clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
    let counter = Queue::unbounded();
    bags.concat().into_iter().for_each(|letter| counter.put(letter).unwrap());
    counter.close();
    thread::scope(|s| {
        let work = || counter.iter().for_each(|letter| desk.handle(letter));
        let clerks: Vec<_> = (0..clerks).map(|_| s.spawn(work)).collect();
        clerks.into_iter().filter_map(|clerk| clerk.join().err()).count()
    })
}
