// kind: over-synchronised
// It thinks about two numbers at a time; the third guest waits.
async fn house(guests: u32, log: Log) -> io::Result<()> {
    let door = Listener::bind()?;
    let port = door.port();
    let visits: Vec<_> = (1..=guests)
        .map(|guest| green::spawn(format!("guest {guest}"), visit(guest, port, log.clone())))
        .collect();
    let mut talks = Vec::new();
    let thinking = Rc::new(Cell::new(0));
    for _ in 0..guests {
        let guest = door.accept().await?;
        talks.push(green::spawn("house", talk(guest, thinking.clone())));
    }
    for ended in green::join_all(visits.into_iter().chain(talks)).await {
        ended.map_err(io::Error::other)??;
    }
    Ok(())
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

async fn talk(mut guest: Connection, thinking: Rc<Cell<u32>>) -> io::Result<()> {
    while let Some(line) = guest.receive().await? {
        let answer = match line.as_str() {
            "Bye" => return Ok(()),
            "Knock knock" => "Who's there?".to_string(),
            name => format!("{name} who?"),
        };
        if line.starts_with("Knock") {
            think().await;
        } else {
            while thinking.get() == 2 {
                green::sleep(Duration::from_millis(1)).await;
            }
            thinking.set(thinking.get() + 1);
            think().await;
            thinking.set(thinking.get() - 1);
        }
        guest.send(&answer).await?;
    }
    Ok(())
}
