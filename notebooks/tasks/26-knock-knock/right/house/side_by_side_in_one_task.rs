// No tasks of their own: all visits and all talks side by side in the task that calls `house`.
async fn house(guests: u32, log: Log) -> io::Result<()> {
    let door = Listener::bind()?;
    let (door, log) = (&door, &log);
    let mut all: Vec<Pin<Box<dyn Future<Output = io::Result<()>> + '_>>> = Vec::new();
    for guest in 1..=guests {
        all.push(Box::pin(visit(guest, door.port(), log)));
        all.push(Box::pin(async move { talk(door.accept().await?).await }));
    }
    green::gather(all).await.into_iter().collect()
}

async fn visit(guest: u32, port: u16, log: &Log) -> io::Result<()> {
    let mut house = Connection::open(port).await?;
    let mut says = |line: String| {
        log.note(guest, &line);
        line
    };
    house.send(&says("Knock knock".to_string())).await?;
    says(house.receive().await?.unwrap());
    house.send(&says(guest.to_string())).await?;
    says(house.receive().await?.unwrap());
    house.send(&says("Bye".to_string())).await
}

async fn talk(mut guest: Connection) -> io::Result<()> {
    let mut answers = 0;
    while let Some(line) = guest.receive().await?.filter(|line| line != "Bye") {
        think().await;
        answers += 1;
        let answer = if answers == 1 { "Who's there?".to_string() } else { line + " who?" };
        guest.send(&answer).await?;
    }
    Ok(())
}
