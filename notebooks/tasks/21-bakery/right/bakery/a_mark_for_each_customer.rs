// Nothing is closed: at the end each customer finds a mark. Whoever has died leaves one, and nobody minds.
fn bakery(loaves: u32, customers: u32, oven: usize, book: &Book) {
    let shelf = Queue::<Option<u32>>::bounded(oven).unwrap();
    let put = |what: Option<u32>| {
        while let Err(PutError::Abandoned(_)) = shelf.put(what) {}
    };
    let mut baker = Process::borrowing("baker", || {
        for loaf in 0..loaves {
            book.bake(loaf);
            put(Some(loaf));
        }
        put(None);
    });
    let mut people: Vec<_> = (0..customers)
        .map(|customer| {
            let (shelf, put) = (&shelf, &put);
            Process::borrowing(format!("customer {customer}"), move || {
                loop {
                    match shelf.get() {
                        Ok(Some(Some(loaf))) => book.buy(customer, loaf),
                        Ok(Some(None)) => break put(None),
                        Ok(None) => break,
                        Err(GetError::Abandoned(_)) => {}
                        Err(error) => panic!("{error}"),
                    }
                }
            })
        })
        .collect();
    baker.start().unwrap();
    for person in &mut people {
        person.start().unwrap();
    }
    baker.join().unwrap();
    for person in &people {
        person.join().unwrap();
    }
}
