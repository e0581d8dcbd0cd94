// Closing puts in so many permits that all who wait wake up; nobody needs to pass them on.
fn enter(room: &ReadingRoom, patience: Duration) -> Result<(), Refused> {
    let closed = || room.closed.load(Ordering::SeqCst);
    match (closed(), room.desks.acquire_timeout(patience), closed()) {
        (true, ..) | (_, _, true) => Err(Refused::Closed),
        (_, true, false) => Ok(()),
        (_, false, false) => Err(Refused::NoDesk),
    }
}

fn leave(room: &ReadingRoom) {
    room.desks.release();
}

fn close(room: &ReadingRoom) {
    if !room.closed.swap(true, Ordering::SeqCst) {
        room.desks.release_many(1_000_000);
    }
}
