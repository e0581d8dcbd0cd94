// kind: racy
// It looks whether somebody is inside, and counts then: two who leave at the same time both see the last one.
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
    let inside = room.inside.load(Ordering::SeqCst);
    if inside == 0 {
        return Err(NobodyInside);
    }
    room.inside.store(inside - 1, Ordering::SeqCst);
    room.desks.release();
    Ok(())
}

fn close(room: &ReadingRoom) {
    room.closed.store(true, Ordering::SeqCst);
    room.desks.release();
}
