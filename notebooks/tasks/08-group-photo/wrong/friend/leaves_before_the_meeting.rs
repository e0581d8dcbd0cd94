// kind: luck
// Leaves before the second meeting, which then protects nothing; and panics where it should return the error.
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
        album.leave(photo);
        group.wait_timeout(patience).unwrap();
    }
    Ok(())
}
