// Who opens a connection is let in before the next one comes; then all talk at once.
async fn house(guests: u32, log: Log) -> io::Result<()> {
    let door = Listener::bind()?;
    let port = door.port();
    let mut both = Vec::new();
    for guest in 1..=guests {
        let outside = Connection::open(port).await?;
        both.push(green::spawn("guest", visit(guest, outside, log.clone())));
        let inside = door.accept().await?;
        both.push(green::spawn("house", talk(inside)));
    }
    // Nobody comes any more.
    drop(door);
    for task in both {
        task.await.map_err(io::Error::other)??;
    }
    Ok(())
}

async fn visit(guest: u32, mut house: Connection, log: Log) -> io::Result<()> {
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
