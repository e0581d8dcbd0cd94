// kind: other
// Threads are no processes.
fn bakery(loaves: u32, customers: u32, oven: usize, book: &Book) {
    let shelf = Queue::<u32>::bounded(oven).unwrap();
    thread::scope(|s| {
        s.spawn(|| {
            for loaf in 0..loaves {
                book.bake(loaf);
                shelf.put(loaf).unwrap();
            }
            shelf.close();
        });
        for customer in 0..customers {
            let shelf = &shelf;
            s.spawn(move || {
                while let Ok(Some(loaf)) = shelf.get() {
                    book.buy(customer, loaf);
                }
            });
        }
    });
}
