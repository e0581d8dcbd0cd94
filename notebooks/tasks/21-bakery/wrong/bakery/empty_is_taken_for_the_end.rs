// kind: racy
// A customer who finds the oven empty goes home.
fn bakery(loaves: u32, customers: u32, oven: usize, book: &Book) {
    let shelf = Queue::<u32>::bounded(oven).unwrap();
    let (baker_side, baker_book) = (shelf.clone(), book.clone());
    let mut people = vec![Process::new("baker", move || {
        for loaf in 0..loaves {
            baker_book.bake(loaf);
            // Nobody may be there any more.
            if baker_side.put_timeout(loaf, Duration::from_millis(200)).is_err() {
                break;
            }
        }
        baker_side.close();
    })];
    for customer in 0..customers {
        let (shelf, book) = (shelf.clone(), book.clone());
        people.push(Process::new(format!("customer {customer}"), move || {
            while let Ok(loaf) = shelf.try_get() {
                book.buy(customer, loaf);
            }
        }));
    }
    for person in &mut people {
        person.start().unwrap();
    }
    for person in &people {
        person.join().unwrap();
    }
}
