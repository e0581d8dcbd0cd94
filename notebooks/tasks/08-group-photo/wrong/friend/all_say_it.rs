// kind: other
// Everybody says cheese.
fn friend(
    group: &sync::Barrier,
    album: &Album,
    photos: usize,
    patience: Duration,
) -> Result<(), sync::BarrierBroken> {
    for photo in 0..photos {
        album.arrive(photo);
        group.wait_timeout(patience)?;
        album.cheese(photo);
        group.wait_timeout(patience)?;
        album.leave(photo);
    }
    Ok(())
}
