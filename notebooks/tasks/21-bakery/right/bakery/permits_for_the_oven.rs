// The queue has no bound: permits say how much room there is, and a customer gives one back for each loaf it takes.
use exercises::process::Semaphore;

fn bakery(loaves: u32, customers: u32, oven: usize, book: &Book) {
    let shelf = Queue::<u32>::unbounded().unwrap();
    let room = Semaphore::new(oven).unwrap();
    let mut people = vec![Process::borrowing("baker", || {
        for loaf in 0..loaves {
            book.bake(loaf);
            // Whoever has died is told of; the permits are as before.
            while room.acquire().is_err() {}
            shelf.put(loaf).unwrap();
        }
        shelf.close();
    })];
    for customer in 0..customers {
        let (shelf, room) = (&shelf, &room);
        people.push(Process::borrowing(format!("customer {customer}"), move || {
            loop {
                match shelf.get() {
                    Ok(None) => break,
                    Ok(Some(loaf)) => {
                        room.release();
                        book.buy(customer, loaf);
                    }
                    Err(_) => {}
                }
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
