// verdict: Forbidden
// kind: sleeps
// Two seconds are enough today, on this machine.
fn bakery(loaves: u32, customers: u32, oven: usize, book: &Book) {
    let shelf = Queue::<u32>::bounded(oven).unwrap();
    let (baker_side, baker_book) = (shelf.clone(), book.clone());
    let mut people = vec![Process::new("baker", move || {
        for loaf in 0..loaves {
            baker_book.bake(loaf);
            loop {
                match baker_side.put(loaf) {
                    // A customer has died. The others go on.
                    Err(PutError::Abandoned(_)) => {}
                    other => break other.unwrap(),
                }
            }
        }
        baker_side.close();
    })];
    for customer in 0..customers {
        let (shelf, book) = (shelf.clone(), book.clone());
        people.push(Process::new(format!("customer {customer}"), move || {
            loop {
                match shelf.get() {
                    Ok(Some(loaf)) => book.buy(customer, loaf),
                    Ok(None) => break,
                    Err(GetError::Abandoned(_)) => {}
                    Err(error) => panic!("{error}"),
                }
            }
        }));
    }
    for person in &mut people {
        person.start().unwrap();
    }
    thread::sleep(Duration::from_secs(2));
}
