// What was taken comes back by itself, unless the visitor stays.
struct Taken<'a>(&'a Semaphore);

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.0.release();
    }
}

fn enter(room: &ReadingRoom, patience: Duration) -> Result<(), Refused> {
    let taken = room.desks.acquire_timeout(patience).then(|| Taken(&room.desks));
    if room.closed.load(Ordering::SeqCst) {
        return Err(Refused::Closed);
    }
    let taken = taken.ok_or(Refused::NoDesk)?;
    std::mem::forget(taken);
    Ok(())
}

fn leave(room: &ReadingRoom) {
    drop(Taken(&room.desks));
}

fn close(room: &ReadingRoom) {
    room.closed.store(true, Ordering::SeqCst);
    leave(room);
}
