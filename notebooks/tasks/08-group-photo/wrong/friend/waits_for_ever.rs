// kind: deadlock
// Waits without patience: when a friend is missing, the others stand there for ever.
fn friend(
    group: &sync::Barrier,
    album: &Album,
    photos: usize,
    patience: Duration,
) -> Result<(), sync::BarrierBroken> {
    let _ = patience;
    for photo in 0..photos {
        album.arrive(photo);
        if group.wait()?.is_leader() {
            album.cheese(photo);
        }
        group.wait()?;
        album.leave(photo);
    }
    Ok(())
}
