// kind: over-synchronised
// One connection, which the guests lend each other: whoever has it keeps it to the end of its dialogue.
async fn house(guests: u32, log: Log) -> io::Result<()> {
    let door = Listener::bind()?;
    let outside = Connection::open(door.port()).await?;
    let talk = green::spawn("house", talk(door.accept().await?, guests));
    let lent = Rc::new(RefCell::new(Some(outside)));
    let visits: Vec<_> = (1..=guests)
        .map(|guest| green::spawn(format!("guest {guest}"), visit(guest, lent.clone(), log.clone())))
        .collect();
    for ended in green::join_all(visits).await {
        ended.map_err(io::Error::other)??;
    }
    talk.await.map_err(io::Error::other)?
}

async fn visit(guest: u32, lent: Rc<RefCell<Option<Connection>>>, log: Log) -> io::Result<()> {
    let mut house = loop {
        let free = lent.borrow_mut().take();
        if let Some(house) = free {
            break house;
        }
        green::yield_now().await;
    };
    for line in ["Knock knock", &guest.to_string()] {
        log.note(guest, line);
        house.send(line).await?;
        let answer = house.receive().await?;
        log.note(guest, &answer.unwrap_or_default());
    }
    log.note(guest, "Bye");
    house.send("Bye").await?;
    lent.replace(Some(house));
    Ok(())
}

async fn talk(mut guest: Connection, guests: u32) -> io::Result<()> {
    let mut gone = 0;
    while gone < guests {
        let line = guest.receive().await?.unwrap_or_default();
        let answer = match line.as_str() {
            "Bye" => {
                gone += 1;
                continue;
            }
            "Knock knock" => "Who's there?".to_string(),
            name => format!("{name} who?"),
        };
        think().await;
        guest.send(&answer).await?;
    }
    Ok(())
}
