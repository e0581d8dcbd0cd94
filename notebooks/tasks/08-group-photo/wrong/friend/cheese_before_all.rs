// kind: racy
// The leader is chosen after the photo: whoever arrives first already says cheese.
fn friend(
    group: &sync::Barrier,
    album: &Album,
    photos: usize,
    patience: Duration,
) -> Result<(), sync::BarrierBroken> {
    for photo in 0..photos {
        album.arrive(photo);
        if group.arrived() == 0 {
            album.cheese(photo);
        }
        group.wait_timeout(patience)?;
        album.leave(photo);
    }
    Ok(())
}
