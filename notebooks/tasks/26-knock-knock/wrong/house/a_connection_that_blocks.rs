// verdict: TimeLimit
// kind: other
// A guest that reads as one does in a thread: the only thread waits, and nobody is there to answer.
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

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
    let mut house = TcpStream::connect(("127.0.0.1", port))?;
    let mut answers = BufReader::new(house.try_clone()?).lines();
    for line in ["Knock knock", &guest.to_string()] {
        log.note(guest, line);
        writeln!(house, "{line}")?;
        let answer = answers.next().transpose()?;
        log.note(guest, &answer.unwrap_or_default());
    }
    log.note(guest, "Bye");
    writeln!(house, "Bye")
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
