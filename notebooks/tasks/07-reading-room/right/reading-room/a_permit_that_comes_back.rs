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
    room.inside.fetch_add(1, Ordering::SeqCst);
    Ok(())
}

fn leave(room: &ReadingRoom) -> Result<(), NobodyInside> {
    let mut inside = room.inside.load(Ordering::SeqCst);
    loop {
        let one_less = inside.checked_sub(1).ok_or(NobodyInside)?;
        match room.inside.compare_exchange(inside, one_less, Ordering::SeqCst, Ordering::SeqCst) {
            Ok(_) => break,
            Err(now) => inside = now,
        }
    }
    drop(Taken(&room.desks));
    Ok(())
}

fn close(room: &ReadingRoom) {
    room.closed.store(true, Ordering::SeqCst);
    drop(Taken(&room.desks));
}
