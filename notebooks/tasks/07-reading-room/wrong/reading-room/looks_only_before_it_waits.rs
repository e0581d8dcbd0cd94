// The door is looked at before the wait, not after it: who was woken by the closing gets a desk.
fn enter(room: &ReadingRoom, patience: Duration) -> Result<(), Refused> {
    if room.closed.load(Ordering::SeqCst) {
        return Err(Refused::Closed);
    }
    if !room.desks.acquire_timeout(patience) {
        return Err(Refused::NoDesk);
    }
    Ok(())
}

fn leave(room: &ReadingRoom) {
    room.desks.release();
}

fn close(room: &ReadingRoom) {
    room.closed.store(true, Ordering::SeqCst);
    room.desks.release();
}
