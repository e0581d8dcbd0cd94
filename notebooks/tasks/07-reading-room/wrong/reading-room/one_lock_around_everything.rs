// kind: over-synchronised
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
    room.inside.fetch_add(1, Ordering::SeqCst);
    Ok(())
}

fn leave(room: &ReadingRoom) -> Result<(), NobodyInside> {
    let _door = DOOR.lock().unwrap();
    let one_less = |inside: usize| inside.checked_sub(1);
    let counted = room.inside.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less);
    counted.map_err(|_| NobodyInside)?;
    room.desks.release();
    Ok(())
}

fn close(room: &ReadingRoom) {
    let _door = DOOR.lock().unwrap();
    room.closed.store(true, Ordering::SeqCst);
    room.desks.release();
}
