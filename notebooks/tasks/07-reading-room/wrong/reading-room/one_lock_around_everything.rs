// The lock is held while it waits for a desk: nobody can leave or close meanwhile.
static DOOR: Mutex<()> = Mutex::new(());

fn enter(room: &ReadingRoom, patience: Duration) -> Result<(), Refused> {
    let _door = DOOR.lock().unwrap();
    if !room.desks.acquire_timeout(patience) {
        return Err(Refused::NoDesk);
    }
    if room.closed.load(Ordering::SeqCst) {
        room.desks.release();
        return Err(Refused::Closed);
    }
    Ok(())
}

fn leave(room: &ReadingRoom) {
    let _door = DOOR.lock().unwrap();
    room.desks.release();
}

fn close(room: &ReadingRoom) {
    let _door = DOOR.lock().unwrap();
    room.closed.store(true, Ordering::SeqCst);
    room.desks.release();
}
