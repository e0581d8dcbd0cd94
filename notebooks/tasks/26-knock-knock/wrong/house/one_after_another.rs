// kind: over-synchronised
// Each guest has to go before the next one comes.
async fn house(guests: u32, log: Log) -> io::Result<()> {
    let door = Listener::bind()?;
    for guest in 1..=guests {
        let visit = green::spawn("guest", visit(guest, door.port(), log.clone()));
        talk(door.accept().await?).await?;
        visit.await.map_err(io::Error::other)??;
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
