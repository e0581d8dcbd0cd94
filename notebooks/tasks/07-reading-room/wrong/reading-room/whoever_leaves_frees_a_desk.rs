// kind: other
// Nobody is counted: whoever leaves frees a desk, also one that nobody had.
fn enter(room: &ReadingRoom, patience: Duration) -> Result<(), Refused> {
    if !room.desks.acquire_timeout(patience) {
        return Err(Refused::NoDesk);
    }
    if room.closed.load(Ordering::SeqCst) {
        // Whoever waits behind us must hear of it too.
        room.desks.release();
        return Err(Refused::Closed);
    }
    Ok(())
}

fn leave(room: &ReadingRoom) -> Result<(), NobodyInside> {
    room.desks.release();
    Ok(())
}

fn close(room: &ReadingRoom) {
    room.closed.store(true, Ordering::SeqCst);
    room.desks.release();
}
