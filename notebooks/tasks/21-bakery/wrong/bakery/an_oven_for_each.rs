// kind: other
// Each customer has an oven of its own, which is larger all together, and a share of the loaves.
fn bakery(loaves: u32, customers: u32, oven: usize, book: &Book) {
    let ovens: Vec<Queue<u32>> = (0..customers).map(|_| Queue::bounded(oven).unwrap()).collect();
    let shelf = ovens.clone();
    let (baker_side, baker_book) = (shelf.clone(), book.clone());
    let mut people = vec![Process::new("baker", move || {
        for loaf in 0..loaves {
            baker_book.bake(loaf);
            let _ = baker_side[loaf as usize % baker_side.len()].put(loaf);
        }
        for oven in &baker_side {
            oven.close();
        }
    })];
    for customer in 0..customers {
        let (shelf, book) = (shelf.clone(), book.clone());
        people.push(Process::new(format!("customer {customer}"), move || {
            while let Ok(Some(loaf)) = shelf[customer as usize].get() {
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
