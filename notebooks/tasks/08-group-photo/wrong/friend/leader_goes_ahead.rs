// kind: deadlock
// The leader has said it and goes; the others wait for a meeting that he does not come to.
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
            group.wait_timeout(patience)?;
        }
        album.leave(photo);
    }
    Ok(())
}
