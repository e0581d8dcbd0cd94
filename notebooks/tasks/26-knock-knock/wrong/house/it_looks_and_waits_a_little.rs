// kind: other
// A read with a limit, and then it gives way: each look blocks the thread for a millisecond, for whoever has nothing to hear.
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
    house.set_read_timeout(Some(Duration::from_millis(1)))?;
    let mut answers = BufReader::new(house.try_clone()?);
    for line in ["Knock knock", &guest.to_string()] {
        log.note(guest, line);
        writeln!(house, "{line}")?;
        let mut answer = String::new();
        while let Err(error) = answers.read_line(&mut answer) {
            if !matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) {
                return Err(error);
            }
            green::yield_now().await;
        }
        log.note(guest, answer.trim_end());
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

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
