// kind: luck
// There is no door and nobody comes: the dialogues are made up.
async fn house(guests: u32, log: Log) -> io::Result<()> {
    let dialogues: Vec<_> = (1..=guests)
        .map(|guest| green::spawn("guest", dialogue(guest, log.clone())))
        .collect();
    for ended in green::join_all(dialogues).await {
        ended.map_err(io::Error::other)?;
    }
    Ok(())
}

async fn dialogue(guest: u32, log: Log) {
    log.note(guest, "Knock knock");
    think().await;
    log.note(guest, "Who's there?");
    log.note(guest, &guest.to_string());
    think().await;
    log.note(guest, &format!("{guest} who?"));
    log.note(guest, "Bye");
}
