// kind: other
// Does not look at the error: goes on as if all were there.
fn friend(
    group: &sync::Barrier,
    album: &Album,
    photos: usize,
    patience: Duration,
) -> Result<(), sync::BarrierBroken> {
    for photo in 0..photos {
        album.arrive(photo);
        if group.wait_timeout(patience).is_ok_and(|arrival| arrival.is_leader()) {
            album.cheese(photo);
        }
        let _ = group.wait_timeout(patience);
        album.leave(photo);
    }
    Ok(())
}
