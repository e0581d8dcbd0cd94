// kind: other
// As many at the desk as there are letters.
fn post_office(_clerks: usize, bags: Vec<Vec<Letter>>, desk: &Arc<Desk>) -> usize {
    let mut torn = 0;
    for letters in bags.concat().chunks(30) {
        thread::scope(|s| {
            let handled: Vec<_> = letters.iter().map(|letter| s.spawn(|| desk.handle(*letter))).collect();
            torn += handled.into_iter().filter_map(|handled| handled.join().err()).count();
        });
    }
    torn
}
