// kind: other
// Each guest has a thread of its own with a loop of its own; what was said is noted when it is over.
async fn house(guests: u32, log: Log) -> io::Result<()> {
    let door = Listener::bind()?;
    let port = door.port();
    let visits: Vec<_> = (1..=guests)
        .map(|guest| thread::spawn(move || green::run(visit(guest, port))))
        .collect();
    let mut talks = Vec::new();
    for _ in 0..guests {
        let guest = door.accept().await?;
        talks.push(green::spawn("house", talk(guest)));
    }
    green::join_all(talks).await;
    for (guest, visit) in (1..).zip(visits) {
        for line in visit.join().unwrap().unwrap()? {
            log.note(guest, &line);
        }
    }
    Ok(())
}

async fn visit(guest: u32, port: u16) -> io::Result<Vec<String>> {
    let mut house = Connection::open(port).await?;
    let mut lines = Vec::new();
    for line in ["Knock knock", &guest.to_string()] {
        lines.push(line.to_string());
        house.send(line).await?;
        lines.extend(house.receive().await?);
    }
    lines.push("Bye".to_string());
    house.send("Bye").await?;
    Ok(lines)
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
