// It sleeps for all of its patience and looks only then whether there is a desk.
fn enter(room: &ReadingRoom, patience: Duration) -> Result<(), Refused> {
    thread::sleep(patience);
    if !room.desks.try_acquire() {
        return Err(Refused::NoDesk);
    }
    if room.closed.load(Ordering::SeqCst) {
        // Whoever waits behind us must hear of it too.
        room.desks.release();
        return Err(Refused::Closed);
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
