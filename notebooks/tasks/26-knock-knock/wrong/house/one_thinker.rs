// kind: over-synchronised
// A task of its own thinks about the numbers. It takes one after the other out of its queue.
async fn house(guests: u32, log: Log) -> io::Result<()> {
    let door = Listener::bind()?;
    let port = door.port();
    let visits: Vec<_> = (1..=guests)
        .map(|guest| green::spawn(format!("guest {guest}"), visit(guest, port, log.clone())))
        .collect();
    let numbers = Numbers::default();
    let thinker = green::spawn("thinker", one_by_one(numbers.clone()));
    let mut talks = Vec::new();
    for _ in 0..guests {
        let guest = door.accept().await?;
        talks.push(green::spawn("house", talk(guest, numbers.clone())));
    }
    for ended in green::join_all(visits.into_iter().chain(talks)).await {
        ended.map_err(io::Error::other)??;
    }
    thinker.cancel();
    Ok(())
}

type Numbers = Rc<RefCell<VecDeque<Rc<Cell<bool>>>>>;

async fn one_by_one(numbers: Numbers) {
    loop {
        let next = numbers.borrow_mut().pop_front();
        match next {
            Some(thought) => {
                think().await;
                thought.set(true);
            }
            None => green::sleep(Duration::from_millis(1)).await,
        }
    }
}

async fn visit(guest: u32, port: u16, log: Log) -> io::Result<()> {
    let mut house = Connection::open(port).await?;
    for line in ["Knock knock", &guest.to_string()] {
        log.note(guest, line);
        house.send(line).await?;
        let answer = house.receive().await?;
        log.note(guest, &answer.unwrap_or_default());
    }
    log.note(guest, "Bye");
    house.send("Bye").await?;
    house.close().await
}

async fn talk(mut guest: Connection, numbers: Numbers) -> io::Result<()> {
    while let Some(line) = guest.receive().await? {
        let answer = match line.as_str() {
            "Bye" => return Ok(()),
            "Knock knock" => "Who's there?".to_string(),
            name => format!("{name} who?"),
        };
        if line.starts_with("Knock") {
            think().await;
        } else {
            let thought = Rc::new(Cell::new(false));
            numbers.borrow_mut().push_back(thought.clone());
            while !thought.get() {
                green::sleep(Duration::from_millis(1)).await;
            }
        }
        guest.send(&answer).await?;
    }
    Ok(())
}
