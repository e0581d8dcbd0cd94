// kind: other
// One photo too many.
fn friend(
    group: &sync::Barrier,
    album: &Album,
    photos: usize,
    patience: Duration,
) -> Result<(), sync::BarrierBroken> {
    for photo in 0..=photos {
        album.arrive(photo);
        if group.wait_timeout(patience)?.is_leader() {
            album.cheese(photo);
        }
        group.wait_timeout(patience)?;
        album.leave(photo);
    }
    Ok(())
}
