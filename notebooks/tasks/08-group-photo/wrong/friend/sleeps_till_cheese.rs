// kind: sleeps
// Sleeps in place of the second meeting: cheese may take longer.
fn friend(
    group: &sync::Barrier,
    album: &Album,
    photos: usize,
    patience: Duration,
) -> Result<(), sync::BarrierBroken> {
    for photo in 0..photos {
        album.arrive(photo);
        if group.wait_timeout(patience)?.is_leader() {
            album.cheese(photo);
        } else {
            thread::sleep(Duration::from_millis(300));
        }
        album.leave(photo);
    }
    Ok(())
}
