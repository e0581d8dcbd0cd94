// kind: luck
// Whoever is told that a customer has died panics: the baker or the next customer.
fn bakery(loaves: u32, customers: u32, oven: usize, book: &Book) {
    let shelf = Queue::<u32>::bounded(oven).unwrap();
    let (baker_side, baker_book) = (shelf.clone(), book.clone());
    let mut people = vec![Process::new("baker", move || {
        for loaf in 0..loaves {
            baker_book.bake(loaf);
            baker_side.put(loaf).unwrap();
        }
        baker_side.close();
    })];
    for customer in 0..customers {
        let (shelf, book) = (shelf.clone(), book.clone());
        people.push(Process::new(format!("customer {customer}"), move || {
            while let Some(loaf) = shelf.get().unwrap() {
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
