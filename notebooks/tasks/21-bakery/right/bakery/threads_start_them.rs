// Each process is started and waited for by a thread of its own.
fn bakery(loaves: u32, customers: u32, oven: usize, book: &Book) {
    let shelf = Queue::<u32>::bounded(oven).unwrap();
    let shelf = &shelf;
    let start_and_join = |mut process: Process<'_>| {
        process.start().unwrap();
        process.join().unwrap();
    };
    thread::scope(|s| {
        s.spawn(move || {
            start_and_join(Process::borrowing("baker", || {
                for loaf in 0..loaves {
                    book.bake(loaf);
                    while shelf.put(loaf).is_err() {}
                }
                shelf.close();
            }));
        });
        for customer in 0..customers {
            s.spawn(move || {
                start_and_join(Process::borrowing(format!("customer {customer}"), || {
                    loop {
                        match shelf.get() {
                            Ok(Some(loaf)) => book.buy(customer, loaf),
                            Ok(None) => break,
                            Err(_) => {}
                        }
                    }
                }));
            });
        }
    });
}
