// kind: luck
// The guest knows what comes, and writes it down before the house has said it.
async fn house(guests: u32, log: Log) -> io::Result<()> {
    let door = Listener::bind()?;
    let port = door.port();
    let visits: Vec<_> = (1..=guests)
        .map(|guest| green::spawn(format!("guest {guest}"), visit(guest, port, log.clone())))
        .collect();
    let mut talks = Vec::new();
    for _ in 0..guests {
        let guest = door.accept().await?;
        talks.push(green::spawn("house", talk(guest)));
    }
    for ended in green::join_all(visits.into_iter().chain(talks)).await {
        ended.map_err(io::Error::other)??;
    }
    Ok(())
}

async fn visit(guest: u32, port: u16, log: Log) -> io::Result<()> {
    let mut house = Connection::open(port).await?;
    for (line, answer) in [
        ("Knock knock".to_string(), "Who's there?".to_string()),
        (guest.to_string(), format!("{guest} who?")),
    ] {
        log.note(guest, &line);
        log.note(guest, &answer);
        house.send(&line).await?;
        house.receive().await?;
    }
    log.note(guest, "Bye");
    house.send("Bye").await?;
    house.close().await
}

async fn talk(mut guest: Connection) -> io::Result<()> {
    while let Some(line) = guest.receive().await? {
        let answer = match line.as_str() {
            "Bye" => return Ok(()),
            "Knock knock" => "Who's there?".to_string(),
            name => format!("{name} who?"),
        };
        think().await;
        guest.send(&answer).await?;
    }
    Ok(())
}
