// verdict: TimeLimit
// kind: deadlock
// One mark at the end is found by one customer; the others wait for ever.
fn bakery(loaves: u32, customers: u32, oven: usize, book: &Book) {
    let shelf = Queue::<Option<u32>>::bounded(oven).unwrap();
    let (baker_side, baker_book) = (shelf.clone(), book.clone());
    let mut people = vec![Process::new("baker", move || {
        for loaf in 0..loaves {
            baker_book.bake(loaf);
            while let Err(PutError::Abandoned(_)) = baker_side.put(Some(loaf)) {}
        }
        let _ = baker_side.put(None);
    })];
    for customer in 0..customers {
        let (shelf, book) = (shelf.clone(), book.clone());
        people.push(Process::new(format!("customer {customer}"), move || {
            while let Ok(Some(Some(loaf))) = shelf.get() {
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
