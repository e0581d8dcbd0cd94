// Nobody is woken: who waits looks at the door again and again, and the time is counted over all of it.
use std::time::Instant;

fn enter(room: &ReadingRoom, patience: Duration) -> Result<(), Refused> {
    let begin = Instant::now();
    loop {
        if room.closed.load(Ordering::SeqCst) {
            return Err(Refused::Closed);
        }
        let rest = patience.saturating_sub(begin.elapsed());
        if room.desks.acquire_timeout(rest.min(Duration::from_millis(20))) {
            if room.closed.load(Ordering::SeqCst) {
                room.desks.release();
                return Err(Refused::Closed);
            }
            room.inside.fetch_add(1, Ordering::SeqCst);
            return Ok(());
        }
        if begin.elapsed() >= patience {
            let closed = room.closed.load(Ordering::SeqCst);
            return Err(if closed { Refused::Closed } else { Refused::NoDesk });
        }
    }
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
}
