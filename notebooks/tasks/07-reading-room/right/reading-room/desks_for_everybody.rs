// Closing puts in so many permits that all who wait wake up; nobody needs to pass them on.
fn enter(room: &ReadingRoom, patience: Duration) -> Result<(), Refused> {
    let closed = || room.closed.load(Ordering::SeqCst);
    match (closed(), room.desks.acquire_timeout(patience), closed()) {
        (true, ..) | (_, _, true) => Err(Refused::Closed),
        (_, true, false) => {
            room.inside.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }
        (_, false, false) => Err(Refused::NoDesk),
    }
}

static LEAVING: Mutex<()> = Mutex::new(());

fn leave(room: &ReadingRoom) -> Result<(), NobodyInside> {
    // One by one: nobody leaves between looking and counting.
    let _mine = LEAVING.lock().unwrap();
    if room.inside.load(Ordering::SeqCst) == 0 {
        return Err(NobodyInside);
    }
    room.inside.fetch_sub(1, Ordering::SeqCst);
    room.desks.release();
    Ok(())
}

fn close(room: &ReadingRoom) {
    if !room.closed.swap(true, Ordering::SeqCst) {
        room.desks.release_many(1_000_000);
    }
}
