// kind: over-synchronised
// All are asked who they are at the same time. Then one loop answers them, one after another.
async fn house(guests: u32, log: Log) -> io::Result<()> {
    let door = Listener::bind()?;
    let port = door.port();
    let visits: Vec<_> = (1..=guests)
        .map(|guest| green::spawn(format!("guest {guest}"), visit(guest, port, log.clone())))
        .collect();
    let mut knocks = Vec::new();
    for _ in 0..guests {
        let guest = door.accept().await?;
        knocks.push(green::spawn("house", greet(guest)));
    }
    for greeted in green::join_all(knocks).await {
        talk(greeted.map_err(io::Error::other)??).await?;
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

async fn greet(mut guest: Connection) -> io::Result<Connection> {
    guest.receive().await?;
    think().await;
    guest.send("Who's there?").await?;
    Ok(guest)
}

async fn talk(mut guest: Connection) -> io::Result<()> {
    let name = guest.receive().await?.unwrap_or_default();
    think().await;
    guest.send(&format!("{name} who?")).await?;
    guest.receive().await?;
    Ok(())
}
