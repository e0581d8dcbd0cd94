// kind: other
// The error is told, and the desk is free all the same.
fn enter(room: &ReadingRoom, patience: Duration) -> Result<(), Refused> {
    if !room.desks.acquire_timeout(patience) {
        return Err(Refused::NoDesk);
    }
    if room.closed.load(Ordering::SeqCst) {
        // Whoever waits behind us must hear of it too.
        room.desks.release();
        return Err(Refused::Closed);
    }
    room.inside.fetch_add(1, Ordering::SeqCst);
    Ok(())
}

fn leave(room: &ReadingRoom) -> Result<(), NobodyInside> {
    let one_less = |inside: usize| inside.checked_sub(1);
    let counted = room.inside.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less);
    room.desks.release();
    counted.map(|_| ()).map_err(|_| NobodyInside)
}

fn close(room: &ReadingRoom) {
    room.closed.store(true, Ordering::SeqCst);
    room.desks.release();
}
