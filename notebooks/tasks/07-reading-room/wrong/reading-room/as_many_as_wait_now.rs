// kind: racy
// It counts who waits and wakes so many: who comes between the count and the door is not told.
static WAITING: AtomicUsize = AtomicUsize::new(0);

fn enter(room: &ReadingRoom, patience: Duration) -> Result<(), Refused> {
    WAITING.fetch_add(1, Ordering::SeqCst);
    let taken = room.desks.acquire_timeout(patience);
    WAITING.fetch_sub(1, Ordering::SeqCst);
    if !taken {
        return Err(Refused::NoDesk);
    }
    if room.closed.load(Ordering::SeqCst) {
        return Err(Refused::Closed);
    }
    room.inside.fetch_add(1, Ordering::SeqCst);
    Ok(())
}

fn leave(room: &ReadingRoom) -> Result<(), NobodyInside> {
    let one_less = |inside: usize| inside.checked_sub(1);
    let counted = room.inside.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less);
    counted.map_err(|_| NobodyInside)?;
    room.desks.release();
    Ok(())
}

fn close(room: &ReadingRoom) {
    room.closed.store(true, Ordering::SeqCst);
    room.desks.release_many(WAITING.load(Ordering::SeqCst));
}
