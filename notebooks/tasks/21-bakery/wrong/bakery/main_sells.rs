// kind: other
// Main takes all the loaves out of the oven, and calls the customers' names.
fn bakery(loaves: u32, customers: u32, oven: usize, book: &Book) {
    let shelf = Queue::<u32>::bounded(oven).unwrap();
    let (baker_side, baker_book) = (shelf.clone(), book.clone());
    let mut baker = Process::new("baker", move || {
        for loaf in 0..loaves {
            baker_book.bake(loaf);
            baker_side.put(loaf).unwrap();
        }
        baker_side.close();
    });
    baker.start().unwrap();
    while let Some(loaf) = shelf.get().unwrap() {
        book.buy(loaf % customers, loaf);
    }
    baker.join().unwrap();
}
