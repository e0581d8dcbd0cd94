// kind: over-synchronised
// All guests come at once, but the house awaits the end of each talk before it opens to the next one.
async fn house(guests: u32, log: Log) -> io::Result<()> {
    let door = Listener::bind()?;
    let port = door.port();
    let visits: Vec<_> = (1..=guests)
        .map(|guest| green::spawn(format!("guest {guest}"), visit(guest, port, log.clone())))
        .collect();
    for _ in 0..guests {
        talk(door.accept().await?).await?;
    }
    for ended in green::join_all(visits).await {
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
