// The door is kept by a task; the house waits for the guests, who close when they have said their last line.
use exercises::green::net::{Connection, Listener};

async fn house(guests: u32, log: Log) -> io::Result<()> {
    let door = Listener::bind()?;
    let port = door.port();
    let keeper = green::spawn("keeper", async move {
        loop {
            let mut guest = door.accept().await?;
            let _ = green::spawn("talk", async move {
                guest.receive().await?;
                think().await;
                guest.send("Who's there?").await?;
                let name = guest.receive().await?.unwrap_or_default();
                think().await;
                guest.send(&format!("{name} who?")).await?;
                guest.receive().await?;
                guest.close().await
            });
        }
        #[allow(unreachable_code)]
        Ok::<(), io::Error>(())
    });
    let mut visits = VecDeque::new();
    for guest in 1..=guests {
        let log = log.clone();
        visits.push_back(green::spawn(format!("guest {guest}"), async move {
            let mut house = Connection::open(port).await?;
            for line in ["Knock knock".to_string(), guest.to_string()] {
                house.send(&line).await?;
                log.note(guest, &line);
                let answer = house.receive().await?.ok_or(io::ErrorKind::UnexpectedEof)?;
                log.note(guest, &answer);
            }
            house.send("Bye").await?;
            log.note(guest, "Bye");
            house.close().await
        }));
    }
    while let Some(visit) = visits.pop_front() {
        visit.await.map_err(io::Error::other)??;
    }
    keeper.cancel();
    Ok(())
}
