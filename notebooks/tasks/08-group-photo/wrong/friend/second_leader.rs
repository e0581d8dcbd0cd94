// kind: racy
// The leader of the second meeting says it: then the others are already free to leave.
fn friend(
    group: &sync::Barrier,
    album: &Album,
    photos: usize,
    patience: Duration,
) -> Result<(), sync::BarrierBroken> {
    for photo in 0..photos {
        album.arrive(photo);
        group.wait_timeout(patience)?;
        if group.wait_timeout(patience)?.is_leader() {
            album.cheese(photo);
        }
        album.leave(photo);
    }
    Ok(())
}
